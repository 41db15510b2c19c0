/// Auth challenges: what `WWW-Authenticate` headers say (RFC 9110 section 11.6.1, RFC 6750 section 3).
#pragma once

#include "net/exchange.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::net {

/// One challenge: a scheme with either a token or parameters. A plain value.
struct AuthChallenge
{
    QString scheme;
    QString token68;
    std::vector<std::pair<QString, QString>> parameters; ///< Names in lower case, values unquoted.

    /// The parameter's value, or an empty string.
    QString parameter(QStringView name) const;
    friend bool operator==(const AuthChallenge &, const AuthChallenge &) = default;
};

/// The first bearer challenge that asks for a stronger sign-in: with `claims` (Entra's `insufficient_claims`), or as
/// RFC 9470 does (`insufficient_user_authentication`). Nothing if none does.
std::optional<AuthChallenge> proofChallenge(const Headers &headers);

/// All challenges of all `WWW-Authenticate` headers, in order. What cannot be read is left out; it never fails.
std::vector<AuthChallenge> readChallenges(const Headers &headers);

} // namespace bookdesk::net
