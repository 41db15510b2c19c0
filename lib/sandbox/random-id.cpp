#include "sandbox/random-id.h"

#include <QRandomGenerator>

namespace bookdesk::sandbox {

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes;
}

QString randomId()
{
    constexpr qsizetype bytes = 16;
    return QString::fromLatin1(randomBytes(bytes).toHex());
}

} // namespace bookdesk::sandbox
