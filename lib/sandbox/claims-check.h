/// claimsTrouble: what is wrong with the claims of a genuine token, as the books API sees it.
#pragma once

#include "core/clock.h"
#include "core/json.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace bookdesk::sandbox {

/// Why the API does not accept a token. Any thread.
struct TokenTrouble
{
    enum class Kind {
        invalid, ///< 401 "Invalid token: …"
        expired, ///< 401 "Token expired"
        stumble, ///< 500: the API did not expect such a claim.
    };
    Kind kind = Kind::invalid;
    QString reason;
};

TokenTrouble invalidToken(const QString &reason);
TokenTrouble stumble();

/// The JSON that represents an infinite number in the claims given to claimsTrouble.
QString largestNumber();

/// The first trouble in the order of the contract: required claims, `iat`, `nbf`, `exp`, `iss`, `aud`, `sub` and `jti`,
/// the types of the rest. Source: PyJWT 2.10 `_validate_claims`, pydantic 2.
std::optional<TokenTrouble> claimsTrouble(const JsonObject &claims, const QString &issuer, const QString &audience,
                                          TimePoint now);

/// `scp` split at white space; empty if absent. Only for claims without trouble.
QStringList scopesIn(const JsonObject &claims);
QStringList rolesIn(const JsonObject &claims);
/// `acrs`
QStringList contextsIn(const JsonObject &claims);
/// `auth_time`
std::optional<TimePoint> signInTimeIn(const JsonObject &claims);

} // namespace bookdesk::sandbox
