/// RefreshGoal: what a refresh is to give besides fresh tokens.
#pragma once

#include "identity/claims-request.h"

#include <QStringList>

namespace bookdesk::identity {

/// A plain value; empty for a plain renewal. Any thread.
struct RefreshGoal
{
    ClaimsRequest proof;     ///< What an API asked for.
    QStringList scopes = {}; ///< The names of further scopes.

    bool isEmpty() const { return proof.isEmpty() && scopes.isEmpty(); }
    friend bool operator==(const RefreshGoal &, const RefreshGoal &) = default;
};

} // namespace bookdesk::identity
