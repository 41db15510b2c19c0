#include "workspace/connection-check.h"

#include "books/books-api.h"
#include "core/address-text.h"
#include "core/errors.h"
#include "identity/key-document.h"
#include "net/clock-ahead.h"
#include "net/errors.h"
#include "net/exchange-log.h"
#include "net/http-client.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkReply>
#include <QSslConfiguration>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionCheck)
};

Error cancelled() { return {bookdesk::errors::stopped, Texts::tr("The test of the connection was stopped.")}; }

/// Times are those of one try, and a silent proxy takes no longer than a silent server.
net::Limits limitsOfRow(net::Limits limits, std::chrono::milliseconds rowLimit)
{
    limits.retries.tries = 1;
    limits.transfer = std::min(limits.transfer, rowLimit);
    return limits;
}

QString hostOf(const QUrl &url) { return asciiHostAndPort(url, net::usualPort); }

/// The first failure of a certificate, wherever it was met.
void noteTls(std::optional<Error> &known, const Error &error)
{
    const bool isTls = error.code == net::errors::tlsFailed ||
                       factValue(error.facts, facts::cause) == net::errors::tlsFailed.toString();
    if (isTls && !known)
        known = error;
}

bool isStop(const Error &error) { return error.code.kind() == ErrorKind::stopped; }

} // namespace

/// What one check uses and finds out besides the rows. Destroying it ends its requests.
class ConnectionCheck::Network
{
public:
    Network(const identity::Connection &connection, const Surroundings &surroundings,
            std::chrono::milliseconds rowLimit)
        : m_manager(log, surroundings.redactor, surroundings.clock, identity::ownAuthorities(connection),
                    limitsOfRow(surroundings.netLimits, rowLimit), surroundings.proxies)
        , http(m_manager)
        , books(
              connection.apiBaseUrl,
              [this](net::HttpRequest request, std::stop_token stop) {
                  return http.send(std::move(request), std::move(stop));
              },
              [] { return books::TokenFacts(); }, surroundings.redactor)
    {
        QObject::connect(&m_manager, &QNetworkAccessManager::finished, &m_manager,
                         [this](const QNetworkReply *reply) { noteCertificate(*reply); });
    }

    std::optional<net::Proxy> proxyFor(const QUrl &url) const { return m_manager.proxyFor(url); }
    Task<void> checkProxy(const QUrl &url) { return m_manager.checkProxy(url); }

    net::ExchangeLog log{20};
    std::vector<ServerCertificate> certificates;
    std::optional<Error> tlsFailure;
    std::optional<identity::DiscoveryDocument> document;

private:
    void noteCertificate(const QNetworkReply &reply)
    {
        const QList<QSslCertificate> chain = reply.sslConfiguration().peerCertificateChain();
        const bool isAnswer = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
        const QString host = hostOf(reply.url());
        if (isAnswer && !chain.isEmpty() && std::ranges::count(certificates, host, &ServerCertificate::host) == 0)
            certificates.push_back({host, chain.last().issuerDisplayName(), chain.first().expiryDate()});
    }

    net::AccessManager m_manager;

public:
    net::HttpClient http;
    books::BooksApi books;
};

