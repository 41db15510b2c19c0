/// ScopeOffer: what can be done about scopes that a token lacks.
#pragma once

#include "books/prediction.h"

#include <QStringList>

namespace bookdesk::books {

/// A plain value, of names as they were given; both are empty where the scopes were asked for and not granted, so that
/// asking once more does not help. Any thread.
struct ScopeOffer
{
    QStringList obtainable; ///< All that are missing, if all of them can still be asked for.
    QStringList unlisted;   ///< Those that the connection does not list: they are never asked for.
};

/// @param needed as a rule or an API names them, with or without their resource.
ScopeOffer offerFor(const QStringList &needed, const TokenFacts &facts);

/// Whether the token carries all of @p scopes; true also where it cannot be read.
bool carriesScopes(const TokenFacts &facts, const QStringList &scopes);

} // namespace bookdesk::books
