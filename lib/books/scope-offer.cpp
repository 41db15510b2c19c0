#include "books/scope-offer.h"

#include <algorithm>

namespace bookdesk::books {

namespace {

bool holds(const jose::Grants &grants, const QString &scope)
{
    return grants.scopes.contains(scope) || grants.scopes.contains(bareScope(scope));
}

} // namespace

bool carriesScopes(const TokenFacts &facts, const QStringList &scopes)
{
    return !facts.grants.isKnown ||
           std::ranges::all_of(scopes, [&facts](const QString &scope) { return holds(facts.grants, scope); });
}

ScopeOffer offerFor(const QStringList &needed, const TokenFacts &facts)
{
    // All that was consented to, so there is nothing else to ask for.
    const bool listsDefault = facts.listedScopes.contains(u".default");
    if (facts.listedScopes.isEmpty() || listsDefault)
        return {};
    ScopeOffer offer;
    bool wasAskedFor = false;
    for (const QString &scope : needed) {
        if (holds(facts.grants, scope))
            continue;
        const QString name = bareScope(scope);
        if (!facts.listedScopes.contains(name))
            offer.unlisted += scope;
        wasAskedFor = wasAskedFor || facts.heldScopes.contains(name);
        offer.obtainable += scope;
    }
    if (wasAskedFor || !offer.unlisted.isEmpty())
        offer.obtainable.clear();
    return offer;
}

} // namespace bookdesk::books
