/// The types that the books API demands of a token's claims.
#pragma once

#include "jose/claim-types.h"

namespace bookdesk::books {

/// The API stumbles over another type (it answers 500). A string where a date is expected is an invalid token and not a
/// stumble, so `exp` and the like are laxer here than in the checks of dates. Any thread. Source: the books API's
/// contract.
inline jose::ClaimTypes claimTypes()
{
    using enum jose::ClaimType;
    return {{QStringLiteral("iss"), single},        {QStringLiteral("iat"), singleNotNull},
            {QStringLiteral("nbf"), singleNotNull}, {QStringLiteral("exp"), single},
            {QStringLiteral("name"), textOrNull},   {QStringLiteral("preferred_username"), textOrNull},
            {QStringLiteral("roles"), texts},       {QStringLiteral("scp"), text}};
}

} // namespace bookdesk::books
