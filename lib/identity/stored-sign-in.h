/// StoredSignIn: signs a person in with what an earlier run has kept, without a browser.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "identity/account.h"
#include "identity/claims-request.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"
#include "identity/token-vault.h"
#include "identity/trust-store.h"
#include "net/http-client.h"

#include <memory>
#include <stop_token>

namespace bookdesk::identity {

/// Redeems the stored refresh token and verifies what comes back as after any other sign-in; another person's tokens
/// are thrown away. The vault is locked meanwhile, so that no other program redeems the same token. One thread;
/// destroying it ends what is under way. Source: RFC 6749 section 6, OpenID Connect Core section 12.2.
class StoredSignIn
{
public:
    /// The parts must outlive it.
    struct Parts
    {
        net::HttpClient &http;
        TrustStore &trust; ///< Of the account's connection.
        Redactor redactor;
        Clock clock;
        std::shared_ptr<TokenVault> vault;
    };

    explicit StoredSignIn(Parts parts);

    /// Call once. Errors: session.not-kept where nothing is stored, session.user-changed, sign-in.*, keychain.*,
    /// vault.*, net.*.
    Task<SignedIn> run(Account account);

    /// Ends it with sign-in.cancelled.
    void cancel();

    /// What the sign-in server wants the next sign-in to prove, as it said when it refused this one; may be empty.
    const ClaimsRequest &wantedProof() const { return m_wantedProof; }

private:
    ScopedTask<SignedIn> attempt(Account account, std::stop_token stop);
    ScopedTask<SignedIn> pursue(Account account, std::stop_token stop);
    ScopedTask<SignedIn> redeemed(Account account, KeptSignIn kept, std::stop_token stop);
    ScopedTask<TokenSet> requestTokens(KeptSignIn kept, std::stop_token stop);

    Parts m_parts;
    ClaimsRequest m_wantedProof;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
