/// Probes: the probes of one connection's API: those that wait, and the run that sends them for the person.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/task-scope.h"
#include "identity/session.h"
#include "identity/trust-store.h"
#include "lab/probe-run.h"
#include "net/http-client.h"

#include <QObject>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::workspace {

/// Signs with a tenant's keys; gives nothing where they are not at hand.
using FindSigner = std::function<std::optional<lab::TenantSigner>()>;

/// Follows the session: another person begins with no results. GUI thread; destroying it ends what is under way.
class Probes : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive the probes.
    struct Parts
    {
        const identity::Connection &connection;
        net::HttpClient &http;
        identity::Session &session;
        identity::TrustStore &trust;
        Redactor redactor;
        Clock clock;
        FindSigner signer;
    };

    explicit Probes(Parts parts, QObject *parent = nullptr);

    /// In the order of the catalogue; all of them wait before a run.
    const std::vector<lab::ProbeResult> &results() const { return m_run ? m_run->results() : m_waiting; }
    const lab::ProbeResult &control() const { return m_run ? m_run->control() : m_waitingControl; }
    lab::ProbeTotals totals() const { return lab::totalsOf(results()); }
    bool isRunning() const { return m_isStarting || (m_run && m_run->isRunning()); }
    /// Something was sent, and something waits still.
    bool isInterrupted() const;

    /// True where the API is not on this computer: people are asked before it is probed.
    bool mustAsk() const;
    /// How long @p count probes take at least; nothing on loopback, where they are as fast as the API.
    std::chrono::seconds timeFor(int count) const;

    /// Starts a new run with the token and the keys in use now. Errors: as identity::TrustStore::trustFor, stopped.
    Task<void> start();
    /// Sends those that still wait after a stop.
    void goOn();
    /// The request under way ends by itself.
    void stop();
    void runAgain(std::size_t index);

Q_SIGNALS:
    /// All results are others.
    void replaced();
    void resultChanged(int index);
    void controlChanged();
    /// It runs now, or no longer.
    void runningChanged();

private:
    ScopedTask<void> startWithTrust(std::stop_token stop);
    lab::ProbeSetup setupFor(const identity::Trust &trust) const;
    void replaceRun(std::unique_ptr<lab::ProbeRun> run);
    void keepToken();
    void forget();

    Parts m_parts;
    std::vector<lab::ProbeResult> m_waiting;
    lab::ProbeResult m_waitingControl;
    Secret m_token;        ///< The access token in use.
    Secret m_earlierToken; ///< The one before it, which may have expired since.
    std::unique_ptr<lab::ProbeRun> m_run;
    bool m_isStarting = false;
    TaskScope m_scope;
};

} // namespace bookdesk::workspace
