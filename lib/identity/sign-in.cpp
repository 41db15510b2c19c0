#include "identity/sign-in.h"

#include "core/stoppable.h"
#include "identity/attempt-secrets.h"
#include "identity/authorization-flow.h"
#include "identity/discovery.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "identity/redirect-listener.h"
#include "identity/token-check.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

/// @param message says what cannot be used and why.
Error redirectRefused(const QString &message, Facts facts)
{
    return {errors::redirectInvalid, message, Texts::tr("Nobody is signed in; try again."), std::move(facts)};
}

/// Judges a redirect whose state is ours, before its code is sent anywhere.
Result<Secret> codeFrom(const Redirect &redirect, const Connection &connection, const DiscoveryDocument &discovery,
                        const QString &redirectUri)
{
    // A wrong issuer, or none where one was promised, means that another server answered than the one that was asked
    // (RFC 9207).
    const auto issuer = redirect.parameters.constFind(u"iss"_s);
    const bool isNamed = issuer != redirect.parameters.cend();
    if (isNamed ? *issuer != discovery.issuer : discovery.promisesIssuer)
        return failure(redirectRefused(
            Texts::tr("The browser came back with an answer from another identity provider, which cannot be used."),
            {{facts::check, u"iss"_s},
             {facts::expected, discovery.issuer},
             isNamed ? foreignFact(facts::got, *issuer) : Fact{facts::got, Texts::tr("none")}}));
    const OAuthError oauth = readOAuthError(redirect.parameters);
    if (!oauth.error.isEmpty())
        return failure(signInError(oauth, redirectUri));
    if (!redirect.isPost && connection.responseMode == ResponseMode::formPost)
        return failure(redirectRefused(
            Texts::tr("The browser came back with an answer that cannot be used: the sign-in code was in the address, "
                      "although it was asked for as a form (form_post)."),
            {{facts::redirectUri, redirectUri}}));
    return redirect.code;
}

QString noticeOf(RedirectListener::Ignored why)
{
    switch (why) {
    case RedirectListener::Ignored::foreignState:
        return Texts::tr("This redirect does not belong to your sign-in; it was ignored");
    case RedirectListener::Ignored::withoutCode:
        return Texts::tr("The browser came back without a sign-in code; it was ignored");
    }
    return {};
}

BrowserAnswer outcomePage(const Result<SignedIn> &outcome)
{
    if (!outcome)
        return page(400, Texts::tr("You are not signed in"), advised(outcome.error()));
    return page(200, Texts::tr("You are signed in, you can close this tab"),
                Texts::tr("Bookdesk has signed in %1.").arg(outcome->identity.displayName()));
}

} // namespace

/// The attempt's own life. The running coroutine shares it, so that the SignIn can be destroyed at any moment; what it
/// borrows (the parts) is not touched any more once it has been stopped.
class SignIn::Attempt
{
public:
    Attempt(SignIn *owner, Parts parts, Connection connection, SignInOptions options, SignInLimits limits);

    static Task<SignedIn> run(std::shared_ptr<Attempt> self);
    /// Ends the attempt with @p reason; the coroutine has come to its end when this returns.
    void end(const Error &reason);
    /// As end, when there is nobody left to tell.
    void abandon();
    Result<void> openLink() const;

    SignIn *m_owner;
    Parts m_parts;
    Connection m_connection;
    SignInOptions m_options;
    SignInLimits m_limits;
    std::vector<StepProgress> m_steps;
    TimePoint m_deadline;
    QUrl m_link;
    QString m_notice;

private:
    static Task<SignedIn> pursue(std::shared_ptr<Attempt> self);
    static Task<void> openBrowser(std::shared_ptr<Attempt> self);
    static Task<Secret> awaitCode(std::shared_ptr<Attempt> self);
    static Task<TokenSet> exchangeCode(std::shared_ptr<Attempt> self, Secret code);
    static Task<SignedIn> verifyTokens(std::shared_ptr<Attempt> self, TokenSet tokens);

    void start();
    Result<void> listen();
    void makeFlow();
    void prefetchKeys();
    /// False where the attempt was ended meanwhile: whoever hears of progress may cancel or destroy us.
    [[nodiscard]] bool enter(SignInStep step, const QString &note);
    void leaveStep(StepState state, const QString &note = {});
    Error tooLate() const;
    void changed();

    std::stop_source m_stop;
    std::optional<Error> m_endReason;
    QTimer m_limit;
    AttemptSecrets m_secrets = makeAttemptSecrets();
    DiscoveryDocument m_discovery;
    std::unique_ptr<RedirectListener> m_listener;
    std::unique_ptr<AuthorizationFlow> m_flow;
};

