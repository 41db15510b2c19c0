#include "workspace/desk.h"

#include "books/scope-offer.h"
#include "core/errors.h"
#include "identity/asked-scopes.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "lab/endpoint-rules.h"

#include <QCoreApplication>
#include <QPointer>

#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Desk)
};

Error superseded()
{
    return {identity::errors::cancelled,
            Texts::tr("This sign-in was ended, because another one or another connection took its place."),
            Texts::tr("Sign in again if you need to.")};
}

/// RFC 6749 section 6 lets a server refuse what a sign-in did not ask for as invalid_scope.
bool canPersonHelp(const Error &error)
{
    return identity::errors::needsPerson(error.code) ||
           identity::oauthErrorOf(error.facts).error == QLatin1String("invalid_scope");
}

Error scopeCancelled() { return {identity::errors::cancelled, Texts::tr("Getting the scope was cancelled.")}; }

/// Of a stored sign-in: using it once more is in vain.
bool isRefusal(const ErrorCode &code)
{
    return identity::errors::needsPerson(code) || code == identity::errors::userChanged;
}

Task<void> ended(const Error &reason) { return readyTask(Result<void>(failure(reason))); }

} // namespace

Desk::Desk(std::shared_ptr<SharedConnection> shared, Surroundings surroundings, FindDesk findDesk, QObject *parent)
    : QObject(parent)
    , m_shared(std::move(shared))
    , m_surroundings(std::move(surroundings))
    , m_findDesk(std::move(findDesk))
    , m_vault(connection().isSandbox ? identity::noVault() : m_surroundings.vault)
    , m_mirror(m_shared->exchanges(), m_exchanges)
    , m_manager(m_exchanges, m_surroundings.redactor, m_surroundings.clock, identity::ownAuthorities(connection()),
                m_surroundings.netLimits, m_surroundings.proxies, m_shared->reachability())
    , m_http(m_manager)
    , m_session({m_http, trust(), m_surroundings.redactor, m_surroundings.clock, m_vault})
    , m_books(
          connection().apiBaseUrl,
          [this](net::HttpRequest request, std::stop_token stop) {
              return m_session.send(std::move(request), std::move(stop));
          },
          [this] { return tokenFacts(); }, m_surroundings.redactor)
    , m_lab({connection(), m_http, m_session, m_books, trust(), m_surroundings.redactor, m_surroundings.clock,
             [this] { return tokenFacts(); }, m_surroundings.ownRules, m_surroundings.signer})
    , m_signOut({m_manager, m_http, trust(), m_surroundings.redactor, m_surroundings.open, m_surroundings.clock,
                 m_vault, m_surroundings.signOutLimits})
{
    connect(&m_session, &identity::Session::personChanged, this, &Desk::followPerson);
    connect(&m_session, &identity::Session::tokensRenewed, this, &Desk::lookAtTokenEnd);
    connect(&m_tokenEnd, &WallAlarm::rang, this, &Desk::lookAtTokenEnd);
    connect(&reachability(), &net::Reachability::cameBack, this, [this] { m_session.noteNetworkBack(); });
}

Desk::Desk(identity::Connection connection, Surroundings surroundings, QObject *parent)
    : Desk(std::make_shared<SharedConnection>(std::move(connection), surroundings), surroundings, {}, parent)
{}

void Desk::followPerson()
{
    const std::optional<identity::SignedIn> &person = m_session.current();
    m_notResumed.reset();
    if (person) {
        m_account = identity::accountOf(connection(), person->identity);
    } else {
        m_account.reset();
        m_keeping = readyTask(Result<void>()); // It holds the account.
        m_exchanges.clear();
    }
    lookAtTokenEnd();
}

/// The alarm rings for this, and when the clock is set.
void Desk::lookAtTokenEnd()
{
    m_tokenEnd.stop();
    if (!m_session.current())
        return;
    const TimePoint now = m_surroundings.clock();
    const TimePoint end = m_session.current()->accessTokenEnd();
    if (now < end)
        m_tokenEnd.setFor(end, now);
    else if (needsPerson())
        Q_EMIT personNeeded();
}

void Desk::reserveFor(std::optional<identity::Account> account)
{
    m_account = std::move(account);
    m_notResumed.reset();
    Q_EMIT reserved();
}

bool Desk::needsPerson() const
{
    if (!m_session.current())
        return m_notResumed && isRefusal(m_notResumed->why.code);
    const std::optional<Error> &failure = m_session.renewalFailure();
    return (failure && identity::errors::needsPerson(failure->code)) ||
           (m_session.isExpired() && m_session.needsSignIn());
}

void Desk::stopExchange(std::int64_t id)
{
    if (const std::optional<std::int64_t> shared = m_mirror.original(id))
        m_shared->stopExchange(*shared);
    else
        m_manager.stop(id);
}

void Desk::setProxies(const net::ProxyRules &rules)
{
    m_manager.setProxies(rules);
    m_shared->setProxies(rules);
}

