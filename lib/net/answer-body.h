/// The body of an answer as its sender wrote it: unpacked, if it came packed.
#pragma once

#include "core/secret.h"

class QNetworkReply;
class QNetworkRequest;

namespace bookdesk::net {

/// Asks for a body packed with gzip, which is unpacked here and not by Qt: Qt unpacks all that has come in one go, and
/// a few bytes may grow to gigabytes before anybody can end that.
void askForPackedBody(QNetworkRequest &request);

/// What there is to say of a body.
enum class BodyState {
    fine,
    tooLarge,
    unreadable, ///< Packed in a way that nobody asked for, or not as it says.
    brokenOff,  ///< It has ended before its end.
};

/// To be called when the headers have come, before anything is read: makes ready to unpack at most @p most bytes.
BodyState expectBody(QNetworkReply &reply, qsizetype most);

/// Unpacks what has come since the last call.
BodyState takeInBody(QNetworkReply &reply);

/// The same with the last of it, for a finished reply: Qt does not always notice that a body is short.
BodyState endBody(QNetworkReply &reply);

/// How much of the body has come and was not read.
qsizetype bodySize(const QNetworkReply &reply);

/// All that has come. It may hold secrets.
Secret readBody(QNetworkReply &reply);

/// At most its first @p most bytes, which stay to be read.
Secret peekBody(QNetworkReply &reply, qsizetype most);

} // namespace bookdesk::net
