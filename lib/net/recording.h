/// Makes an Exchange of a request and its reply; the secrets are removed here.
#pragma once

#include "core/redaction.h"
#include "core/secret.h"
#include "net/exchange.h"

#include <QByteArray>

class QNetworkReply;
class QNetworkRequest;

namespace bookdesk::net {

/// How much of a body is kept.
inline constexpr qsizetype recordedBytes = 64 * 1024;
/// How much of a body the functions below need: somewhat more, so that a secret is not cut in two.
inline constexpr qsizetype inspectedBytes = recordedBytes + 16 * 1024;

/// Teaches the redactor the secrets of the request: its credentials and the fields with secret names in its body and
/// query.
void learnSecrets(const Redactor &redactor, const QNetworkRequest &request, const Secret &body);

/// The request's half of an Exchange. @p body is at most inspectedBytes of it.
Exchange recordRequest(const Redactor &redactor, const QByteArray &method, const QNetworkRequest &request,
                       const Secret &body);

/// Adds the reply's half to @p exchange. @p body is at most inspectedBytes of it.
Exchange recordReply(const Redactor &redactor, Exchange exchange, const QNetworkReply &reply, const Secret &body);

} // namespace bookdesk::net
