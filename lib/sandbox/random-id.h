/// randomId: an unguessable ID for something that is kept here and referred to by others.
#pragma once

#include <QByteArray>
#include <QString>

namespace bookdesk::sandbox {

/// From the system's generator. Any thread.
QByteArray randomBytes(qsizetype count);
/// 128 bits as hexadecimal digits.
QString randomId();

} // namespace bookdesk::sandbox
