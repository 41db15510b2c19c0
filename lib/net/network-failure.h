/// What a finished reply says where no usable answer came.
#pragma once

#include "core/error.h"

#include <QStringList>

#include <optional>

class QNetworkReply;

namespace bookdesk::net {

/// Why we end a reply ourselves. Marked on the reply, because Qt calls them all "Operation canceled".
enum class CutReason { tooLarge = 1, timedOut, stopped };

/// Aborts a reply that is under way; its `finished` is emitted before this returns.
void cut(QNetworkReply *reply, CutReason reason);

/// Keeps what is wrong with the server's certificate, for networkFailure.
void noteTlsProblems(QNetworkReply *reply, const QStringList &problems);

/// Nothing where an answer came, whatever its status. Errors: net.name-not-found, net.connection-failed,
/// net.tls-failed, net.timed-out, net.stopped, net.too-large, net.broken, net.url-refused.
std::optional<Error> networkFailure(const QNetworkReply &reply);

} // namespace bookdesk::net
