/// Where Entra's tokens carry scopes, roles and names.
#pragma once

#include "jose/claim-names.h"

namespace bookdesk::jose {

inline ClaimNames entraNames()
{
    const auto claim = [](const char16_t *name) { return ClaimPath::ofClaim(QString::fromUtf16(name)); };
    return {{{claim(u"scp")}, {ClaimForm::words}},
            {{claim(u"roles")}, {ClaimForm::list}},
            QStringLiteral("tid"),
            QStringLiteral("oid"),
            {claim(u"name")},
            {claim(u"preferred_username")},
            {{claim(u"groups")}, {ClaimForm::list}}};
}

} // namespace bookdesk::jose
