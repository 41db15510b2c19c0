#include "identity/device-code-sign-in.h"

#include "core/isolation.h"
#include "identity/asked-scopes.h"
#include "identity/device-code-answer.h"
#include "identity/errors.h"
#include "identity/not-offered.h"
#include "identity/token-check.h"
#include "identity/token-request.h"
#include "net/errors.h"
#include "net/reachability.h"

#include <QCoreApplication>

#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(DeviceCodeSignIn)
};

Error cancelled() { return {errors::cancelled, Texts::tr("Sign-in was cancelled.")}; }

Error unsupported()
{
    return {errors::deviceCodeUnsupported, Texts::tr("The sign-in server does not offer to sign in on another device."),
            Texts::tr("Sign in with the browser on this computer.")};
}

Error expired()
{
    return {errors::deviceCodeExpired, Texts::tr("Nobody finished the sign-in on the other device in time."),
            Texts::tr("Get a new code, and type it within the time that is left.")};
}

Error anotherAccount(const jose::Identity &came, const Account &expected)
{
    const QString nameOfWhoCame = isolated(came.displayName());
    const QString expectedName = isolated(expected.displayName());
    return {errors::anotherAccount,
            Texts::tr("%1 was to sign in again, but on the other device it was %2 who signed in. Their tokens were "
                      "thrown away.")
                .arg(expectedName, nameOfWhoCame),
            Texts::tr("Get a new code and sign in as %1 there. To change to %2, use another account.")
                .arg(expectedName, nameOfWhoCame)};
}

/// A timer of Qt's may be a twentieth early, and the server counts.
std::chrono::milliseconds withMargin(std::chrono::milliseconds wait) { return wait + wait / 20; }

} // namespace