/// A token that was valid when it came may have expired since.
books::TokenFacts Desk::tokenFacts() const
{
    const std::optional<identity::SignedIn> &current = m_session.current();
    if (!current)
        return {};
    const jose::ClaimNames &claims = connection().provider.claims;
    return {current->grants,
            jose::judgedAgain(current->accessToken.verification, m_surroundings.clock()),
            identity::listedScopes(connection()),
            identity::heldScopes(current->tokens),
            claims.scopes.pathTexts(),
            claims.roles.pathTexts()};
}

identity::SignInOptions Desk::againOptions() const
{
    identity::SignInOptions options;
    options.again = account();
    options.proof = m_notResumed ? m_notResumed->wantedProof : m_session.wantedProof();
    return options;
}

QStringList Desk::scopesOf(const books::AccessRule &call) const
{
    for (const lab::EndpointResult &endpoint : m_lab.endpoints().results()) {
        if (lab::isSameCall(endpoint.rule.rule, call))
            return endpoint.rule.rule.scopes;
    }
    return call.scopes;
}

/// For reading; and what a person who signs in again has consented to already.
QStringList Desk::neededScopes(const std::optional<identity::Account> &again) const
{
    QStringList names = scopesOf(books::listRule());
    const std::optional<identity::SignedIn> &current = m_session.current();
    if (again && current && again->isOf(current->identity))
        names += identity::heldScopes(current->tokens);
    return names;
}

books::Registrations Desk::registrations() const
{
    return {connection().name, connection().clientId, connection().audience};
}

Task<std::optional<std::chrono::seconds>> Desk::askForTime(std::stop_token stop)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::discovery;
    request.url = connection().provider.discoveryUrl(connection().authority);
    return net::clockAhead(m_http.send(std::move(request), std::move(stop)), m_surroundings.clock);
}

Task<void> Desk::signIn(identity::SignInOptions options)
{
    if (!endAttempts())
        return ended(superseded());
    return m_signIns.run([this, options](std::stop_token) { return attemptSignIn(options); }, superseded());
}

Task<void> Desk::signInByDeviceCode(std::optional<identity::Account> again)
{
    if (!endAttempts())
        return ended(superseded());
    return m_signIns.run([this, again](std::stop_token) { return attemptDeviceCode(again); }, superseded());
}

/// False where another attempt, or the desk's end, came of it: a waiter for an earlier attempt is resumed before the
/// next one begins, and may begin another instead.
bool Desk::endAttempts() { return m_signIns.restart() && !isSigningIn(); }

void Desk::cancelSignIn()
{
    if (m_attempt)
        m_attempt->cancel();
    else if (m_deviceCodeAttempt)
        m_deviceCodeAttempt->cancel();
    else if (m_stored)
        m_stored->cancel();
    else
        m_silentScopes.request_stop();
}

ScopedTask<void> Desk::attemptSignIn(identity::SignInOptions options)
{
    const identity::SignIn::Parts parts{m_manager, trust(), m_surroundings.redactor, m_surroundings.open,
                                        m_surroundings.clock};
    options.scopes += neededScopes(options.again);
    m_attempt = std::make_unique<identity::SignIn>(parts, options, m_surroundings.signInLimits);
    const Result<void> begun = co_await callOut([this] { Q_EMIT attemptChanged(); });
    const Result<identity::SignedIn> signedIn = co_await callOut([this] { return m_attempt->run(); });
    m_attempt.reset();
    if (signedIn)
        keep(*signedIn);
    Result<void> concluded = co_await conclude(signedIn, takeFor(options.again));
    co_return concluded;
}

ScopedTask<void> Desk::attemptDeviceCode(std::optional<identity::Account> again)
{
    const identity::DeviceCodeSignIn::Parts parts{m_http, trust(), m_surroundings.redactor, m_surroundings.open,
                                                  m_surroundings.clock};
    const identity::DeviceCodeSignIn::Options options{again, neededScopes(again),
                                                      again ? againOptions().proof : identity::ClaimsRequest()};
    m_deviceCodeAttempt = std::make_unique<identity::DeviceCodeSignIn>(parts, options, m_surroundings.deviceCodeLimits);
    const Result<void> begun = co_await callOut([this] { Q_EMIT attemptChanged(); });
    const Result<identity::SignedIn> signedIn = co_await callOut([this] { return m_deviceCodeAttempt->run(); });
    m_deviceCodeAttempt.reset();
    if (signedIn)
        keep(*signedIn);
    Result<void> concluded = co_await conclude(signedIn, takeFor(again));
    co_return concluded;
}

Task<void> Desk::getScopes(QStringList names)
{
    if (!endAttempts())
        return ended(superseded());
    return m_signIns.run([this, names](std::stop_token) { return attemptScopes(names); }, superseded());
}

