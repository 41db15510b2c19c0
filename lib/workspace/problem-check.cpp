#include "workspace/problem-check.h"

#include "core/address-text.h"
#include "core/errors.h"
#include "core/off-thread.h"
#include "workspace/workspace.h"

#include <QSignalBlocker>
#include <QSslConfiguration>

#include <utility>

namespace bookdesk::workspace {
namespace {

Error cancelled() { return {bookdesk::errors::stopped, {}, {}}; }

Task<qsizetype> countAuthorities(std::stop_token stop)
{
    const std::function<qsizetype()> count = [] { return QSslConfiguration::systemCaCertificates().size(); };
    const std::optional<qsizetype> counted = co_await offThread(count, stop);
    if (!counted)
        co_return failure(cancelled());
    co_return *counted;
}

} // namespace

ProblemCheck::ProblemCheck(Workspace &workspace, std::chrono::milliseconds rowLimit, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_rowLimit(rowLimit)
{
    m_rowTimer.setSingleShot(true);
    // On a copy, because a resumed waiter may destroy this object.
    connect(&m_rowTimer, &QTimer::timeout, this, [this] { std::stop_source(m_rowStop).request_stop(); });
}

void ProblemCheck::run()
{
    if (!m_scope.restart())
        return;
    m_findings = {};
    m_isRunning = true;
    m_scope.run([this](std::stop_token) { return checkAll(); }, cancelled());
}

void ProblemCheck::cancel()
{
    if (!m_isRunning)
        return;
    m_isRunning = false;
    m_rowTimer.stop();
    std::stop_source rowStop = m_rowStop;
    if (!m_scope.restart())
        return;
    for (ProblemFinding &finding : m_findings) {
        if (finding.health == Health::waiting || finding.health == Health::running)
            finding = {.health = Health::notChecked, .text = {}, .remedy = {}};
    }
    rowStop.request_stop();
    Q_EMIT ended();
}

void ProblemCheck::forget()
{
    const QSignalBlocker quiet(this);
    cancel();
    m_findings = {};
}

ScopedTask<void> ProblemCheck::checkAll()
{
    for (std::size_t row = 0; row < m_findings.size(); ++row) {
        if (const Result<void> checked = co_await check(row); !checked)
            co_return checked;
    }
    m_isRunning = false;
    const Result<void> told = co_await callOut([this] { Q_EMIT ended(); });
    co_return told;
}

ScopedTask<void> ProblemCheck::check(std::size_t row)
{
    m_findings[row].health = Health::running;
    m_rowStop = std::stop_source();
    m_rowTimer.start(m_rowLimit);
    const Result<void> begun = co_await callOut([this, row] { Q_EMIT rowChanged(row); });
    if (!begun)
        co_return begun;
    const Result<ProblemFinding> finding = co_await findingFor(allProblemSubjects[row]);
    m_rowTimer.stop();
    if (!finding)
        co_return failure(finding.error());
    m_findings[row] = *finding;
    const Result<void> told = co_await callOut([this, row] { Q_EMIT rowChanged(row); });
    co_return told;
}

ScopedTask<ProblemFinding> ProblemCheck::findingFor(ProblemSubject subject)
{
    switch (subject) {
    case ProblemSubject::browser:
        co_return browserFinding(m_workspace.settings().text(Setting::browserCommand));
    case ProblemSubject::redirect:
        co_return redirectFinding(desk() ? std::optional(desk()->connection()) : std::nullopt);
    case ProblemSubject::encryption:
        co_return encryptionFinding();
    case ProblemSubject::settingsFile:
        co_return settingsFileFinding(m_workspace.settings());
    case ProblemSubject::certificates: {
        Result<ProblemFinding> found = co_await certificates();
        co_return found;
    }
    case ProblemSubject::clock: {
        Result<ProblemFinding> found = co_await clock();
        co_return found;
    }
    case ProblemSubject::proxy: {
        Result<ProblemFinding> found = co_await proxy();
        co_return found;
    }
    }
    co_return ProblemFinding();
}

ScopedTask<ProblemFinding> ProblemCheck::certificates()
{
    const std::stop_token stop = m_rowStop.get_token();
    const Result<qsizetype> count = co_await callOut([&] { return countAuthorities(stop); });
    co_return certificatesFinding(count.value_or(0));
}

ScopedTask<ProblemFinding> ProblemCheck::clock()
{
    if (!desk())
        co_return withoutConnection();
    const std::stop_token stop = m_rowStop.get_token();
    const QString name = desk()->connection().name;
    const Result<std::optional<std::chrono::seconds>> ahead =
        co_await callOut([&] { return desk()->askForTime(stop); });
    co_return clockFinding(ahead, name);
}

ScopedTask<ProblemFinding> ProblemCheck::proxy()
{
    if (!desk())
        co_return withoutConnection();
    const QUrl url = desk()->connection().apiBaseUrl;
    const std::optional<net::Proxy> proxy = desk()->proxyFor(url);
    const Result<void> passed = co_await callOut([&] { return desk()->checkProxy(url); });
    co_return proxyFinding(proxy, asciiHostAndPort(url, net::usualPort), passed);
}

Desk *ProblemCheck::desk() const { return m_workspace.desk(); }

} // namespace bookdesk::workspace
