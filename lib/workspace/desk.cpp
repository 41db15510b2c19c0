#include "workspace/desk.h"

#include "books/diagnosis.h"
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

Error superseded()
{
    return {identity::errors::cancelled,
            Texts::tr("This sign-in was ended, because another one or another connection took its place."),
            Texts::tr("Sign in again if you need to.")};
}

Error deskGone()
{
    return {net::errors::stopped, Texts::tr("The request was stopped, because its connection is no longer in use.")};
}

/// Endpoints change rarely, but a desk may live for weeks.
constexpr std::chrono::hours discoveryLives{1};

identity::IdTokenAdvice adviceOnIdToken(const jose::Verification &verification)
{
    const books::Diagnosis diagnosis = books::diagnoseIdToken(verification);
    return {diagnosis.why, diagnosis.remedy};
}

TokenTrust trustIn(jose::JwkSet keys, const identity::Connection &connection, const QString &issuer)
{
    return {std::move(keys), connection.provider.accessTokenPolicy(issuer, connection.audience, connection.clientId),
            connection.provider.idTokenPolicy(issuer, connection.clientId)};
}

Task<void> ended(Error reason) { co_return failure(std::move(reason)); }

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

Desk::Desk(identity::Connection connection, Surroundings surroundings, QObject *parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_surroundings(std::move(surroundings))
    , m_manager(m_exchanges, m_surroundings.redactor, m_surroundings.clock, m_connection.authorities,
                m_surroundings.netLimits)
    , m_http(m_manager)
    , m_keys(m_http, m_surroundings.clock)
    , m_session({m_http, m_keys, m_surroundings.redactor, m_surroundings.clock, adviceOnIdToken}, m_connection)
    , m_books(
          m_connection.apiBaseUrl,
          [this](net::HttpRequest request, std::stop_token stop) {
              return m_session.send(std::move(request), std::move(stop));
          },
          [this] { return tokenFacts(); }, m_surroundings.redactor)
{}

/// A token that was good when it came may have expired since.
books::TokenFacts Desk::tokenFacts() const
{
    const std::optional<identity::SignedIn> &current = m_session.current();
    if (!current)
        return {};
    return {current->grants, jose::judgedAgain(current->accessToken.verification, m_surroundings.clock())};
}

Task<void> Desk::signIn(identity::SignInOptions options)
{
    // Whoever waits for an earlier attempt hears of its end before the next one begins, and may begin another instead.
    if (!m_signIns.restart() || m_attempt)
        return ended(superseded());
    return m_signIns.run([this, options](std::stop_token) { return attemptSignIn(options); }, superseded());
}

ScopedTask<void> Desk::attemptSignIn(identity::SignInOptions options)
{
    const identity::SignIn::Parts parts{
        m_manager, m_http, m_keys, m_surroundings.redactor, m_surroundings.open, m_surroundings.clock, adviceOnIdToken};
    m_attempt = std::make_unique<identity::SignIn>(parts, m_connection, options, m_surroundings.signInLimits);
    Result<void> told = co_await callOut([this] { Q_EMIT attemptChanged(); });
    const Result<identity::SignedIn> signedIn = co_await callOut([this] { return m_attempt->run(); });
    m_attempt.reset();
    if (signedIn)
        told = co_await callOut([&] { m_session.begin(*signedIn); });
    told = co_await callOut([this] { Q_EMIT attemptChanged(); });
    if (told && !signedIn)
        co_return failure(signedIn.error());
    co_return told;
}

Task<TokenTrust> Desk::trustFor(QString keyId)
{
    return m_scope.run([this, keyId](std::stop_token stop) { return trust(keyId, std::move(stop)); }, deskGone());
}

Task<jose::InspectedToken> Desk::inspectToken(Secret token)
{
    return m_scope.run([this, token](std::stop_token stop) { return inspect(token, std::move(stop)); }, deskGone());
}

ScopedTask<identity::KeySource> Desk::keySource(std::stop_token stop)
{
    if (!m_discovered || m_surroundings.clock() >= m_discoveredUntil) {
        const Result<identity::DiscoveryDocument> found =
            co_await callOut([&] { return identity::discover(m_http, m_connection, stop); });
        if (!found)
            co_return failure(found.error());
        m_discovered = *found;
        m_discoveredUntil = m_surroundings.clock() + discoveryLives;
    }
    co_return m_connection.provider.keySource(m_discovered->issuer, m_discovered->jwksUri);
}

ScopedTask<TokenTrust> Desk::trust(QString keyId, std::stop_token stop)
{
    const Result<identity::KeySource> source = co_await keySource(stop);
    if (!source)
        co_return failure(source.error());
    const Result<identity::IssuerKeys> keys = co_await callOut([&] { return m_keys.keysFor(*source, keyId, stop); });
    if (!keys)
        co_return failure(keys.error());
    co_return trustIn(*keys->set, m_connection, source->issuer);
}

ScopedTask<jose::InspectedToken> Desk::inspect(Secret token, std::stop_token stop)
{
    m_surroundings.redactor.learn(token);
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    // What cannot be read needs no keys to be refused.
    if (!decoded)
        co_return jose::inspect(token, {}, m_connection.provider.accessTokenPolicy({}, m_connection.audience, {}),
                                m_surroundings.clock());
    const Result<identity::KeySource> source = co_await keySource(stop);
    if (!source)
        co_return failure(source.error());
    // Only tokens of this issuer make anyone ask for a key that is not there yet.
    const bool isOfThisIssuer = decoded->stringClaim(u"iss") == source->issuer;
    const QString wanted = isOfThisIssuer ? decoded->keyId() : QString();
    const Result<TokenTrust> trusted = co_await trust(wanted, stop);
    if (!trusted)
        co_return failure(trusted.error());
    co_return jose::inspect(token, trusted->keys, trusted->policyFor(*decoded), m_surroundings.clock());
}

} // namespace bookdesk::workspace
