/// ProbeSetup: what is known of an API, its tenant and the person before an API is probed.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/jwk-set.h"
#include "jose/token-policy.h"

#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace bookdesk::lab {

/// Signs as the tenant does. Only the Sandbox's keys are at hand, so there is one for its connection alone.
struct TenantSigner
{
    JsonObject header; ///< Of the tenant's own tokens: `typ`, `alg` and `kid`.
    /// Signs with RS256, whatever @p header says, which goes out as it is given, with members that it has twice.
    std::function<Result<Secret>(const JsonObject &header, const JsonObject &claims)> sign;
};

/// A plain value. Any thread.
struct ProbeSetup
{
    QUrl target; ///< Read with GET; of this connection's API and of no other.
    /// What the API's access tokens must be: issuer, audience, names of claims, and the client's ID.
    jose::TokenPolicy policy;
    std::shared_ptr<const jose::JwkSet> keys = std::make_shared<const jose::JwkSet>(); ///< The tenant's. Never null.
    QStringList scopes;                 ///< That the target asks for; a forged token claims to have them.
    Secret token;                       ///< The access token in use; empty where nobody is signed in.
    Secret expiredToken;                ///< An earlier access token for this API that has expired; may be empty.
    Secret idToken;                     ///< The person's, which goes out on loopback only; may be empty.
    std::optional<TenantSigner> signer; ///< Nothing where the tenant's keys are not at hand.
    Clock clock = systemNow;
};

/// How fast probes go out, and how patient they are with an API that asks for a pause.
struct ProbePace
{
    std::chrono::milliseconds between{500}; ///< From one request to the next.
    std::chrono::seconds usualPause{5};     ///< After a 429 that does not say how long to wait.
    std::chrono::seconds longestPause{60};  ///< A 429 that asks for more is final.
    int repeats = 3;                        ///< Of one probe, after a 429 each.
};

/// Two requests a second; no limit on loopback.
inline ProbePace usualPace(bool isOnLoopback)
{
    ProbePace pace;
    if (isOnLoopback)
        pace.between = std::chrono::milliseconds{0};
    return pace;
}

} // namespace bookdesk::lab
