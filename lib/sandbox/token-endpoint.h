/// TokenEndpoint: turns codes, device codes and refresh tokens into tokens.
#pragma once

#include "sandbox/device-codes.h"
#include "sandbox/grant-store.h"
#include "sandbox/http.h"
#include "sandbox/oauth-failure.h"
#include "sandbox/random-id.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-mint.h"

namespace bookdesk::sandbox {

/// One thread; its parts must outlive it. Source: Microsoft "Authorization code flow", RFC 6749 sections 4.1.3, 6, RFC
/// 7636 section 4.6, RFC 8628 section 3.5.
class TokenEndpoint
{
public:
    TokenEndpoint(SandboxState &state, const TokenMint &mint, GrantStore<CodeGrant> &codes,
                  GrantStore<RefreshGrant> &refreshTokens, DeviceCodes &deviceCodes);

    Response answer(const Request &request);

private:
    struct Minting
    {
        QString personaId;
        AskedScopes scopes; ///< What these tokens are for.
        AskedScopes all;    ///< What the next refresh may ask for.
        QString nonce;
        Proof proof = {};
        QString family = randomId(); ///< Of the refresh tokens.
    };

    OrFailure<Minting> read(const Request &request, const FormFields &fields);
    OrFailure<Minting> redeemCode(const FormFields &fields);
    OrFailure<Minting> redeemDeviceCode(const FormFields &fields);
    OrFailure<Minting> refresh(const FormFields &fields);
    OrFailure<RefreshGrant *> findRefreshGrant(const Secret &token);
    OrFailure<AskedScopes> narrowed(const FormFields &fields, const AskedScopes &asked,
                                    const QStringList &consented = {}) const;
    OrFailure<JsonObject> mint(const Minting &minting);

    SandboxState &m_state;
    const TokenMint &m_mint;
    GrantStore<CodeGrant> &m_codes;
    GrantStore<RefreshGrant> &m_refreshTokens;
    DeviceCodes &m_deviceCodes;
};

} // namespace bookdesk::sandbox
