/// Which of a connection's scopes are asked for: no more than what is needed.
#pragma once

#include "identity/connection.h"
#include "identity/token-set.h"

#include <QStringList>

namespace bookdesk::identity {

// Scopes are compared by their names, without the resource. Any thread. Source: Microsoft "Scopes and permissions in
// the Microsoft identity platform" (incremental consent), RFC 6749 section 6.

/// What is sent where the scopes @p names are needed: those of @p connection with these names, and OpenID Connect's.
/// All of the connection's where it lists none of them, because a token has to be for an API. What the connection does
/// not list is never asked for, even if an API names it.
QStringList scopesFor(const Connection &connection, const QStringList &names);

/// The names of all scopes of the API that @p connection lists.
QStringList listedScopes(const Connection &connection);

/// The names of the scopes that @p tokens were asked for or carry: a refresh may ask for them again.
QStringList heldScopes(const TokenSet &tokens);

} // namespace bookdesk::identity
