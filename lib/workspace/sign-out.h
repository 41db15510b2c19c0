/// SignOut: makes what is left of a sign-in worthless: where it is kept, at the provider, and in the browser.
#pragma once

#include "core/task-scope.h"
#include "identity/browser-sign-out.h"
#include "identity/signed-in.h"
#include "identity/token-revocation.h"
#include "identity/token-vault.h"

#include <QObject>

#include <memory>

namespace bookdesk::workspace {

/// The session itself is ended by whoever has it, before or after. GUI thread; destroying it ends what is under way.
class SignOut : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive it.
    struct Parts
    {
        net::AccessManager &manager;
        net::HttpClient &http;
        identity::TrustStore &trust;
        Redactor redactor;
        identity::OpenUrl open;
        Clock clock;
        std::shared_ptr<identity::TokenVault> vault;
        identity::SignOutLimits limits;
    };

    explicit SignOut(Parts parts, QObject *parent = nullptr);
    ~SignOut() override;

    /// Asks the provider to revoke the refresh token, where it can, and removes what the vault keeps, whatever the
    /// provider says; what was kept is revoked, too. Errors: as identity::TokenVault::remove, else as
    /// identity::TokenRevocation::run.
    /// @param account the ID. @param refreshToken may be empty.
    Task<void> here(QString account, Secret refreshToken);

    bool isForgetting() const { return !m_forgetting.isIdle(); }

    /// Whether the provider is known to have an address for it.
    bool isPossibleInBrowser() const;
    /// Ends the browser's session; an attempt that is under way is superseded (it ends with sign-out.cancelled).
    /// Errors: as identity::BrowserSignOut::run.
    Task<identity::BrowserAnswer> inBrowser(identity::SignedIn person);
    /// The attempt under way, or nullptr.
    identity::BrowserSignOut *attempt() { return m_attempt.get(); }

private:
    ScopedTask<void> forget(QString account, Secret token);
    ScopedTask<void> revoke(Secret token);
    identity::TokenRevocation newRevocation() const;
    ScopedTask<identity::BrowserAnswer> attemptInBrowser(QString hint);

    Parts m_parts;
    std::unique_ptr<identity::BrowserSignOut> m_attempt;
    TaskScope m_forgetting;
    TaskScope m_browsing; ///< The last attempt; it is restarted for the next one.
};

} // namespace bookdesk::workspace
