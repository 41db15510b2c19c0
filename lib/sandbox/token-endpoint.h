/// TokenEndpoint: turns codes and refresh tokens into tokens.
#pragma once

#include "sandbox/grant-store.h"
#include "sandbox/http.h"
#include "sandbox/oauth-failure.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-mint.h"

namespace bookdesk::sandbox {

/// One thread; its parts must outlive it. Source: Microsoft "Authorization code flow", RFC 6749 sections 4.1.3, 6, RFC
/// 7636 section 4.6.
class TokenEndpoint
{
public:
    TokenEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<CodeGrant> &codes);

    Response answer(const Request &request);

private:
    struct Minting
    {
        QString personaId;
        AskedScopes scopes; ///< What these tokens are for.
        AskedScopes all;    ///< What the next refresh may ask for.
        QString nonce;
    };

    OrFailure<Minting> read(const Request &request, const FormFields &fields);
    OrFailure<Minting> redeemCode(const FormFields &fields);
    OrFailure<Minting> refresh(const FormFields &fields);
    OrFailure<AskedScopes> narrowed(const FormFields &fields, const AskedScopes &asked) const;
    Response mint(const Minting &minting);
    Response refuse(const OAuthFailure &failure, const QString &correlationId) const;

    SandboxState &m_state;
    const TokenMint &m_mint;
    GrantStore<CodeGrant> &m_codes;
    GrantStore<RefreshGrant> m_refreshTokens;
};

} // namespace bookdesk::sandbox
