/// KnownClaims: the claims that several checks ask for, looked up once.
#pragma once

#include "core/json.h"
#include "jose/claim-path.h"

#include <array>
#include <cstddef>

namespace bookdesk::jose {

/// By the names that RFC 7519, OpenID Connect Core and Microsoft give them.
enum class Claim {
    audience,        ///< `aud`
    authorizedParty, ///< `azp`
    accessTokenHash, ///< `at_hash`
    expiry,          ///< `exp`
    issuedAt,        ///< `iat`
    issuer,          ///< `iss`
    nonce,           ///< `nonce`
    notBefore,       ///< `nbf`
    subject,         ///< `sub`
    tokenId,         ///< `jti`
    version,         ///< `ver`
};

/// Refers to the claims it was made from, which must live as long. Any thread.
class KnownClaims
{
public:
    explicit KnownClaims(const JsonObject &claims);

    /// The claim's value, or nullptr.
    const Json *operator[](Claim claim) const { return m_values[static_cast<std::size_t>(claim)]; }
    /// Any claim by its name, or nullptr.
    const Json *find(QStringView name) const { return m_claims.find(name); }
    const Json *find(const ClaimPath &path) const { return path.in(m_claims); }
    /// The claim's text where it is a string, or nullptr.
    const QString *text(Claim claim) const;
    /// As above, by its name; nullptr where that is empty.
    const QString *text(QStringView name) const;

private:
    const JsonObject &m_claims;
    std::array<const Json *, static_cast<std::size_t>(Claim::version) + 1> m_values{};
};

} // namespace bookdesk::jose
