/// SignIn: one attempt to sign a person in with their own browser (authorization code with PKCE).
#pragma once

#include "core/clock.h"
#include "core/one-shot.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "identity/account.h"
#include "identity/attempt-secrets.h"
#include "identity/browser.h"
#include "identity/claims-request.h"
#include "identity/connection.h"
#include "identity/discovery.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/http-client.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::identity {

class AuthorizationFlow;
class RedirectListener;

/// The named steps that a person sees, in order.
enum class SignInStep { openBrowser, awaitRedirect, exchangeCode, verifyTokens };
enum class StepState { pending, active, done, failed };

/// How far one step of the sign-in has come. A plain value.
struct StepProgress
{
    SignInStep step;
    StepState state = StepState::pending;
    QString note;                ///< "state matches", "PKCE S256"; may be empty.
    std::optional<TimePoint> at; ///< When the state was reached.
};

/// Options of an attempt.
struct SignInOptions
{
    QString prompt; ///< `select_account` for "Use another account", else empty.
    /// Who signs in again: the provider is told whom to expect, and nobody else is signed in. Never together with
    /// `select_account`.
    std::optional<Account> again = {};
    /// Whether the attempt ends where no browser can be opened. Otherwise it goes on, because the link can be used.
    bool needsBrowser = false;
    /// What an API asked for, where it did: the sign-in is to prove that, too.
    ClaimsRequest proof = {};
    /// The names of the scopes that are needed: no others of the API are asked for. Empty for all that the connection
    /// lists; see scopesFor.
    QStringList scopes = {};
};

/// Limits of an attempt, as constructor values so that tests are fast.
struct SignInLimits
{
    std::chrono::milliseconds whole{5 * 60'000};
    /// How long the browser's page waits for the outcome: longer than the attempt, so that it always tells the truth.
    std::chrono::milliseconds browserAnswer = whole + std::chrono::seconds(10);
    std::chrono::milliseconds requestRead{5'000}; ///< For one request's headers and body.
    std::chrono::milliseconds lateVisits{10 *
                                         60'000}; ///< How long late visits get a page, not an error of the browser.
};

/// Listener on 127.0.0.1 and ::1 first, then the browser; each attempt has its own state, verifier and nonce; form_post
/// or query; the browser's page shows the true outcome. The browser gets an address of the listener, which works once;
/// RedirectListener says what that is good for. One attempt per object, on one thread; destroying it ends the
/// attempt. Source: RFC 8252, RFC 7636, RFC 9700, Microsoft "Authorization code flow" and "Redirect URI restrictions".
class SignIn : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the attempt.
    struct Parts
    {
        net::AccessManager &manager;
        TrustStore &trust; ///< Of the connection to sign in to.
        Redactor redactor; ///< Learns every code, verifier and token.
        OpenUrl open;
        Clock clock;
    };

    SignIn(Parts parts, SignInOptions options, SignInLimits limits, QObject *parent = nullptr);
    ~SignIn() override;

    /// Runs the attempt; call once. Errors: sign-in.not-offered, sign-in.cancelled, sign-in.timed-out,
    /// sign-in.listen-failed, sign-in.link-used-twice, sign-in.redirect-invalid, sign-in.id-token-rejected,
    /// sign-in.another-account and those of discovery, the browser, OAuth and the network.
    Task<SignedIn> run();

    void cancel();
    /// Whether there is a link: not before the listener is ready, and not when the attempt is over.
    bool hasLink() const { return m_listener && m_flow; }
    /// A new link for a browser on this computer, which works once; empty where there is none.
    QUrl newLink();
    /// Opens the sign-in page again. Errors: browser.failed, net.url-refused.
    Opening openAgain();
    /// Why the browser did not open, where the attempt goes on all the same.
    const std::optional<Error> &browserFailure() const { return m_browserFailure; }

    const Connection &connection() const { return m_parts.trust.connection(); }
    const std::vector<StepProgress> &steps() const { return m_steps; }
    TimePoint deadline() const { return m_deadline; }
    /// A note on the waiting card, such as a redirect that was ignored because its state was wrong.
    QString notice() const { return m_notice; }

Q_SIGNALS:
    /// Steps, link or notice changed.
    void progressed();

private:
    ScopedTask<SignedIn> attempt(std::stop_token stop);
    ScopedTask<SignedIn> pursue(std::stop_token stop);
    ScopedTask<void> openBrowser(std::stop_token stop);
    ScopedTask<void> startAnew();
    ScopedTask<Secret> awaitCode(std::stop_token stop);
    ScopedTask<TokenSet> exchangeCode(Secret code, std::stop_token stop);
    ScopedTask<SignedIn> verifyTokens(TokenSet tokens, std::stop_token stop);
    ScopedTask<void> enter(SignInStep step, QString note);
    ScopedTask<void> leaveStep(StepState state, QString note);
    ScopedTask<void> tellProgress();

    OneShot<std::optional<Error>> open();
    Result<void> listen();
    ScopedTask<void> makeFlow(std::stop_token stop);
    /// @p url as the browser opens it: where the server demands it, after it was pushed there.
    ScopedTask<QUrl> addressFor(QUrl url, std::stop_token stop);
    void end(const Error &reason);
    Error tooLate() const;

    Parts m_parts;
    const SignInOptions m_options;
    const SignInLimits m_limits;
    std::vector<StepProgress> m_steps;
    TimePoint m_deadline;
    QString m_notice;
    std::optional<Error> m_browserFailure;
    std::optional<Error> m_endReason;
    QTimer m_limit;
    AttemptSecrets m_secrets = makeAttemptSecrets();
    DiscoveryDocument m_discovery;
    net::HttpClient m_http;
    std::unique_ptr<RedirectListener> m_listener;
    std::unique_ptr<AuthorizationFlow> m_flow;
    QUrl m_recordableUrl; ///< Of the sign-in page, for the log.
    TaskScope m_scope;
};

} // namespace bookdesk::identity
