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
    , m_run(*this, rowLimit, cancelled())
{}

void ProblemCheck::run()
{
    if (m_run.prepare())
        m_run.start();
}

void ProblemCheck::cancel() { m_run.cancel({.health = Health::notChecked, .text = {}, .remedy = {}}); }

void ProblemCheck::forget()
{
    const QSignalBlocker quiet(this);
    cancel();
    m_run.forget();
}

ScopedTask<ProblemFinding> ProblemCheck::findingFor(std::size_t row)
{
    switch (allProblemSubjects[row]) {
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
    const std::stop_token stop = m_run.rowStop();
    const Result<qsizetype> count = co_await callOut([&] { return countAuthorities(stop); });
    co_return certificatesFinding(count.value_or(0));
}

ScopedTask<ProblemFinding> ProblemCheck::clock()
{
    if (!desk())
        co_return withoutConnection();
    const std::stop_token stop = m_run.rowStop();
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
