/// Token checks: fresh tokens held against a connection's trust before anybody is signed in with them.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"
#include "identity/trust.h"

#include <QString>

namespace bookdesk::identity {

/// After a sign-in: the ID token must pass, with @p nonce; the access token's verification is a finding, also where
/// there are no keys. Where both name a tenant or a person, they must name the same. Any thread.
/// Errors: sign-in.id-token-rejected, and the reason why there are no keys to verify the ID token with.
/// Source: OpenID Connect Core section 3.1.3.7, Microsoft "ID tokens".
Result<SignedIn> checkNewTokens(const Trust &trust, const TokenSet &tokens, const QString &nonce, TimePoint now);

/// After a refresh: as above, but an ID token may be absent and must name the person of @p before. Any thread.
/// Errors: also session.user-changed. Source: OpenID Connect Core section 12.2.
Result<SignedIn> checkRefreshedTokens(const Trust &trust, const TokenSet &tokens, const SignedIn &before,
                                      TimePoint now);

} // namespace bookdesk::identity
