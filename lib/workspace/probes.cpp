#include "workspace/probes.h"

#include "books/books-api.h"
#include "core/errors.h"
#include "lab/control.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Probes)
};

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The probes were stopped before the first one.")}; }

Task<void> alreadyRunning() { co_return failure(ended()); }

bool hasExpired(const Secret &token, TimePoint now)
{
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    const std::optional<TimePoint> expiry = decoded ? decoded->dateClaim(u"exp") : std::nullopt;
    return expiry && *expiry <= now;
}

} // namespace

Probes::Probes(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_waiting(lab::waitingResults())
    , m_waitingControl(lab::waitingControl())
{
    connect(&m_parts.session, &identity::Session::personChanged, this, &Probes::forget);
    connect(&m_parts.session, &identity::Session::tokensRenewed, this, &Probes::keepToken);
}

bool Probes::isInterrupted() const
{
    const lab::ProbeTotals sent = totals();
    return m_run && !isRunning() && sent.waiting > 0 && sent.waiting < static_cast<int>(results().size());
}

bool Probes::mustAsk() const { return !net::isLoopbackHost(m_parts.connection.apiBaseUrl.host()); }

std::chrono::seconds Probes::timeFor(int count) const
{
    return std::chrono::ceil<std::chrono::seconds>(count * lab::usualPace(!mustAsk()).between);
}

Task<void> Probes::start()
{
    if (isRunning())
        return alreadyRunning();
    m_isStarting = true;
    Q_EMIT runningChanged();
    return m_scope.run([this](std::stop_token stop) { return startWithTrust(std::move(stop)); }, ended());
}

ScopedTask<void> Probes::startWithTrust(std::stop_token stop)
{
    const auto asking = [this, stop] { return m_parts.trust.trustFor({}, stop); };
    const Result<identity::Trust> trust = co_await callOut(asking);
    m_isStarting = false;
    if (!trust) {
        const Result<void> told = co_await callOut([this] { Q_EMIT runningChanged(); });
        co_return failure(told ? trust.error() : told.error());
    }
    auto run =
        std::make_unique<lab::ProbeRun>(m_parts.http, m_parts.redactor, setupFor(*trust), lab::usualPace(!mustAsk()));
    if (m_run)
        run->follow(*m_run);
    Result<void> told = co_await callOut([&] { replaceRun(std::move(run)); });
    if (told)
        told = co_await callOut([this] { goOn(); });
    co_return told;
}

lab::ProbeSetup Probes::setupFor(const identity::Trust &trust) const
{
    const books::AccessRule rule = books::listRule();
    lab::ProbeSetup setup;
    setup.target = books::apiUrl(m_parts.connection.apiBaseUrl, rule.path);
    setup.policy = trust.accessTokens;
    setup.keys = trust.keys;
    setup.scopes = rule.scopes;
    if (const std::optional<identity::SignedIn> &current = m_parts.session.current()) {
        setup.token = current->accessToken.token;
        setup.idToken = current->idToken.token;
    }
    if (hasExpired(m_earlierToken, m_parts.clock()))
        setup.expiredToken = m_earlierToken;
    if (m_parts.signer)
        setup.signer = m_parts.signer();
    setup.clock = m_parts.clock;
    return setup;
}

void Probes::replaceRun(std::unique_ptr<lab::ProbeRun> run)
{
    m_run = std::move(run);
    if (m_run) {
        connect(m_run.get(), &lab::ProbeRun::resultChanged, this, &Probes::resultChanged);
        connect(m_run.get(), &lab::ProbeRun::controlChanged, this, &Probes::controlChanged);
        connect(m_run.get(), &lab::ProbeRun::finished, this, &Probes::runningChanged);
    }
    Q_EMIT replaced();
}

void Probes::goOn()
{
    if (!m_run || m_run->isRunning())
        return;
    m_run->start();
    Q_EMIT runningChanged();
}

void Probes::stop()
{
    if (m_isStarting) {
        m_isStarting = false;
        if (m_scope.restart())
            Q_EMIT runningChanged();
    } else if (m_run) {
        m_run->stop();
    }
}

void Probes::runAgain(std::size_t index)
{
    if (!m_run)
        return;
    m_run->runAgain(index);
    Q_EMIT runningChanged();
}

void Probes::keepToken()
{
    const std::optional<identity::SignedIn> &current = m_parts.session.current();
    m_earlierToken = std::exchange(m_token, current ? current->accessToken.token : Secret());
}

void Probes::forget()
{
    m_isStarting = false;
    if (!m_scope.restart())
        return;
    m_token = Secret();
    keepToken();
    replaceRun(nullptr);
    Q_EMIT runningChanged();
}

} // namespace bookdesk::workspace
