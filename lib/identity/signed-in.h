/// SignedIn: everything known of a person after a sign-in or a refresh.
#pragma once

#include "identity/token-set.h"
#include "jose/grants.h"
#include "jose/identity.h"
#include "jose/verify.h"

#include <QString>
#include <QUrl>

namespace bookdesk::identity {

/// A plain value; the ID token passed, the access token's verification is a finding. Any thread.
struct SignedIn
{
    TokenSet tokens;
    jose::Identity identity;
    jose::InspectedToken idToken;
    jose::InspectedToken accessToken;
    jose::Grants grants;
};

} // namespace bookdesk::identity
