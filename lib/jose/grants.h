/// Grants: the scopes and roles an access token carries.
#pragma once

#include "jose/decoded-token.h"
#include "jose/verification.h"

#include <QStringList>

namespace bookdesk::jose {

/// A finding for prediction and display, never a gate: the API stays the judge. Any thread.
struct Grants
{
    bool isKnown = false; ///< False for opaque and encrypted tokens: nothing can be read.
    QStringList scopes;   ///< From `scp`, in the token's order.
    QStringList roles;    ///< From `roles`.
    QString userName;     ///< `preferred_username`; the API echoes it.

    friend bool operator==(const Grants &, const Grants &) = default;
};

/// Reads `scp` and `roles`; members of a wrong type count as absent (the verification reports them).
Grants readGrants(const DecodedToken &token);

} // namespace bookdesk::jose
