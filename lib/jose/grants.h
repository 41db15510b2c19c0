/// Grants: the scopes and roles an access token carries.
#pragma once

#include "jose/claim-names.h"
#include "jose/decoded-token.h"
#include "jose/verification.h"

#include <QString>
#include <QStringList>

namespace bookdesk::jose {

/// A finding for prediction and display, never a gate: the API stays the judge. Any thread.
struct Grants
{
    bool isKnown = false; ///< False for opaque and encrypted tokens: nothing can be read.
    QStringList scopes;   ///< In the token's order.
    QStringList roles;
    QString userName; ///< The API echoes it.
    QStringList groups = {};

    friend bool operator==(const Grants &, const Grants &) = default;
};

/// A scope's name without its resource: `api://…/Books.Read` is Books.Read.
QString bareScope(const QString &scope);

/// The API's own scopes lose the name of its resource server (see ClaimNames); another's keep theirs, because a
/// permission for another API is none for this. Claims of a wrong type count as absent (the verification reports them).
Grants readGrants(const DecodedToken &token, const ClaimNames &names);

} // namespace bookdesk::jose
