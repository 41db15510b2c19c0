/// Token checks: checks fresh tokens against a connection's trust before anybody is signed in with them.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"
#include "identity/trust.h"

#include <QString>

#include <optional>

namespace bookdesk::identity {

/// After a sign-in: the ID token must pass, with what was sent as @p nonce; the access token's verification is a
/// finding, also without keys. If both name a tenant or a person, it must be the same. Any thread.
/// Errors: sign-in.id-token-rejected, and the reason why there are no keys to verify the ID token with.
/// Source: OpenID Connect Core section 3.1.3.7, Microsoft "ID tokens".
Result<SignedIn> checkNewTokens(const Trust &trust, const TokenSet &tokens, const jose::SentNonce &nonce,
                                TimePoint now);

/// After a refresh: as above, but the ID token may be missing; if there is one, it must name the person of @p before.
/// @param nonce of the sign-in that the refresh token comes from, where that is not the one of @p before. Any thread.
/// Errors: also session.user-changed. Source: OpenID Connect Core section 12.2.
Result<SignedIn> checkRefreshedTokens(const Trust &trust, const TokenSet &tokens, const SignedIn &before, TimePoint now,
                                      const std::optional<QString> &nonce = std::nullopt);

} // namespace bookdesk::identity
