/// Why a server refuses, in its own words: each kind of API puts them in a different place.
#pragma once

#include "net/http-client.h"

#include <QByteArrayView>
#include <QStringList>

namespace bookdesk::net {

/// The reasons in a body, the most telling first: of JSON, `detail` (FastAPI; RFC 9457), `error_description`,
/// `message`, `msg`, `reason`, `title` and `error`, also within objects and lists; of plain text, all of it. Untrusted.
/// Any thread.
QStringList saidReasons(QByteArrayView body);

/// Whether one of them, or a bearer challenge's description, says that the token has expired.
bool saysTokenExpired(const HttpResponse &response);

/// Whether this is the description of an expired token.
bool isAboutExpiry(const QString &reason);

/// Whether a body is HTML, as gateways and proxies send it.
bool isWebPage(QByteArrayView body);

} // namespace bookdesk::net
