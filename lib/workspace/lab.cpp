#include "workspace/lab.h"

#include "core/address-text.h"
#include "core/off-thread.h"
#include "core/private-file.h"
#include "lab/endpoint-rules.h"
#include "lab/json-report.h"
#include "lab/markdown-report.h"

#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

/// The document is public, so no token goes out with the request.
net::HttpRequest documentRequest(const QUrl &apiBaseUrl)
{
    net::HttpRequest request;
    request.url = books::apiUrl(apiBaseUrl, u"/openapi.json"_s);
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    return request;
}

Result<void> writeReport(const lab::LabReport &report, const QString &path)
{
    const lab::Remedies remedies = lab::Remedies::forLocale();
    const bool isJson = path.endsWith(".json"_L1, Qt::CaseInsensitive);
    return writePrivately(path, isJson ? toPrettyJson(lab::jsonReport(report, remedies))
                                       : lab::markdownReport(report, remedies).toUtf8());
}

Task<void> writeOffThread(lab::LabReport report, QString path)
{
    const std::function<Result<void>()> work = [report, path] { return writeReport(report, path); };
    const std::optional<Result<void>> written = co_await offThread(work, {});
    co_return written.value_or(Result<void>());
}

} // namespace

Lab::Lab(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_endpoints({[this](books::AccessRule rule, QString path, books::Sending sending, std::stop_token stop) {
                       return m_parts.books.call(std::move(rule), std::move(path), sending, std::move(stop));
                   },
                   [this](std::stop_token stop) {
                       return m_parts.http.send(documentRequest(m_parts.connection.apiBaseUrl), std::move(stop));
                   },
                   m_parts.facts})
    , m_probes({m_parts.connection, m_parts.http, m_parts.session, m_parts.trust, m_parts.redactor, m_parts.clock,
                m_parts.signer})
{
    m_endpoints.setOwnRules(m_parts.ownRules.of(m_parts.connection.id));
    connect(&m_parts.session, &identity::Session::personChanged, &m_endpoints, &lab::EndpointRun::forget);
    connect(&m_parts.session, &identity::Session::tokensRenewed, &m_endpoints, &lab::EndpointRun::notePredictions);
}

lab::LabReport Lab::report() const
{
    lab::LabReport report;
    report.connection = m_parts.connection.name;
    report.api = addressText(m_parts.connection.apiBaseUrl);
    if (const std::optional<identity::SignedIn> &current = m_parts.session.current())
        report.person = current->identity.userName();
    report.version = QStringLiteral(BOOKDESK_VERSION);
    report.made = m_parts.clock();
    report.endpoints = m_endpoints.results();
    std::erase_if(report.endpoints, [](const lab::EndpointResult &endpoint) { return !endpoint.outcome; });
    if (const lab::ProbeTotals totals = m_probes.totals();
        totals.waiting < static_cast<int>(m_probes.results().size())) {
        report.probes = m_probes.results();
        report.control = m_probes.control();
    }
    return report;
}

Task<void> Lab::saveReport(QString path) const { return writeOffThread(report(), std::move(path)); }

Result<void> Lab::saveRule(const books::AccessRule &rule)
{
    std::vector<books::AccessRule> rules = rulesWithout(rule);
    rules.push_back(rule);
    return saveRules(std::move(rules));
}

Result<void> Lab::removeRule(const books::AccessRule &rule) { return saveRules(rulesWithout(rule)); }

std::vector<books::AccessRule> Lab::rulesWithout(const books::AccessRule &rule) const
{
    std::vector<books::AccessRule> rules = m_endpoints.ownRules();
    std::erase_if(rules, [&rule](const books::AccessRule &known) { return lab::isSameCall(known, rule); });
    return rules;
}

Result<void> Lab::saveRules(std::vector<books::AccessRule> rules)
{
    Result<void> saved = m_parts.ownRules.save(m_parts.connection.id, rules);
    if (saved)
        m_endpoints.setOwnRules(std::move(rules));
    return saved;
}

} // namespace bookdesk::workspace
