/// ClaimsRequest: what more an API wants a sign-in to prove, and how the sign-in server is asked for it.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "net/auth-challenge.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// Made from a challenge, of which nothing else is used: a challenge names no scope, host or address that a sign-in
/// would go by. A plain value. Any thread. Source: Microsoft "Claims challenges, claims requests and client
/// capabilities", OpenID Connect Core section 5.5, RFC 9470.
struct ClaimsRequest
{
    JsonObject claims;                          ///< As the API wrote them; may be empty.
    QString acrValues;                          ///< RFC 9470; may be empty.
    std::optional<std::chrono::seconds> maxAge; ///< RFC 9470: how old the sign-in may be.

    bool isEmpty() const { return claims.isEmpty() && acrValues.isEmpty() && !maxAge; }
    friend bool operator==(const ClaimsRequest &, const ClaimsRequest &) = default;
};

/// Reads what @p challenge asks for: `claims` in base64, base64url or as plain JSON, or `acr_values` and `max_age`.
/// Errors: session.challenge-unusable, where it asks for nothing or in a way that is not understood.
Result<ClaimsRequest> readClaimsRequest(const net::AuthChallenge &challenge);

/// What a sign-in server asks for in the body of a refusal (`claims`, as Entra does with interaction_required); nothing
/// where it asks for nothing, or in a way that is not understood. Source: Microsoft "Handle errors and exceptions in
/// MSAL", claims challenges from Conditional Access.
std::optional<ClaimsRequest> claimsInRefusal(QByteArrayView body);

/// The `claims` parameter of a request for tokens: what is asked for, and what this client is capable of (`cp1`). Empty
/// where that is nothing.
QByteArray claimsParameter(const ClaimsRequest &request, const QStringList &capabilities);

/// What is asked for, in words: "authentication context c1, essential (acrs)". What the API wrote is made visible.
QStringList wantedProofs(const ClaimsRequest &request);

} // namespace bookdesk::identity
