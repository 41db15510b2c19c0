/// Makes an Exchange of a request and its reply; the secrets are removed here.
#pragma once

#include "core/error.h"
#include "core/redaction.h"
#include "core/secret.h"
#include "net/exchange.h"

#include <QByteArray>

class QNetworkReply;
class QNetworkRequest;

namespace bookdesk::net {

/// How much of a body is kept.
inline constexpr qsizetype recordedBytes = 1'000'000;
/// How much of an answer's body is kept at once: removing the secrets of all that is kept takes noticeable time.
inline constexpr qsizetype promptBytes = 64 * 1024;
/// How much more of a body the functions below need, so that a secret is not cut in two.
inline constexpr qsizetype inspectedMore = 16 * 1024;

/// Teaches the redactor the secrets of the request: its credentials and the fields with secret names in its body and
/// query.
void learnSecrets(const Redactor &redactor, const QNetworkRequest &request, const Secret &body);

/// The request's half of an Exchange. @p body is at most recordedBytes and inspectedMore of it.
Exchange recordRequest(const Redactor &redactor, const QByteArray &method, const QNetworkRequest &request,
                       const Secret &body);

/// Adds the reply's half to @p exchange, whose body is cut after promptBytes. @p body is what recordRequest takes.
Exchange recordReply(const Redactor &redactor, Exchange exchange, const QNetworkReply &reply, const Secret &body);

/// Notes why no answer came. @p error has no secrets.
void fail(Exchange &exchange, const Error &error);

/// What is kept of an answer's body. Any thread; takes time.
QString recordWholeBody(const Redactor &redactor, const Secret &body);

} // namespace bookdesk::net
