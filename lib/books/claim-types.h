/// The types that the books API requires of a token's claims.
#pragma once

#include "jose/claim-types.h"

namespace bookdesk::books {

/// The API answers 500 to other types. A string in place of a date makes the token invalid instead, so `exp` and the
/// like are less strict here than in the checks of dates. Any thread. Source: the books API's contract.
inline jose::ClaimTypes claimTypes()
{
    using enum jose::ClaimType;
    return {{QStringLiteral("iss"), single},        {QStringLiteral("iat"), singleNotNull},
            {QStringLiteral("nbf"), singleNotNull}, {QStringLiteral("exp"), single},
            {QStringLiteral("name"), textOrNull},   {QStringLiteral("preferred_username"), textOrNull},
            {QStringLiteral("roles"), texts},       {QStringLiteral("scp"), text}};
}

} // namespace bookdesk::books
