/// Where Entra's tokens carry scopes, roles and names.
#pragma once

#include "jose/claim-names.h"

namespace bookdesk::jose {

inline ClaimNames entraNames()
{
    return {QStringLiteral("scp"), QStringLiteral("roles"), QStringLiteral("tid"),
            QStringLiteral("oid"), QStringLiteral("name"),  QStringLiteral("preferred_username")};
}

} // namespace bookdesk::jose
