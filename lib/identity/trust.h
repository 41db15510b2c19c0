/// Trust: what the tokens of one connection are checked against, as known at one moment.
#pragma once

#include "identity/connection.h"
#include "identity/id-token-advice.h"
#include "identity/key-document.h"
#include "jose/token-policy.h"
#include "jose/verify.h"

#include <QString>

#include <memory>
#include <optional>

namespace bookdesk::identity {

/// The issuer's keys and a policy for each kind of token. Made by makeTrust and TrustStore. A plain value, cheap to
/// copy. Any thread.
struct Trust
{
    jose::TokenPolicy accessTokens;
    jose::TokenPolicy idTokens;                               ///< With any nonce; a sign-in adds the one that it sent.
    SharedKeys keys = std::make_shared<const jose::JwkSet>(); ///< Never null.
    std::optional<Error> keysFailure;                         ///< Why the issuer's keys could not be fetched.
    AdviseOnIdToken advise;                                   ///< For an ID token that is refused; may be empty.

    const QString &issuer() const { return accessTokens.issuer; }
    /// By what the token says of its use, or by its audience: ID tokens are for the client and not for the API. If
    /// client and API share one registration, the audience does not say, and the token is judged as the API judges it.
    const jose::TokenPolicy &policyFor(const jose::DecodedToken &token) const;
    /// Whether @p token is of this issuer and names a key that is not among the keys.
    bool lacksKeyOf(const jose::DecodedToken &token) const;

    jose::Verification verify(const jose::DecodedToken &token, TimePoint now) const;
    /// Also for a token that cannot be read.
    jose::InspectedToken inspect(const Secret &token, TimePoint now) const;
};

/// What the libraries above know about the API and its tokens. A plain value. Any thread.
struct ApiKnowledge
{
    jose::ClaimTypes claims; ///< The types of the claims that the API reads.
    AdviseOnIdToken advise = {};
};

/// The trust in tokens of @p issuer on this connection, without keys.
Trust makeTrust(const Connection &connection, const QString &issuer, const ApiKnowledge &api);

} // namespace bookdesk::identity
