/// SignedIn: everything known of a person after a sign-in or a refresh.
#pragma once

#include "identity/discovery.h"
#include "identity/token-set.h"
#include "jose/grants.h"
#include "jose/identity.h"
#include "jose/verify.h"

namespace bookdesk::identity {

/// A plain value; the ID token passed, the access token's verification is a finding. Any thread.
struct SignedIn
{
    TokenSet tokens;
    jose::Identity identity;
    jose::InspectedToken idToken;
    jose::InspectedToken accessToken;
    jose::Grants grants;
    DiscoveryDocument discovery; ///< Whose endpoints gave the tokens; a refresh goes there too.
};

} // namespace bookdesk::identity