SignIn::Attempt::Attempt(SignIn *owner, Parts parts, Connection connection, SignInOptions options, SignInLimits limits)
    : m_owner(owner)
    , m_parts(std::move(parts))
    , m_connection(std::move(connection))
    , m_options(std::move(options))
    , m_limits(std::move(limits))
    , m_deadline(m_parts.clock() + m_limits.whole)
{
    for (const SignInStep step :
         {SignInStep::openBrowser, SignInStep::awaitRedirect, SignInStep::exchangeCode, SignInStep::verifyTokens})
        m_steps.push_back({step, StepState::pending, {}, {}});
    m_limit.setSingleShot(true);
    m_limit.callOnTimeout(&m_limit, [this] { end(tooLate()); });
}

Task<SignedIn> SignIn::Attempt::run(std::shared_ptr<Attempt> self)
{
    self->start();
    Result<SignedIn> outcome = co_await pursue(self);
    if (!outcome && self->m_endReason)
        outcome = failure(*self->m_endReason);
    self->m_limit.stop();
    self->leaveStep(outcome ? StepState::done : StepState::failed);
    if (self->m_listener) {
        const OneShot<bool> told = self->m_listener->tell(outcomePage(outcome));
        const std::stop_callback onStop(self->m_stop.get_token(), [told] { told.set(false); });
        co_await told;
    }
    self->m_flow.reset();
    self->m_listener.reset();
    co_return outcome;
}

Task<SignedIn> SignIn::Attempt::pursue(std::shared_ptr<Attempt> self)
{
    const Result<void> opened = co_await openBrowser(self);
    if (!opened)
        co_return failure(opened.error());
    const Result<Secret> code = co_await awaitCode(self);
    if (!code)
        co_return failure(code.error());
    const Result<TokenSet> tokens = co_await exchangeCode(self, *code);
    if (!tokens)
        co_return failure(tokens.error());
    Result<SignedIn> signedIn = co_await verifyTokens(self, *tokens);
    co_return signedIn;
}

Task<void> SignIn::Attempt::openBrowser(std::shared_ptr<Attempt> self)
{
    if (!self->enter(SignInStep::openBrowser, {}))
        co_return failure(bookdesk::errors::stopped, {});
    const std::stop_token stop = self->m_stop.get_token();
    Task<DiscoveryDocument> discovering = discover(self->m_parts.http, self->m_connection, stop);
    const Result<DiscoveryDocument> discovery = co_await unlessStopped(std::move(discovering), stop);
    if (!discovery)
        co_return failure(discovery.error());
    self->m_discovery = *discovery;
    if (const Result<void> listening = self->listen(); !listening)
        co_return failure(listening.error());
    self->makeFlow();
    if (self->m_stop.stop_requested())
        co_return failure(bookdesk::errors::stopped, {});
    if (const Result<void> opened = self->openLink(); !opened)
        co_return failure(opened.error());
    co_return Result<void>();
}

Task<Secret> SignIn::Attempt::awaitCode(std::shared_ptr<Attempt> self)
{
    if (!self->enter(SignInStep::awaitRedirect, {}))
        co_return failure(bookdesk::errors::stopped, {});
    self->prefetchKeys();
    const OneShot<std::optional<Redirect>> arrival = self->m_listener->redirect();
    const std::stop_callback onStop(self->m_stop.get_token(), [arrival] { arrival.set(std::nullopt); });
    const std::optional<Redirect> redirect = co_await arrival;
    if (!redirect)
        co_return failure(bookdesk::errors::stopped, {});
    self->m_parts.redactor.learn(redirect->code);
    self->m_notice.clear();
    Result<Secret> code = codeFrom(*redirect, self->m_connection, self->m_discovery, self->m_listener->redirectUri());
    co_return code;
}

Task<TokenSet> SignIn::Attempt::exchangeCode(std::shared_ptr<Attempt> self, Secret code)
{
    self->leaveStep(StepState::done, Texts::tr("state matches"));
    if (!self->enter(SignInStep::exchangeCode, Texts::tr("PKCE S256")))
        co_return failure(bookdesk::errors::stopped, {});
    Result<TokenSet> tokens = co_await self->m_flow->redeem(code, self->m_stop.get_token());
    if (tokens) {
        for (const Secret &token : tokens->secrets())
            self->m_parts.redactor.learn(token);
    }
    co_return tokens;
}

Task<SignedIn> SignIn::Attempt::verifyTokens(std::shared_ptr<Attempt> self, TokenSet tokens)
{
    if (!self->enter(SignInStep::verifyTokens, {}))
        co_return failure(bookdesk::errors::stopped, {});
    const std::stop_token stop = self->m_stop.get_token();
    const TokenContext context{self->m_connection, self->m_discovery, self->m_parts.clock};
    Task<SignedIn> checking =
        checkNewTokens(self->m_parts.keys, context, tokens, QString::fromLatin1(self->m_secrets.nonce), stop);
    Result<SignedIn> checked = co_await unlessStopped(std::move(checking), stop);
    co_return checked;
}

