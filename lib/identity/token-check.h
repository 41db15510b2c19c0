/// Token checks: fresh tokens held against the connection before anybody is signed in with them.
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "identity/connection.h"
#include "identity/discovery.h"
#include "identity/id-token-advice.h"
#include "identity/key-store.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"

#include <QString>

#include <stop_token>

namespace bookdesk::identity {

/// What tokens are held against.
struct TokenContext
{
    Connection connection;
    DiscoveryDocument discovery;
    Clock clock;
    AdviseOnIdToken advise = {};
};

/// After a sign-in: the ID token must pass, with @p nonce; the access token's verification is a finding. Where both
/// name a tenant or a person, they must name the same. Errors: sign-in.id-token-rejected, keys.unavailable, net.*.
/// @param keys must outlive the task or request @p stop before they go.
/// Source: OpenID Connect Core section 3.1.3.7, Microsoft "ID tokens".
Task<SignedIn> checkNewTokens(KeyStore *keys, TokenContext context, TokenSet tokens, QString nonce,
                              std::stop_token stop);

/// After a refresh: as above, but an ID token may be absent and must name the person of @p before.
/// Errors: also session.user-changed. Source: OpenID Connect Core section 12.2.
Task<SignedIn> checkRefreshedTokens(KeyStore *keys, TokenContext context, TokenSet tokens, SignedIn before,
                                    std::stop_token stop);

} // namespace bookdesk::identity
