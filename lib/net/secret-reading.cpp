#include "net/secret-reading.h"

#include <QIODevice>

namespace bookdesk::net {

Secret readSecret(QIODevice &device)
{
    if (!device.isReadable())
        return {};
    const qsizetype size = device.bytesAvailable();
    return Secret::written(size, [&device, size](char *out) { return device.read(out, size); });
}

Secret peekSecret(QIODevice &device, qsizetype most)
{
    if (!device.isReadable())
        return {};
    const qsizetype size = qMin<qsizetype>(device.bytesAvailable(), most);
    return Secret::written(size, [&device, size](char *out) { return device.peek(out, size); });
}

} // namespace bookdesk::net