ScopedTask<void> Desk::attemptScopes(QStringList names)
{
    m_silentScopes = std::stop_source();
    const std::stop_token cancelled = m_silentScopes.get_token();
    // A token that is on its way must not be lost, so only the wait ends, and the refresh goes on.
    const auto ask = [this, names](std::stop_token) { return askSilently(names); };
    const Result<void> silent = co_await callOut([&] { return m_signIns.run(ask, scopeCancelled(), cancelled); });
    if (cancelled.stop_requested())
        co_return failure(scopeCancelled());
    const bool isGot = silent && books::carriesScopes(tokenFacts(), names);
    if (isGot || (!silent && !canPersonHelp(silent.error())))
        co_return silent;
    identity::SignInOptions options = againOptions();
    options.scopes = names;
    Result<void> signedIn = co_await attemptSignIn(options);
    co_return signedIn;
}

ScopedTask<void> Desk::askSilently(QStringList names)
{
    Result<void> got = co_await callOut([&] { return m_session.getScopes(names); });
    co_return got;
}

Task<void> Desk::resume(identity::Account account)
{
    if (!endAttempts())
        return ended(superseded());
    m_account = account;
    return m_signIns.run([this, account](std::stop_token) { return attemptStored(account); }, superseded());
}

ScopedTask<void> Desk::attemptStored(identity::Account account)
{
    const identity::StoredSignIn::Parts parts{m_http, trust(), m_surroundings.redactor, m_surroundings.clock, m_vault};
    m_stored = std::make_unique<identity::StoredSignIn>(parts);
    const Result<void> begun = co_await callOut([this] { Q_EMIT attemptChanged(); });
    const Result<identity::SignedIn> signedIn = co_await callOut([&] { return m_stored->run(account); });
    if (!signedIn)
        noteNotResumed(signedIn.error());
    m_stored.reset();
    Result<void> concluded = co_await conclude(signedIn, &identity::Session::begin);
    co_return concluded;
}

Task<void> Desk::signOut()
{
    const QPointer<Desk> self(this);
    cancelSignIn();
    if (!self || !m_account)
        return readyTask(Result<void>());
    const std::optional<identity::SignedIn> &person = m_session.current();
    if (!person && isSigningIn())
        return ended(superseded());
    Task<void> forgetting = m_signOut.here(m_account->id(), person ? person->tokens.refreshToken : Secret());
    if (person)
        m_session.signOut();
    else
        reserveFor(std::nullopt);
    return forgetting;
}

/// The vault says itself what went wrong.
void Desk::keep(const identity::SignedIn &signedIn)
{
    if (signedIn.tokens.refreshToken.isEmpty())
        return;
    const Result<jose::DecodedToken> &idToken = signedIn.idToken.decoded;
    const std::optional<QString> nonce = idToken ? idToken->stringClaim(u"nonce") : std::nullopt;
    m_keeping =
        m_vault->add(identity::accountOf(connection(), signedIn.identity),
                     {signedIn.tokens.refreshToken, nonce.value_or(QString()), identity::heldScopes(signedIn.tokens)});
}

/// A person who signs in again keeps what is under way.
Desk::Take Desk::takeFor(const std::optional<identity::Account> &again)
{
    return again ? &identity::Session::beginAgain : &identity::Session::begin;
}

/// Lets the account's session take the tokens where somebody has signed in, and says that the attempt is over.
ScopedTask<void> Desk::conclude(Result<identity::SignedIn> signedIn, Take take)
{
    Result<void> told = co_await tell(signedIn, take);
    told = co_await callOut([this] { Q_EMIT attemptChanged(); });
    if (told && !signedIn)
        co_return failure(signedIn.error());
    co_return told;
}

ScopedTask<void> Desk::tell(Result<identity::SignedIn> signedIn, Take take)
{
    Result<void> told;
    if (!signedIn)
        told = co_await callOut([&] { Q_EMIT signInFailed(signedIn.error()); });
    else if (Desk *const other = otherDeskOf(*signedIn))
        told = co_await handOver(*signedIn, other);
    else
        told = co_await callOut([&] { (m_session.*take)(*signedIn); });
    co_return told;
}

/// A stored sign-in of that account may just be in use there; it is no longer needed.
ScopedTask<void> Desk::handOver(identity::SignedIn signedIn, Desk *desk)
{
    Result<void> told = co_await callOut([&] { desk->cancelSignIn(); });
    if (told)
        told = co_await callOut([&] { desk->session().beginAgain(signedIn); });
    if (told)
        told = co_await callOut([&] { Q_EMIT handedOver(desk); });
    co_return told;
}

/// Nothing where the account has none, or this is it.
Desk *Desk::otherDeskOf(const identity::SignedIn &signedIn) const
{
    Desk *const desk = m_findDesk ? m_findDesk(identity::accountOf(connection(), signedIn.identity).id()) : nullptr;
    return desk == this ? nullptr : desk;
}

/// An account whose sign-in another program has removed is none of ours any more.
void Desk::noteNotResumed(const Error &error)
{
    if (error.code == identity::errors::notKept && !m_session.current())
        m_account.reset();
    else if (error.code.kind() != ErrorKind::stopped)
        m_notResumed = NotResumed{error, m_stored->wantedProof()};
}

Task<jose::InspectedToken> Desk::inspectToken(Secret token)
{
    m_surroundings.redactor.learn(token);
    return trust().inspect(std::move(token));
}

} // namespace bookdesk::workspace
