/// Why a finished reply has no usable answer.
#pragma once

#include "core/error.h"
#include "net/proxy.h"
#include "net/request-kind.h"

#include <QList>
#include <QSslError>

#include <optional>

class QNetworkReply;

namespace bookdesk::net {

/// Why a reply failed, where Qt does not know. Stored on the reply.
enum class CutReason { tooLarge = 1, timedOut, stopped, brokenOff, unreadable };

/// Aborts a reply that is under way; its `finished` is emitted before this returns.
void cut(QNetworkReply *reply, CutReason reason);

/// Aborts the reply as soon as it exceeds a bound or its body cannot be unpacked. Little more than the bound is ever
/// held in memory, except of a 401: Qt reads its whole body before any of it can be seen, so only the time limit
/// applies.
void holdWithin(QNetworkReply *reply, AnswerBounds bounds);

/// Marks a finished reply whose body is not as it was announced.
void markFaultyBody(QNetworkReply *reply);

/// Keeps what is wrong with the server's certificate, for networkFailure.
void noteTlsProblems(QNetworkReply *reply, const QList<QSslError> &problems);

/// Keeps the proxy that the request goes through, for networkFailure.
void noteProxy(QNetworkReply *reply, const Proxy &proxy);

/// True where a finished reply was ended by us or by its time limit, however far it had come.
bool wasGivenUp(const QNetworkReply &reply);

/// Nothing where an answer came, whatever its status. Errors: net.name-not-found, net.connection-failed,
/// net.tls-failed, net.timed-out, net.stopped, net.too-large, net.broken, net.url-refused,
/// net.proxy-unreachable, net.proxy-refused.
std::optional<Error> networkFailure(const QNetworkReply &reply);

} // namespace bookdesk::net
