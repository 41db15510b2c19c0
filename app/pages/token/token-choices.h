/// The tokens that can be compared.
#pragma once

#include "pages/token/compare-view.h"
#include "workspace/desks.h"
#include "workspace/token-paste.h"

#include <vector>

namespace bookdesk::pages {

/// Access and ID token of every account that is signed in, what the access token was before its last renewal, and the
/// pasted token.
std::vector<TokenChoice> tokenChoices(const workspace::Desks &desks, const workspace::TokenPaste &paste);

/// Whether there are any. Costs less than to make them.
bool hasTokenChoices(const workspace::Desks &desks, const workspace::TokenPaste &paste);

} // namespace bookdesk::pages
