/// What a finished reply says where no usable answer came.
#pragma once

#include "core/error.h"
#include "net/request-kind.h"

#include <QStringList>

#include <optional>

class QNetworkReply;

namespace bookdesk::net {

/// Why a reply has failed that Qt does not tell. Marked on the reply.
enum class CutReason { tooLarge = 1, timedOut, stopped, brokenOff };

/// Aborts a reply that is under way; its `finished` is emitted before this returns.
void cut(QNetworkReply *reply, CutReason reason);

/// Cuts the reply as soon as it exceeds a bound. Of most answers little more than the
/// bound's bytes is ever held in memory; a 401's body Qt reads whole before anything of it shows, so that only time
/// bounds it.
void holdWithin(QNetworkReply *reply, AnswerBounds bounds);

/// Marks a finished reply whose body, which nobody has read yet, is shorter than announced: Qt does not always notice.
void markIfBrokenOff(QNetworkReply *reply);

/// Keeps what is wrong with the server's certificate, for networkFailure.
void noteTlsProblems(QNetworkReply *reply, const QStringList &problems);

/// Nothing where an answer came, whatever its status. Errors: net.name-not-found, net.connection-failed,
/// net.tls-failed, net.timed-out, net.stopped, net.too-large, net.broken, net.url-refused.
std::optional<Error> networkFailure(const QNetworkReply &reply);

} // namespace bookdesk::net
