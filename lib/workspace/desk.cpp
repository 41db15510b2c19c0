#include "workspace/desk.h"

#include "identity/discovery.h"
#include "identity/errors.h"
#include "jose/token-policy.h"
#include "net/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Desk)
};

auto superseded()
{
    return failure(identity::errors::cancelled,
                   Texts::tr("This sign-in was ended, because another one or another connection took its place."),
                   Texts::tr("Sign in again if you need to."));
}

auto deskGone()
{
    return failure(net::errors::stopped, Texts::tr("The request was stopped, because its connection is no longer in "
                                                   "use."));
}

/// Endpoints change rarely, but a desk may live for weeks.
constexpr std::chrono::hours discoveryLives{1};

TokenTrust trustIn(jose::JwkSet keys, const identity::Connection &connection, const QString &issuer)
{
    return {std::move(keys), connection.provider.accessTokenPolicy(issuer, connection.audience, connection.clientId),
            connection.provider.idTokenPolicy(issuer, connection.clientId)};
}

} // namespace

const jose::TokenPolicy &TokenTrust::policyFor(const jose::DecodedToken &token) const
{
    const QStringList audience = token.audience();
    const auto names = [&audience](const QString &expected) { return audience.contains(expected); };
    const auto isFor = [&names](const jose::TokenPolicy &policy) {
        return std::any_of(policy.audiences.begin(), policy.audiences.end(), names);
    };
    return isFor(idTokens) && !isFor(accessTokens) ? idTokens : accessTokens;
}

/// In the order in which they lean on each other; they are destroyed the other way round.
class Desk::Parts
{
public:
    Parts(identity::Connection usedConnection, Surroundings usedSurroundings)
        : connection(std::move(usedConnection))
        , surroundings(std::move(usedSurroundings))
        , manager(exchanges, surroundings.redactor, surroundings.clock, connection.authorities, surroundings.netLimits)
        , http(manager)
        , keys(http, surroundings.clock)
        , session({http, keys, surroundings.redactor, surroundings.clock}, connection)
        , books(
              connection.apiBaseUrl,
              [this](net::HttpRequest request, std::stop_token stopToken) {
                  return session.send(std::move(request), std::move(stopToken));
              },
              [this] { return facts(); }, surroundings.redactor)
    {}

    /// A token that was good when it came may have expired since.
    books::TokenFacts facts() const
    {
        const std::optional<identity::SignedIn> &current = session.current();
        if (!current)
            return {};
        return {current->grants, jose::judgedAgain(current->accessToken.verification, surroundings.clock())};
    }

    std::unique_ptr<identity::SignIn> newAttempt(identity::SignInOptions options)
    {
        return std::make_unique<identity::SignIn>(
            identity::SignIn::Parts{manager, http, keys, surroundings.redactor, surroundings.open, surroundings.clock},
            connection, std::move(options), surroundings.signInLimits);
    }

    static Task<identity::KeySource> keySource(Parts &parts, std::stop_token stop);
    static Task<TokenTrust> trustFor(Parts &parts, QString keyId, std::stop_token stop);
    static Task<jose::InspectedToken> inspect(Parts &parts, Secret token, std::stop_token stop);

    const identity::Connection connection;
    const Surroundings surroundings;
    net::ExchangeLog exchanges;
    net::AccessManager manager;
    net::HttpClient http;
    identity::KeyStore keys;
    identity::Session session;
    books::BooksApi books;
    std::optional<identity::DiscoveryDocument> discovered;
    TimePoint discoveredUntil;
    std::unique_ptr<identity::SignIn> attempt;
    int attempts = 0; ///< Counts up, so that an attempt can tell whether it is still the last one.
    std::stop_source stop;
};

// These touch the parts only while no stop was requested.

Task<identity::KeySource> Desk::Parts::keySource(Parts &parts, std::stop_token stop)
{
    if (!parts.discovered || parts.surroundings.clock() >= parts.discoveredUntil) {
        const Result<identity::DiscoveryDocument> found =
            co_await identity::discover(parts.http, parts.connection, stop);
        if (stop.stop_requested())
            co_return deskGone();
        if (!found)
            co_return failure(found.error());
        parts.discovered = *found;
        parts.discoveredUntil = parts.surroundings.clock() + discoveryLives;
    }
    co_return parts.connection.provider.keySource(parts.discovered->issuer, parts.discovered->jwksUri);
}

