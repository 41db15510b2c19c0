#include "identity/trust-store.h"

#include "core/errors.h"
#include "identity/errors.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QStringList>

#include <chrono>
#include <utility>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TrustStore)
};

/// Endpoints change rarely, but a connection may be in use for weeks.
constexpr std::chrono::hours documentLives{1};

Error noLongerInUse()
{
    return {net::errors::stopped, Texts::tr("The request was stopped, because its connection is no longer in use.")};
}

/// A domain name is not the tenant: its next owner must not become the issuer of what was signed in before.
Error otherIssuerThanBefore(const QString &before, const QString &now)
{
    return {errors::discoveryIssuerMismatch,
            Texts::tr("The sign-in server calls itself another tenant than before, so its description is not used."),
            Texts::tr("Ask the administrator of the sign-in server. If the tenant was replaced, start Bookdesk again "
                      "and sign in again."),
            {foreignFact(facts::expected, before), foreignFact(facts::got, now)}};
}

/// The IDs of the keys that tokens of @p issuer name; if there are none, one empty ID, which any key satisfies.
QStringList keyIdsIn(const std::vector<Secret> &tokens, const QString &issuer)
{
    QStringList keyIds;
    for (const Secret &token : tokens) {
        const Result<jose::DecodedToken> decoded = jose::decode(token);
        if (decoded && decoded->stringClaim(u"iss") == issuer)
            keyIds += decoded->keyId();
    }
    keyIds.removeDuplicates();
    return keyIds.isEmpty() ? QStringList(QString()) : keyIds;
}

} // namespace

TrustStore::TrustStore(net::HttpClient &http, Connection connection, ApiKnowledge api, Clock clock)
    : m_http(http)
    , m_connection(std::move(connection))
    , m_api(std::move(api))
    , m_clock(std::move(clock))
    , m_keys(m_http, m_clock)
{}

void TrustStore::startAnew()
{
    m_fetches = {};
    m_fetchStop.startAnew();
}

Task<DiscoveryDocument> TrustStore::endpoints(std::stop_token stop)
{
    return m_scope.run([this](std::stop_token) { return knownDocument(); }, noLongerInUse(), std::move(stop));
}

Task<Trust> TrustStore::trustFor(std::vector<Secret> tokens, std::stop_token stop)
{
    const auto work = [this, tokens](std::stop_token either) { return trust(tokens, std::move(either)); };
    return m_scope.run(work, noLongerInUse(), std::move(stop));
}

Task<jose::InspectedToken> TrustStore::inspect(Secret token, std::stop_token stop)
{
    const auto work = [this, token](std::stop_token either) { return inspected(token, std::move(either)); };
    return m_scope.run(work, noLongerInUse(), std::move(stop));
}

ScopedTask<DiscoveryDocument> TrustStore::knownDocument()
{
    const auto age = m_clock() - m_documentFrom;
    // A document from the future dates from before the clock was set back: its age is unknown.
    if (!m_document || age < age.zero() || age >= documentLives) {
        const FetchStop::Waiter waiter(m_fetchStop);
        const Result<void> fetched = co_await callOut([this] { return fetchDocumentOnce(); });
        if (!fetched)
            co_return failure(fetched.error());
    }
    co_return *m_document;
}

/// Starts a fetch, or joins the one under way. A caller's stop does not end it.
Task<void> TrustStore::fetchDocumentOnce()
{
    const auto work = [this](std::stop_token stop) { return fetchDocument(std::move(stop)); };
    return m_fetches.run([this, work] { return m_scope.run(work, noLongerInUse(), m_fetchStop.token()); });
}

ScopedTask<void> TrustStore::fetchDocument(std::stop_token stop)
{
    Result<DiscoveryDocument> document = co_await callOut([&] { return discover(m_http, m_connection, stop); });
    if (!document)
        co_return failure(document.error());
    if (m_document && document->issuer != m_document->issuer)
        co_return failure(otherIssuerThanBefore(m_document->issuer, document->issuer));
    m_document = *std::move(document);
    m_documentFrom = m_clock();
    co_return Result<void>();
}

ScopedTask<Trust> TrustStore::trust(std::vector<Secret> tokens, std::stop_token stop)
{
    const Result<DiscoveryDocument> document = co_await knownDocument();
    if (!document)
        co_return failure(document.error());
    Trust trust = makeTrust(m_connection, document->issuer, m_api);
    const KeySource source = m_connection.provider.keySource(document->issuer, document->jwksUri);
    for (const QString &keyId : keyIdsIn(tokens, document->issuer)) {
        const Result<IssuerKeys> keys = co_await callOut([&] { return m_keys.keysFor(source, keyId, stop); });
        if (keys)
            trust.keys = keys->set;
        trust.keysFailure = keys ? std::nullopt : std::optional(keys.error());
    }
    co_return trust;
}

ScopedTask<jose::InspectedToken> TrustStore::inspected(Secret token, std::stop_token stop)
{
    if (const Result<jose::DecodedToken> decoded = jose::decode(token); !decoded)
        co_return makeTrust(m_connection, {}, m_api).inspect(token, m_clock());
    const std::vector<Secret> tokens{token};
    const Result<Trust> found = co_await trust(tokens, stop);
    if (!found)
        co_return failure(found.error());
    if (found->keysFailure)
        co_return failure(*found->keysFailure);
    co_return found->inspect(token, m_clock());
}

} // namespace bookdesk::identity
