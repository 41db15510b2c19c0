/// Requests to the token and device authorization endpoints, and the tokens in their answers.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "identity/claims-request.h"
#include "identity/connection.h"
#include "identity/token-set.h"
#include "net/http-client.h"

#include <QStringList>
#include <QUrl>

namespace bookdesk::identity {

/// A form posted to @p endpoint, which answers in JSON. Source: RFC 6749 section 4.1.3. Any thread.
net::HttpRequest formRequest(const QUrl &endpoint, const net::FormFields &fields);

/// What each request by @p connection says of the client: who it is, and in `claims` what it is capable of and @p
/// proof, what an API asked for, if one did.
net::FormFields clientFields(const Connection &connection, const ClaimsRequest &proof = {});

/// What @p connection's provider wants in an authorization request besides the usual parameters, by name and value.
net::FormFields authorizeParameters(const Connection &connection);

/// What redeems a refresh token for the connection's scopes @p scopes, as sent. @p proof what an API asked for, if it
/// did. Source: RFC 6749 section 6.
net::FormFields refreshFields(const Connection &connection, const Secret &refreshToken, const QStringList &scopes,
                              const ClaimsRequest &proof = {});

/// The tokens in the answer to a request for @p scopes, which @p redactor learns. Errors: as readTokenResponse.
Result<TokenSet> readTokenAnswer(const net::HttpResponse &response, const QStringList &scopes, TimePoint now,
                                 const Redactor &redactor);

} // namespace bookdesk::identity