Task<TokenTrust> Desk::Parts::trustFor(Parts &parts, QString keyId, std::stop_token stop)
{
    const identity::Connection connection = parts.connection;
    const Result<identity::KeySource> source = co_await keySource(parts, stop);
    if (!source)
        co_return failure(source.error());
    const Result<identity::IssuerKeys> keys = co_await parts.keys.keysFor(*source, keyId, stop);
    if (!keys)
        co_return failure(keys.error());
    co_return trustIn(*keys->set, connection, source->issuer);
}

Task<jose::InspectedToken> Desk::Parts::inspect(Parts &parts, Secret token, std::stop_token stop)
{
    const Clock clock = parts.surroundings.clock;
    parts.surroundings.redactor.learn(token);
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    // What cannot be read needs no keys to be refused.
    if (!decoded)
        co_return jose::inspect(
            token, {}, parts.connection.provider.accessTokenPolicy({}, parts.connection.audience, {}), clock());
    const Result<identity::KeySource> source = co_await keySource(parts, stop);
    if (!source)
        co_return failure(source.error());
    // Only tokens of this issuer make anyone ask for a key that is not there yet.
    const bool isOfThisIssuer = decoded->stringClaim(u"iss") == source->issuer;
    const QString wanted = isOfThisIssuer ? decoded->keyId() : QString();
    const Result<TokenTrust> trust = co_await trustFor(parts, wanted, stop);
    if (!trust)
        co_return failure(trust.error());
    co_return jose::inspect(token, trust->keys, trust->policyFor(*decoded), clock());
}

Desk::Desk(identity::Connection connection, Surroundings surroundings, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(std::move(connection), std::move(surroundings)))
{}

Desk::~Desk()
{
    m_parts->stop.request_stop();
    // The attempt ends while everything it leans on is there.
    m_parts->attempt.reset();
}

const identity::Connection &Desk::connection() const { return m_parts->connection; }

identity::Session &Desk::session() { return m_parts->session; }

identity::KeyStore &Desk::keys() { return m_parts->keys; }

books::BooksApi &Desk::books() { return m_parts->books; }

net::ExchangeLog &Desk::exchanges() { return m_parts->exchanges; }

identity::SignIn *Desk::attempt() { return m_parts->attempt.get(); }

books::TokenFacts Desk::tokenFacts() const { return m_parts->facts(); }

Task<void> Desk::signIn(identity::SignInOptions options)
{
    const std::stop_token gone = m_parts->stop.get_token();
    const int number = ++m_parts->attempts;
    const auto isOver = [this, gone, number] { return gone.stop_requested() || m_parts->attempts != number; };

    // An earlier attempt ends here, and whoever waits for it hears of that before the new one begins.
    if (const std::unique_ptr<identity::SignIn> earlier = std::move(m_parts->attempt))
        earlier->cancel();
    if (isOver())
        co_return superseded();

    m_parts->attempt = m_parts->newAttempt(std::move(options));
    Q_EMIT attemptChanged();
    if (isOver())
        co_return superseded();
    Result<identity::SignedIn> signedIn = co_await m_parts->attempt->run();
    if (isOver())
        co_return superseded();

    m_parts->attempt.reset();
    if (signedIn)
        m_parts->session.begin(*signedIn);
    if (!gone.stop_requested())
        Q_EMIT attemptChanged();
    if (!signedIn)
        co_return failure(signedIn.error());
    co_return Result<void>();
}

Task<TokenTrust> Desk::trustFor(QString keyId)
{
    return Parts::trustFor(*m_parts, std::move(keyId), m_parts->stop.get_token());
}

Task<jose::InspectedToken> Desk::inspectToken(Secret token)
{
    return Parts::inspect(*m_parts, std::move(token), m_parts->stop.get_token());
}

} // namespace bookdesk::workspace
