/// SignIn: one attempt to sign a person in with their own browser (authorization code with PKCE).
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/task.h"
#include "identity/browser.h"
#include "identity/connection.h"
#include "identity/key-store.h"
#include "identity/signed-in.h"
#include "net/access-manager.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::identity {

/// The named steps that a person sees, in order.
enum class SignInStep { openBrowser, awaitRedirect, exchangeCode, verifyTokens };
enum class StepState { pending, active, done, failed };

struct StepProgress
{
    SignInStep step;
    StepState state = StepState::pending;
    QString note;                ///< "state matches", "PKCE S256"; may be empty.
    std::optional<TimePoint> at; ///< When the state was reached.
};

/// How an attempt differs from the default.
struct SignInOptions
{
    QString prompt;    ///< `select_account` for "Use another account", else empty.
    QString loginHint; ///< Never together with `select_account`.
};

/// Limits of an attempt, as constructor values so that tests are fast.
struct SignInLimits
{
    std::chrono::milliseconds whole{5 * 60'000};
    std::chrono::milliseconds browserAnswer{20'000}; ///< How long the browser's page waits for the outcome.
    std::chrono::milliseconds headerRead{5'000};     ///< For one request's headers and body.
    std::chrono::milliseconds pageFetch{2'000};      ///< How long the outcome waits for the browser to fetch its page.
};

/// Listener on 127.0.0.1 and ::1 first, then the browser; own state, verifier and nonce; form_post or query; the
/// browser's page tells the true outcome. One attempt per object, on one thread; destroying it ends the attempt.
/// Source: RFC 8252, RFC 7636, RFC 9700, Microsoft "Authorization code flow" and "Redirect URI restrictions".
class SignIn : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the attempt.
    struct Parts
    {
        net::AccessManager &manager;
        net::HttpClient &http;
        KeyStore &keys;
        Redactor redactor; ///< Learns every code, verifier and token.
        OpenUrl open;
        Clock clock;
    };

    SignIn(Parts parts, Connection connection, SignInOptions options, SignInLimits limits, QObject *parent = nullptr);
    ~SignIn() override;

    /// Runs the attempt; call once. Errors: sign-in.cancelled, sign-in.timed-out, sign-in.listen-failed,
    /// sign-in.redirect-invalid, sign-in.id-token-rejected and those of discovery, the browser, OAuth and the network.
    Task<SignedIn> run();

    void cancel();
    /// The link for another browser or device on this computer; empty until the listener is ready. It holds the state.
    QUrl link() const;
    /// Opens the link again. Errors: browser.failed, net.url-refused.
    Result<void> openAgain();

    const Connection &connection() const;
    const std::vector<StepProgress> &steps() const;
    TimePoint deadline() const;
    /// A note on the waiting card, such as a redirect that was ignored because its state was wrong.
    QString notice() const;

Q_SIGNALS:
    /// Steps, link or notice changed.
    void progressed();

private:
    class Attempt;
    std::shared_ptr<Attempt> m_attempt; ///< Shared with the running coroutine.
};

} // namespace bookdesk::identity
