/// BrowserSignOut: one attempt to sign a person out in their own browser.
#pragma once

#include "core/clock.h"
#include "core/task-scope.h"
#include "identity/browser.h"
#include "identity/discovery.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace bookdesk::identity {

class SignOutListener;

/// What is known afterwards.
enum class BrowserAnswer {
    signedOut, ///< The browser came back from the provider's page.
    unknown    ///< That page was opened, but nobody could listen for the browser, so it was not waited for.
};

/// Limits of a sign-out, as constructor values so that tests are fast.
struct SignOutLimits
{
    std::chrono::milliseconds browser{2 * 60'000};     ///< Until the browser is back.
    std::chrono::milliseconds requestRead{5'000};      ///< For one of its requests.
    std::chrono::milliseconds lateVisits{10 * 60'000}; ///< How long it is told of its sign-out after that.
    std::chrono::milliseconds revocation{10'000};      ///< For the server to revoke a token.
};

/// Ends the provider's session in the browser, and with it that of other apps there; the tokens here are somebody
/// else's task. It listens first, then opens the browser, as a sign-in does; providers that do not know the listener's
/// address keep the browser on a page of their own, and the attempt ends by its limit or the person. One attempt per
/// object, on one thread; destroying it ends the attempt. Source: OpenID Connect RP-Initiated Logout 1.0, Microsoft
/// "Send a sign-out request".
class BrowserSignOut : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the attempt.
    struct Parts
    {
        net::AccessManager &manager;
        TrustStore &trust; ///< Of the connection.
        OpenUrl open;
        Clock clock;
    };

    /// @param hint as logoutHint() gives it.
    BrowserSignOut(Parts parts, QString hint, SignOutLimits limits, QObject *parent = nullptr);
    ~BrowserSignOut() override;

    /// Runs the attempt; call once. Errors: sign-out.cancelled, sign-out.timed-out, sign-out.unsupported and those of
    /// discovery and the browser.
    Task<BrowserAnswer> run();

    void cancel();
    /// Whether there is a link: not before the listener is ready, and not when the attempt is over.
    bool hasLink() const { return m_listener != nullptr; }
    /// A new link for a browser on this computer, which works once; empty where there is none.
    QUrl newLink();
    /// Opens the sign-out page again. Errors: browser.failed, net.url-refused.
    Opening openAgain();
    /// Why the browser did not open; the attempt goes on, because the link can be used.
    const std::optional<Error> &browserFailure() const { return m_browserFailure; }
    /// The browser came back with an answer of another sign-out, which was ignored.
    bool hasIgnored() const { return m_hasIgnored; }
    TimePoint deadline() const { return m_deadline; }

Q_SIGNALS:
    /// Link, browser's failure or what was ignored changed.
    void progressed();

private:
    ScopedTask<BrowserAnswer> attempt(std::stop_token stop);
    ScopedTask<BrowserAnswer> pursue(std::stop_token stop);
    ScopedTask<BrowserAnswer> openOnly(QUrl address);
    ScopedTask<BrowserAnswer> openAndWait();
    bool listen();
    void end(const Error &reason);

    Parts m_parts;
    const QString m_hint;
    const SignOutLimits m_limits;
    TimePoint m_deadline;
    QTimer m_limit;
    QUrl m_endpoint;
    bool m_hasIgnored = false;
    std::optional<Error> m_browserFailure;
    std::optional<Error> m_endReason;
    QByteArray m_state;
    std::unique_ptr<SignOutListener> m_listener;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
