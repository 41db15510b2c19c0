#include "net/secret-reading.h"

#include <QIODevice>

namespace bookdesk::net {

Secret readSecret(QIODevice &device)
{
    const qsizetype size = device.bytesAvailable();
    return Secret::written(size, [&device, size](char *out) { return device.read(out, size); });
}

Secret peekSecret(QIODevice &device, qsizetype most)
{
    const qsizetype size = qMin<qsizetype>(device.bytesAvailable(), most);
    return Secret::written(size, [&device, size](char *out) { return device.peek(out, size); });
}

} // namespace bookdesk::net