ConnectionCheck::ConnectionCheck(identity::Connection connection, Surroundings surroundings,
                                 std::chrono::milliseconds rowLimit, QObject *parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_surroundings(std::move(surroundings))
    , m_rowLimit(rowLimit)
    , m_run(*this, rowLimit, cancelled())
{}

ConnectionCheck::~ConnectionCheck() = default;

Task<void> ConnectionCheck::run()
{
    if (!m_run.prepare())
        return readyTask(Result<void>(failure(cancelled())));
    m_network = std::make_unique<Network>(m_connection, m_surroundings, m_rowLimit);
    return m_run.start();
}

void ConnectionCheck::cancel() { m_run.cancel(notDone(Texts::tr("the test was stopped"))); }

ScopedTask<CheckFinding> ConnectionCheck::findingFor(std::size_t row)
{
    Result<CheckFinding> found = CheckFinding();
    QElapsedTimer timer;
    timer.start();
    switch (allCheckSubjects[row]) {
    case CheckSubject::discovery:
        found = co_await discovery();
        break;
    case CheckSubject::keys:
        found = co_await keys();
        break;
    case CheckSubject::api:
        found = co_await api();
        break;
    case CheckSubject::certificate:
        co_return certificate();
    case CheckSubject::proxy: {
        Result<CheckFinding> proxied = co_await proxy();
        co_return proxied;
    }
    case CheckSubject::clock:
        co_return clockFinding(net::clockAhead(m_network->log));
    case CheckSubject::redirect:
        co_return redirectToRegister(m_connection);
    }
    if (found && found->state != CheckState::notDone)
        found->took = std::chrono::milliseconds(timer.elapsed());
    co_return found;
}

/// So that a proxy's refusal is told without asking the person for a log-in.
ScopedTask<void> ConnectionCheck::passProxy(QUrl url)
{
    Result<void> passed = co_await callOut([&] { return m_network->checkProxy(url); });
    co_return passed;
}

/// What a row's end by its time limit means.
Error ConnectionCheck::understood(const Error &error, const QUrl &url)
{
    noteTls(m_network->tlsFailure, error);
    if (!isStop(error) || !m_run.rowStop().stop_requested())
        return error;
    return {net::errors::timedOut, Texts::tr("%1 did not answer in time.").arg(hostOf(url)),
            Texts::tr("Check that the address is right, that the server is running, and that no firewall is in "
                      "between.")};
}

ScopedTask<CheckFinding> ConnectionCheck::discovery()
{
    const std::stop_token stop = m_run.rowStop();
    const Result<void> passed = co_await passProxy(m_connection.authority);
    if (!passed)
        co_return discoveryFinding(failure(understood(passed.error(), m_connection.authority)));
    const Result<identity::DiscoveryDocument> document =
        co_await callOut([&] { return identity::discover(m_network->http, m_connection, stop); });
    if (!document)
        co_return discoveryFinding(failure(understood(document.error(), m_connection.authority)));
    m_network->document = *document;
    co_return discoveryFinding(document);
}

ScopedTask<CheckFinding> ConnectionCheck::keys()
{
    const std::stop_token stop = m_run.rowStop();
    if (!m_network->document)
        co_return notDone(Texts::tr("only the discovery document says where they are"));
    const QUrl url = m_network->document->jwksUri;
    const identity::KeySource source = m_connection.provider.keySource(m_network->document->issuer, url);
    const Result<void> passed = co_await passProxy(url);
    if (!passed)
        co_return keysFinding(failure(understood(passed.error(), url)));
    const Result<identity::KeyDocument> document =
        co_await callOut([&] { return identity::fetchKeys(m_network->http, source, {}, stop); });
    if (!document)
        co_return keysFinding(failure(understood(document.error(), url)));
    co_return keysFinding(document);
}

ScopedTask<CheckFinding> ConnectionCheck::api()
{
    const std::stop_token stop = m_run.rowStop();
    const QUrl url = m_connection.apiBaseUrl;
    const QString request = u"GET "_s + books::listRule().path;
    const Result<void> passed = co_await passProxy(url);
    if (!passed)
        co_return apiFinding(books::explain(request, understood(passed.error(), url), hostOf(url)));
    const Result<books::ListOutcome> listed =
        co_await callOut([&] { return m_network->books.list(books::Sending::guarded, stop); });
    if (!listed)
        co_return failure(listed.error());
    const books::ApiOutcome &outcome = listed->outcome;
    if (outcome.kind == books::OutcomeKind::stopped)
        co_return apiFinding(books::explain(request, understood(cancelled(), url), hostOf(url)));
    if (outcome.kind == books::OutcomeKind::tls)
        noteTls(m_network->tlsFailure, {net::errors::tlsFailed, outcome.explanation, outcome.remedy, outcome.facts});
    co_return apiFinding(outcome);
}

ScopedTask<CheckFinding> ConnectionCheck::proxy()
{
    std::vector<ProxyUse> uses;
    const std::vector<QUrl> urls{m_connection.authority, m_connection.apiBaseUrl};
    for (const QUrl &url : urls) {
        Result<void> passed = co_await passProxy(url);
        if (!passed)
            passed = failure(understood(passed.error(), url));
        uses.push_back({hostOf(url), m_network->proxyFor(url), passed});
    }
    co_return proxyFinding(uses);
}

CheckFinding ConnectionCheck::certificate() const
{
    const bool hasTls = m_connection.authority.scheme() == "https"_L1 || m_connection.apiBaseUrl.scheme() == "https"_L1;
    return certificateFinding(m_network->certificates, m_network->tlsFailure, hasTls, m_surroundings.clock());
}

} // namespace bookdesk::workspace
