/// Pushed authorization requests: what a sign-in asks for is posted to the server first, and the browser brings only a
/// reference to it. Source: RFC 9126 section 2. Any thread.
#pragma once

#include "core/result.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

namespace bookdesk::identity {

/// Posts the parameters of @p authorizationUrl to @p endpoint.
net::HttpRequest pushedRequest(const QUrl &endpoint, const QUrl &authorizationUrl);

/// What the browser opens in place of @p authorizationUrl: @p endpoint, whose own query is kept, with the client's ID
/// and the reference alone. Errors: sign-in.response-invalid, and those of signInError.
Result<QUrl> readPushedAnswer(const net::HttpResponse &response, const QUrl &endpoint, const QUrl &authorizationUrl,
                              const QString &clientId);

} // namespace bookdesk::identity