void SignIn::Attempt::start()
{
    m_deadline = m_parts.clock() + m_limits.whole;
    m_limit.start(m_limits.whole);
    m_parts.redactor.learn(m_secrets.verifier);
}

Result<void> SignIn::Attempt::listen()
{
    RedirectListener::Settings settings;
    settings.redirect = m_connection.redirect;
    settings.state = m_secrets.state;
    settings.responseMode = m_connection.responseMode;
    settings.requestRead = m_limits.headerRead;
    settings.browserAnswer = m_limits.browserAnswer;
    settings.pageFetch = m_limits.pageFetch;
    Result<std::unique_ptr<RedirectListener>> listener = RedirectListener::listen(std::move(settings));
    if (!listener)
        return failure(listener.error());
    m_listener = std::move(*listener);
    connect(m_listener.get(), &RedirectListener::ignored, m_listener.get(), [this](RedirectListener::Ignored why) {
        m_notice = noticeOf(why);
        changed();
    });
    return {};
}

void SignIn::Attempt::makeFlow()
{
    AuthorizationRequest request;
    request.clientId = m_connection.clientId;
    request.scopes = m_connection.scopes;
    request.redirectUri = m_listener->redirectUri();
    request.responseMode = m_connection.responseMode == ResponseMode::query ? u"query"_s : u"form_post"_s;
    request.prompt = m_options.prompt;
    request.loginHint = m_options.prompt == u"select_account" ? QString() : m_options.loginHint;
    request.secrets = m_secrets;
    m_flow = std::make_unique<AuthorizationFlow>(m_parts.manager, m_discovery, std::move(request), m_parts.clock);
    m_link = m_flow->authorizationUrl();
    changed();
}

void SignIn::Attempt::prefetchKeys()
{
    // Detached: the result waits in the store, and a failure shows again when the keys are needed.
    m_parts.keys.prefetch(m_connection.provider.keySource(m_discovery.issuer, m_discovery.jwksUri), m_stop.get_token());
}

Result<void> SignIn::Attempt::openLink() const
{
    if (m_link.isEmpty())
        return failure(errors::browserFailed, Texts::tr("The sign-in page is not ready yet."),
                       Texts::tr("Wait a moment."));
    return openInBrowser(m_parts.open, m_link);
}

void SignIn::Attempt::end(const Error &reason)
{
    if (m_endReason)
        return;
    m_endReason = reason;
    // A copy, because whoever hears of the end may be the last to hold us.
    std::stop_source stop = m_stop;
    stop.request_stop();
}

void SignIn::Attempt::abandon()
{
    m_owner = nullptr;
    end({errors::cancelled, Texts::tr("Sign-in was cancelled.")});
}

bool SignIn::Attempt::enter(SignInStep step, const QString &note)
{
    leaveStep(StepState::done);
    for (StepProgress &progress : m_steps) {
        if (progress.step == step)
            progress = {step, StepState::active, note, m_parts.clock()};
    }
    changed();
    return !m_stop.stop_requested();
}

void SignIn::Attempt::leaveStep(StepState state, const QString &note)
{
    const auto active = std::find_if(m_steps.begin(), m_steps.end(),
                                     [](const StepProgress &progress) { return progress.state == StepState::active; });
    if (active == m_steps.end())
        return;
    *active = {active->step, state, note.isEmpty() ? active->note : note, m_parts.clock()};
    changed();
}

Error SignIn::Attempt::tooLate() const
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

void SignIn::Attempt::changed()
{
    if (m_owner)
        Q_EMIT m_owner->progressed();
}

SignIn::SignIn(Parts parts, Connection connection, SignInOptions options, SignInLimits limits, QObject *parent)
    : QObject(parent)
    , m_attempt(std::make_shared<Attempt>(this, std::move(parts), std::move(connection), std::move(options),
                                          std::move(limits)))
{}

SignIn::~SignIn()
{
    const std::shared_ptr<Attempt> attempt = m_attempt;
    attempt->abandon();
}

Task<SignedIn> SignIn::run() { return Attempt::run(m_attempt); }

void SignIn::cancel()
{
    const std::shared_ptr<Attempt> attempt = m_attempt;
    attempt->end({errors::cancelled, Texts::tr("Sign-in was cancelled.")});
}

QUrl SignIn::link() const { return m_attempt->m_link; }

Result<void> SignIn::openAgain() { return m_attempt->openLink(); }

const Connection &SignIn::connection() const { return m_attempt->m_connection; }

const std::vector<StepProgress> &SignIn::steps() const { return m_attempt->m_steps; }

TimePoint SignIn::deadline() const { return m_attempt->m_deadline; }

QString SignIn::notice() const { return m_attempt->m_notice; }

} // namespace bookdesk::identity
