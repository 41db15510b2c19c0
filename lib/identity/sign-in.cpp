#include "identity/sign-in.h"

#include "core/isolation.h"
#include "identity/asked-scopes.h"
#include "identity/authorization-flow.h"
#include "identity/errors.h"
#include "identity/not-offered.h"
#include "identity/pushed-request.h"
#include "identity/redirect-code.h"
#include "identity/redirect-listener.h"
#include "identity/token-check.h"
#include "identity/token-request.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

Error cancelled() { return {errors::cancelled, Texts::tr("Sign-in was cancelled.")}; }

Error linkUsedTwice()
{
    return {
        errors::linkUsedTwice,
        Texts::tr("The address that Bookdesk gave to the browser was visited twice, so somebody else on this computer "
                  "may have used it first. It works once, and the sign-in was ended."),
        Texts::tr("Nobody is signed in; try again. If it happens again, find out who else uses this computer.")};
}

Error anotherAccount(const jose::Identity &came, const Account &expected)
{
    const QString nameOfWhoCame = isolated(came.displayName());
    const QString expectedName = isolated(expected.displayName());
    return {errors::anotherAccount,
            Texts::tr("%1 was to sign in again, but the browser came back with %2. Their tokens were thrown away.")
                .arg(expectedName, nameOfWhoCame),
            Texts::tr("Sign in again and choose %1 in the browser. To change to %2, use another account.")
                .arg(expectedName, nameOfWhoCame)};
}

QString noticeOf(RedirectListener::Ignored why)
{
    switch (why) {
    case RedirectListener::Ignored::foreignState:
        return Texts::tr("This redirect does not belong to your sign-in; it was ignored");
    case RedirectListener::Ignored::foreignError:
        return Texts::tr("The browser returned with an error that does not name your sign-in; it was ignored. If the "
                         "browser shows that it failed, cancel and sign in again");
    case RedirectListener::Ignored::withoutCookie:
        return Texts::tr(
            "A browser returned that did not begin this sign-in, or that keeps no cookies for localhost; it "
            "was ignored");
    case RedirectListener::Ignored::withoutCode:
        return Texts::tr("The browser returned without a sign-in code; this was ignored");
    }
    return {};
}

RedirectAnswer outcomePage(const Result<SignedIn> &outcome)
{
    if (!outcome)
        return page(400, Texts::tr("You are not signed in"), advised(outcome.error()));
    return page(200, Texts::tr("You are signed in, you can close this tab"),
                Texts::tr("Bookdesk has signed in %1.").arg(outcome->identity.displayName()));
}

} // namespace