DeviceCodeSignIn::DeviceCodeSignIn(Parts parts, Options options, DeviceCodeLimits limits, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_options(std::move(options))
    , m_limits(limits)
    , m_plan(m_limits.code.usualInterval, m_limits.pace)
{
    m_limit.setSingleShot(true);
    m_limit.callOnTimeout(&m_limit, [this] { end(tooLate()); });
}

Task<SignedIn> DeviceCodeSignIn::run()
{
    return m_scope.run([this](std::stop_token stop) { return attempt(std::move(stop)); }, cancelled());
}

void DeviceCodeSignIn::cancel() { end(cancelled()); }

ScopedTask<SignedIn> DeviceCodeSignIn::attempt(std::stop_token stop)
{
    m_limit.start(m_limits.asking);
    Result<SignedIn> outcome = co_await pursue(stop);
    m_limit.stop();
    if (!outcome && stop.stop_requested())
        outcome = failure(m_endReason.value_or(cancelled()));
    co_return outcome;
}

ScopedTask<SignedIn> DeviceCodeSignIn::pursue(std::stop_token stop)
{
    if (!connection().provider.hasSignIn)
        co_return failure(notOffered(connection().provider));
    // What an earlier attempt asked for and did not get must not hold up this one.
    if (const Result<void> anew = co_await callOut([this] { m_parts.trust.startAnew(); }); !anew)
        co_return failure(anew.error());
    if (const Result<void> anew = co_await callOut([this] { m_parts.trust.keys().startAnew(); }); !anew)
        co_return failure(anew.error());
    const Result<DiscoveryDocument> discovery = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    if (!discovery)
        co_return failure(discovery.error());
    if (discovery->deviceAuthorizationEndpoint.isEmpty())
        co_return failure(unsupported());
    Result<DeviceCode> code = co_await askForCode(discovery->deviceAuthorizationEndpoint, stop);
    if (!code)
        co_return failure(code.error());
    m_plan = DeviceCodePlan(code->interval, m_limits.pace);
    m_code = *std::move(code);
    const Result<TokenSet> tokens = co_await awaitTokens(discovery->tokenEndpoint, stop);
    if (!tokens)
        co_return failure(tokens.error());
    Result<SignedIn> signedIn = co_await verifyTokens(*tokens, stop);
    co_return signedIn;
}

QStringList DeviceCodeSignIn::scopes() const { return scopesFor(connection(), m_options.scopes); }

ScopedTask<DeviceCode> DeviceCodeSignIn::askForCode(QUrl endpoint, std::stop_token stop)
{
    net::FormFields fields = clientFields(connection(), m_options.proof);
    fields.emplace_back("scope"_ba, Secret(scopes().join(u' ').toUtf8()));
    const net::FormFields extras = authorizeParameters(connection());
    fields.insert(fields.end(), extras.begin(), extras.end());
    const net::HttpRequest request = formRequest(endpoint, fields);
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    if (!response)
        co_return failure(response.error());
    m_codeFrom = m_parts.clock();
    Result<DeviceCode> code = readDeviceCode(*response, m_codeFrom, m_limits.code);
    if (!code)
        co_return failure(code.error());
    m_parts.redactor.learn(code->deviceCode);
    co_return withOwnLink(*std::move(code), connection().provider);
}

ScopedTask<TokenSet> DeviceCodeSignIn::awaitTokens(QUrl endpoint, std::stop_token stop)
{
    m_limit.start(std::chrono::duration_cast<std::chrono::milliseconds>(m_code->expiresAt - m_codeFrom));
    if (const Result<void> entered = co_await enter(DeviceCodeStep::awaitPerson); !entered)
        co_return failure(entered.error());
    // Detached: the keys stay in the store, and a failure will show again when they are needed.
    if (const Result<void> begun = co_await callOut([&] { m_parts.trust.trustFor({}, stop); }); !begun)
        co_return failure(begun.error());
    for (;;) {
        if (const Result<void> paused = co_await pause(stop); !paused)
            co_return failure(paused.error());
        // The timer does not count the time that the computer sleeps.
        if (m_parts.clock() >= m_code->expiresAt)
            co_return failure(expired());
        const Result<std::optional<TokenSet>> tokens = co_await askForTokens(endpoint, stop);
        if (!tokens)
            co_return failure(tokens.error());
        if (*tokens)
            co_return **tokens;
    }
}

ScopedTask<void> DeviceCodeSignIn::pause(std::stop_token stop)
{
    const std::chrono::milliseconds wait = withMargin(m_plan.wait());
    const Result<WaitEnd> waited = co_await callOut([&] { return pauseFor(wait, stop); });
    if (!waited)
        co_return failure(waited.error());
    co_return *waited == WaitEnd::elapsed ? Result<void>() : failure(cancelled());
}

/// Nothing as long as there are no tokens yet.
ScopedTask<std::optional<TokenSet>> DeviceCodeSignIn::askForTokens(QUrl endpoint, std::stop_token stop)
{
    net::FormFields fields = clientFields(connection(), m_options.proof);
    fields.emplace_back("grant_type"_ba, Secret("urn:ietf:params:oauth:grant-type:device_code"));
    fields.emplace_back("device_code"_ba, m_code->deviceCode);
    const net::HttpRequest request = formRequest(endpoint, fields);
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    if (!response && net::isOutOfReach(response.error().code)) {
        m_plan.noteFailure();
        co_return std::optional<TokenSet>();
    }
    if (!response)
        co_return failure(response.error());
    Result<std::optional<TokenSet>> tokens = co_await readAnswer(*response);
    co_return tokens;
}

ScopedTask<std::optional<TokenSet>> DeviceCodeSignIn::readAnswer(net::HttpResponse response)
{
    Result<void> told;
    switch (readDeviceCodeAnswer(response)) {
    case DeviceCodeAnswer::pending:
        m_plan.notePending();
        break;
    case DeviceCodeAnswer::slowDown:
        m_plan.noteSlowDown();
        told = co_await tellProgress();
        break;
    case DeviceCodeAnswer::unavailable:
        m_plan.noteFailure(response.retryAfter);
        break;
    case DeviceCodeAnswer::last: {
        Result<TokenSet> tokens = readTokenAnswer(response, scopes(), m_parts.clock(), m_parts.redactor);
        if (!tokens)
            co_return failure(tokens.error());
        co_return std::optional(*std::move(tokens));
    }
    }
    if (!told)
        co_return failure(told.error());
    co_return std::optional<TokenSet>();
}

ScopedTask<SignedIn> DeviceCodeSignIn::verifyTokens(TokenSet tokens, std::stop_token stop)
{
    m_limit.start(m_limits.verifying);
    if (const Result<void> entered = co_await enter(DeviceCodeStep::verifyTokens); !entered)
        co_return failure(entered.error());
    const std::vector<Secret> signedTokens{tokens.idToken, tokens.accessToken};
    const Result<Trust> trust = co_await callOut([&] { return m_parts.trust.trustFor(signedTokens, stop); });
    if (!trust)
        co_return failure(trust.error());
    Result<SignedIn> signedIn = checkNewTokens(*trust, tokens, jose::NoNonce(), m_parts.clock());
    if (signedIn && m_options.again && !m_options.again->isOf(signedIn->identity))
        co_return failure(anotherAccount(signedIn->identity, *m_options.again));
    co_return signedIn;
}

ScopedTask<void> DeviceCodeSignIn::enter(DeviceCodeStep step)
{
    m_step = step;
    Result<void> told = co_await tellProgress();
    co_return told;
}

ScopedTask<void> DeviceCodeSignIn::tellProgress()
{
    Result<void> told = co_await callOut([this] { Q_EMIT progressed(); });
    co_return told;
}

Opening DeviceCodeSignIn::openLink()
{
    if (!m_code)
        return Result<void>(failure(errors::browserFailed, Texts::tr("The sign-in page is not ready yet."),
                                    Texts::tr("Wait a moment.")));
    // Copies, because opening may destroy this object.
    const OpenUrl open = m_parts.open;
    const QUrl link = m_code->verificationLink;
    return openInBrowser(open, link);
}

void DeviceCodeSignIn::end(const Error &reason)
{
    if (m_endReason)
        return;
    m_endReason = reason;
    // The task's last progress is no longer reported.
    if (m_scope.stop())
        Q_EMIT progressed();
}

Error DeviceCodeSignIn::tooLate() const
{
    if (m_step == DeviceCodeStep::awaitPerson)
        return expired();
    return {net::errors::timedOut, Texts::tr("The sign-in server did not answer in time."),
            Texts::tr("Check the network connection and try again.")};
}

} // namespace bookdesk::identity
