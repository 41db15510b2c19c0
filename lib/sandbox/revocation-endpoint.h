/// RevocationEndpoint: makes refresh tokens worthless for a client that throws them away.
#pragma once

#include "sandbox/grant-store.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-mint.h"

namespace bookdesk::sandbox {

/// A refresh token takes all of its sign-in with it; a token that is not known, such as an access token, is none of
/// its business, which is no error. One thread; its parts must outlive it. Source: RFC 7009 sections 2.1 and 2.2.
class RevocationEndpoint
{
public:
    RevocationEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<RefreshGrant> &refreshTokens);

    Response answer(const Request &request);

private:
    SandboxState &m_state;
    const TokenMint &m_mint;
    GrantStore<RefreshGrant> &m_refreshTokens;
};

} // namespace bookdesk::sandbox