SignIn::SignIn(Parts parts, SignInOptions options, SignInLimits limits, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_options(std::move(options))
    , m_limits(limits)
    , m_deadline(m_parts.clock() + m_limits.whole)
    , m_http(m_parts.manager)
{
    for (const SignInStep step :
         {SignInStep::openBrowser, SignInStep::awaitRedirect, SignInStep::exchangeCode, SignInStep::verifyTokens})
        m_steps.push_back({step, StepState::pending, {}, {}});
    m_limit.setSingleShot(true);
    m_limit.callOnTimeout(&m_limit, [this] { end(tooLate()); });
}

SignIn::~SignIn() = default;

Task<SignedIn> SignIn::run()
{
    return m_scope.run([this](std::stop_token stop) { return attempt(std::move(stop)); }, cancelled());
}

ScopedTask<SignedIn> SignIn::attempt(std::stop_token stop)
{
    m_deadline = m_parts.clock() + m_limits.whole;
    m_limit.start(m_limits.whole);
    m_parts.redactor.learn(m_secrets.verifier);
    Result<SignedIn> outcome = co_await pursue(stop);
    if (!outcome && stop.stop_requested())
        outcome = failure(m_endReason.value_or(cancelled()));
    m_limit.stop();
    const Result<void> left = co_await leaveStep(outcome ? StepState::done : StepState::failed, {});
    if (outcome && !left)
        outcome = failure(left.error());
    if (m_listener) {
        // The browser is told of a stop too, but nobody waits for that.
        OneShot<bool> told = m_listener->tell(outcomePage(outcome));
        const Result<bool> ignored = co_await callOut([&] { return told; });
    }
    m_flow.reset();
    // A fixed port is needed for the next sign-in.
    if (m_listener && connection().redirect.ports.empty())
        RedirectListener::remain(std::move(m_listener), m_parts.manager, m_limits.lateVisits);
    m_listener.reset();
    co_return outcome;
}

ScopedTask<SignedIn> SignIn::pursue(std::stop_token stop)
{
    const Result<void> opened = co_await openBrowser(stop);
    if (!opened)
        co_return failure(opened.error());
    const Result<Secret> code = co_await awaitCode(stop);
    if (!code)
        co_return failure(code.error());
    const Result<TokenSet> tokens = co_await exchangeCode(*code, stop);
    if (!tokens)
        co_return failure(tokens.error());
    Result<SignedIn> signedIn = co_await verifyTokens(*tokens, stop);
    co_return signedIn;
}

ScopedTask<void> SignIn::openBrowser(std::stop_token stop)
{
    if (const Result<void> entered = co_await enter(SignInStep::openBrowser, {}); !entered)
        co_return entered;
    if (!connection().provider.hasSignIn)
        co_return failure(notOffered(connection().provider));
    if (const Result<void> anew = co_await startAnew(); !anew)
        co_return anew;
    const Result<DiscoveryDocument> discovery = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    if (!discovery)
        co_return failure(discovery.error());
    m_discovery = *discovery;
    // Qt posts the code by itself, and nobody should go through the sign-in page for a proxy that refuses that.
    const Result<void> passed =
        co_await callOut([this] { return m_parts.manager.passProxy(m_discovery.tokenEndpoint); });
    if (!passed)
        co_return passed;
    if (const Result<void> listening = listen(); !listening)
        co_return listening;
    if (const Result<void> made = co_await makeFlow(stop); !made)
        co_return made;
    if (const Result<void> told = co_await tellProgress(); !told)
        co_return told;
    const Result<std::optional<Error>> failed = co_await callOut([this] { return open(); });
    if (!failed)
        co_return failure(failed.error());
    if (!*failed)
        co_return Result<void>();
    if (m_options.needsBrowser)
        co_return failure(**failed);
    m_browserFailure = *failed;
    Result<void> left = co_await leaveStep(StepState::failed, {});
    co_return left;
}

/// What an earlier attempt asked for and did not get must not hold up this one.
ScopedTask<void> SignIn::startAnew()
{
    if (const Result<void> anew = co_await callOut([this] { m_parts.trust.startAnew(); }); !anew)
        co_return anew;
    Result<void> anew = co_await callOut([this] { m_parts.trust.keys().startAnew(); });
    co_return anew;
}

/// The browser's failure, or nothing as soon as it is known to have opened.
OneShot<std::optional<Error>> SignIn::open()
{
    const OneShot<bool> visited = m_listener->visited();
    // Opening may destroy this object.
    OneShot<std::optional<Error>> outcome = openAgain().failure();
    visited.whenSet([outcome](bool) { outcome.set(std::nullopt); });
    return outcome;
}

ScopedTask<Secret> SignIn::awaitCode(std::stop_token stop)
{
    if (const Result<void> entered = co_await enter(SignInStep::awaitRedirect, {}); !entered)
        co_return failure(entered.error());
    // Detached: the keys stay in the store, and a failure will show again when they are needed.
    if (const Result<void> begun = co_await callOut([&] { m_parts.trust.trustFor({}, stop); }); !begun)
        co_return failure(begun.error());
    const Result<std::optional<Redirect>> redirect = co_await callOut([this] { return m_listener->redirect(); });
    if (!redirect)
        co_return failure(redirect.error());
    m_parts.redactor.learn((*redirect)->code);
    m_notice.clear();
    co_return codeFrom(**redirect, responseModeOf(connection(), m_discovery), m_discovery, m_listener->redirectUri());
}

ScopedTask<TokenSet> SignIn::exchangeCode(Secret code, std::stop_token stop)
{
    if (const Result<void> left = co_await leaveStep(StepState::done, Texts::tr("state matches")); !left)
        co_return failure(left.error());
    if (const Result<void> entered = co_await enter(SignInStep::exchangeCode, Texts::tr("PKCE S256")); !entered)
        co_return failure(entered.error());
    Result<TokenSet> tokens = co_await callOut([&] { return m_flow->redeem(code, stop); });
    if (tokens)
        m_parts.redactor.learn(tokens->secrets());
    co_return tokens;
}

ScopedTask<SignedIn> SignIn::verifyTokens(TokenSet tokens, std::stop_token stop)
{
    if (const Result<void> entered = co_await enter(SignInStep::verifyTokens, {}); !entered)
        co_return failure(entered.error());
    const std::vector<Secret> signedTokens{tokens.idToken, tokens.accessToken};
    const Result<Trust> trust = co_await callOut([&] { return m_parts.trust.trustFor(signedTokens, stop); });
    if (!trust)
        co_return failure(trust.error());
    Result<SignedIn> signedIn = checkNewTokens(*trust, tokens, QString::fromLatin1(m_secrets.nonce), m_parts.clock());
    if (signedIn && m_options.again && !m_options.again->isOf(signedIn->identity))
        co_return failure(anotherAccount(signedIn->identity, *m_options.again));
    co_return signedIn;
}

ScopedTask<void> SignIn::enter(SignInStep step, QString note)
{
    if (const Result<void> left = co_await leaveStep(StepState::done, {}); !left)
        co_return left;
    for (StepProgress &progress : m_steps) {
        if (progress.step == step)
            progress = {step, StepState::active, note, m_parts.clock()};
    }
    Result<void> told = co_await tellProgress();
    co_return told;
}

ScopedTask<void> SignIn::leaveStep(StepState state, QString note)
{
    const auto active = std::find_if(m_steps.begin(), m_steps.end(),
                                     [](const StepProgress &progress) { return progress.state == StepState::active; });
    if (active == m_steps.end())
        co_return Result<void>();
    *active = {active->step, state, note.isEmpty() ? active->note : note, m_parts.clock()};
    Result<void> told = co_await tellProgress();
    co_return told;
}

ScopedTask<void> SignIn::tellProgress()
{
    Result<void> told = co_await callOut([this] { Q_EMIT progressed(); });
    co_return told;
}

Result<void> SignIn::listen()
{
    RedirectListener::Settings settings;
    settings.redirect = connection().redirect;
    settings.state = m_secrets.state;
    settings.responseMode = responseModeOf(connection(), m_discovery);
    settings.requestRead = m_limits.requestRead;
    settings.browserAnswer = m_limits.browserAnswer;
    Result<std::unique_ptr<RedirectListener>> listener = RedirectListener::listen(std::move(settings));
    if (!listener)
        return failure(listener.error());
    m_listener = std::move(*listener);
    connect(m_listener.get(), &RedirectListener::ignored, this, [this](RedirectListener::Ignored why) {
        m_notice = noticeOf(why);
        Q_EMIT progressed();
    });
    connect(m_listener.get(), &RedirectListener::visitedTwice, this, [this] { end(linkUsedTwice()); });
    // The listener may outlive this object, for late visits.
    m_listener->visited().whenSet([self = QPointer(this)](bool isVisited) {
        if (!isVisited || !self || !self->m_browserFailure)
            return;
        self->m_browserFailure.reset();
        Q_EMIT self->progressed();
    });
    return {};
}

ScopedTask<void> SignIn::makeFlow(std::stop_token stop)
{
    AuthorizationRequest request;
    request.clientId = connection().clientId;
    request.scopes = scopesFor(connection(), m_options.scopes);
    request.redirectUri = m_listener->redirectUri();
    const bool isQuery = responseModeOf(connection(), m_discovery) == ResponseMode::query;
    request.responseMode = isQuery ? u"query"_s : u"form_post"_s;
    request.extras = authorizeParameters(connection());
    request.prompt = m_options.prompt;
    if (m_options.again && m_options.prompt != u"select_account")
        request.loginHint = m_options.again->userName;
    request.claims = claimsParameter(m_options.proof, connection().provider.capabilities);
    request.acrValues = m_options.proof.acrValues;
    request.maxAge = m_options.proof.maxAge;
    request.secrets = m_secrets;
    auto flow = std::make_unique<AuthorizationFlow>(m_parts.manager, m_discovery, std::move(request), m_parts.clock);
    const QUrl url = flow->authorizationUrl();
    m_recordableUrl = recordableUrl(url);
    const Result<QUrl> address = co_await addressFor(url, stop);
    if (!address)
        co_return failure(address.error());
    m_listener->sendTo(*address);
    m_flow = std::move(flow);
    co_return Result<void>();
}

ScopedTask<QUrl> SignIn::addressFor(QUrl url, std::stop_token stop)
{
    const QUrl endpoint = m_discovery.pushedRequestEndpoint;
    if (endpoint.isEmpty())
        co_return url;
    const net::HttpRequest request = pushedRequest(endpoint, url);
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_http.send(request, stop); });
    if (!response)
        co_return failure(response.error());
    co_return readPushedAnswer(*response, m_discovery.authorizationEndpoint, url, connection().clientId);
}

