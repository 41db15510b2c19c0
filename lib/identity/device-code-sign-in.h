/// DeviceCodeSignIn: one attempt to sign a person in who uses the browser of another device.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "identity/account.h"
#include "identity/browser.h"
#include "identity/claims-request.h"
#include "identity/connection.h"
#include "identity/device-code-plan.h"
#include "identity/device-code.h"
#include "identity/signed-in.h"
#include "identity/token-set.h"
#include "identity/trust-store.h"
#include "net/http-client.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <optional>
#include <stop_token>

namespace bookdesk::identity {

/// How far an attempt has come.
enum class DeviceCodeStep {
    askForCode,
    awaitPerson,
    verifyTokens,
};

/// Limits of an attempt, as constructor values so that tests are fast.
struct DeviceCodeLimits
{
    std::chrono::milliseconds asking{60'000};    ///< Until there is a code; then the code's own life counts.
    std::chrono::milliseconds verifying{60'000}; ///< Once the tokens are there.
    DeviceCodeRules code;
    DeviceCodePace pace;
};

/// Asks for a code, shows it, and asks the token endpoint until the person has signed in elsewhere, or the code's time
/// is over. A network that fails meanwhile only slows it down. The tokens are verified as after a sign-in with the
/// browser here. One attempt per object, on one thread; destroying it ends the attempt. Source: RFC 8628, Microsoft
/// "Device authorization grant flow".
class DeviceCodeSignIn : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the attempt.
    struct Parts
    {
        net::HttpClient &http;
        TrustStore &trust; ///< Of the connection to sign in to.
        Redactor redactor; ///< Learns the device code and every token.
        OpenUrl open;
        Clock clock;
    };

    struct Options
    {
        std::optional<Account> again; ///< Who signs in again: nobody else is signed in.
        QStringList scopes = {};      ///< As SignInOptions::scopes.
        ClaimsRequest proof = {};     ///< As SignInOptions::proof.
    };

    DeviceCodeSignIn(Parts parts, Options options, DeviceCodeLimits limits, QObject *parent = nullptr);

    /// Runs the attempt; call once. Errors: sign-in.cancelled, net.timed-out, sign-in.device-code-unsupported,
    /// sign-in.device-code-expired, sign-in.device-code-invalid, sign-in.id-token-rejected, sign-in.another-account and
    /// those of discovery, readDeviceCode, OAuth and the network.
    Task<SignedIn> run();

    void cancel();

    const Connection &connection() const { return m_parts.trust.connection(); }
    DeviceCodeStep step() const { return m_step; }
    /// What the person types; nothing until it has come.
    const std::optional<DeviceCode> &code() const { return m_code; }
    /// When the code was given, for how much of its life is left.
    TimePoint codeFrom() const { return m_codeFrom; }
    /// Between two questions at present; `slow_down` makes it longer.
    std::chrono::milliseconds interval() const { return m_plan.interval(); }
    /// Opens the code's link on this computer. Errors: browser.failed, net.url-refused.
    Opening openLink();

Q_SIGNALS:
    /// Step, code or interval changed.
    void progressed();

private:
    ScopedTask<SignedIn> attempt(std::stop_token stop);
    ScopedTask<SignedIn> pursue(std::stop_token stop);
    ScopedTask<DeviceCode> askForCode(QUrl endpoint, std::stop_token stop);
    ScopedTask<TokenSet> awaitTokens(QUrl endpoint, std::stop_token stop);
    ScopedTask<std::optional<TokenSet>> askForTokens(QUrl endpoint, std::stop_token stop);
    QStringList scopes() const;
    ScopedTask<std::optional<TokenSet>> readAnswer(net::HttpResponse response);
    ScopedTask<SignedIn> verifyTokens(TokenSet tokens, std::stop_token stop);
    ScopedTask<void> pause(std::stop_token stop);
    ScopedTask<void> enter(DeviceCodeStep step);
    ScopedTask<void> tellProgress();

    void end(const Error &reason);
    Error tooLate() const;

    Parts m_parts;
    const Options m_options;
    const DeviceCodeLimits m_limits;
    DeviceCodeStep m_step = DeviceCodeStep::askForCode;
    std::optional<DeviceCode> m_code;
    TimePoint m_codeFrom;
    DeviceCodePlan m_plan;
    std::optional<Error> m_endReason;
    QTimer m_limit;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