QUrl SignIn::newLink() { return hasLink() ? m_listener->newStart() : QUrl(); }

Opening SignIn::openAgain()
{
    if (!hasLink())
        return Result<void>(failure(errors::browserFailed, Texts::tr("The sign-in page is not ready yet."),
                                    Texts::tr("Wait a moment.")));
    // Copies, because each may destroy this object.
    const OpenUrl open = m_parts.open;
    const QUrl link = newLink();
    m_parts.manager.recordInBrowser(m_recordableUrl);
    return openInBrowser(open, link);
}

void SignIn::cancel() { end(cancelled()); }

void SignIn::end(const Error &reason)
{
    if (m_endReason)
        return;
    m_endReason = reason;
    // The task's last progress is no longer reported.
    if (m_scope.stop())
        Q_EMIT progressed();
}

Error SignIn::tooLate() const
{
    const bool isWaiting = std::any_of(m_steps.begin(), m_steps.end(), [](const StepProgress &progress) {
        return progress.step == SignInStep::awaitRedirect && progress.state == StepState::active;
    });
    return {errors::timedOut,
            isWaiting ? Texts::tr("No answer came from the browser in time.")
                      : Texts::tr("The sign-in was not finished in time."),
            isWaiting ? Texts::tr("If the browser shows an error, its text says what to do; otherwise sign in again.")
                      : Texts::tr("Check the network connection and try again.")};
}

} // namespace bookdesk::identity
