/// ProbeRun: sends forged tokens to an API, one after the other, and keeps what came of each.
#pragma once

#include "core/redaction.h"
#include "core/task-scope.h"
#include "jose/signing-key.h"
#include "lab/forgery.h"
#include "lab/probe-judgement.h"
#include "lab/probe-result.h"
#include "lab/probe-setup.h"
#include "net/http-client.h"

#include <QObject>

#include <chrono>
#include <cstddef>
#include <deque>
#include <limits>
#include <optional>
#include <stop_token>
#include <vector>

namespace bookdesk::lab {

/// All probes of the catalogue, none of them sent. Any thread.
std::vector<ProbeResult> waitingResults();

/// Every request is a GET of the setup's target, so nothing is changed by it. The control goes first, with a
/// genuine token; where that is not accepted, the refusals that follow are unproven. The next probe is the one without
/// a token: where that is accepted, the others prove nothing and are not sent. All waits are limited, and end when the
/// run is stopped. One thread.
class ProbeRun : public QObject
{
    Q_OBJECT

public:
    /// @param http of this connection; must outlive the run. @param redactor of the same connection.
    ProbeRun(net::HttpClient &http, Redactor redactor, ProbeSetup setup, ProbePace pace, QObject *parent = nullptr);
    ~ProbeRun() override;

    /// In the order of the catalogue, from the beginning on.
    const std::vector<ProbeResult> &results() const { return m_results; }
    /// Sent once more with the next probe, if it has not passed.
    const ProbeResult &control() const { return m_control; }
    ProbeTotals totals() const { return totalsOf(m_results); }
    bool isRunning() const { return m_isRunning; }

    /// Before a start: goes on at the pace of the run @p before, whose last request may be recent, with its key.
    void follow(const ProbeRun &before);

    /// Sends the probes that are waiting: all of them, or the rest after a stop. Does nothing while it is running.
    void start();
    /// The request under way ends by itself, and no other goes out; waits end at once. Results stay.
    void stop();
    /// Sends this probe once more, alone or, while others are running, in its turn. Does nothing for the one under way.
    void runAgain(std::size_t index);

Q_SIGNALS:
    void resultChanged(int index);
    void controlChanged();
    /// It runs no longer: all are done, or it was stopped. The object may be destroyed now.
    void finished();

private:
    void queue(std::size_t index);
    void begin();
    ScopedTask<void> run(std::stop_token stop);
    ScopedTask<void> probe(std::size_t index, std::stop_token stop);
    ScopedTask<void> send(std::size_t index, Forgery forgery, std::stop_token stop);
    ScopedTask<void> note(std::size_t index, ProbeJudgement judgement);
    ScopedTask<void> changeTo(std::size_t index, ProbeState state, QString why);
    ScopedTask<WaitEnd> pause(std::chrono::milliseconds delay);
    ScopedTask<void> skipTheRest();

    ProbeResult &at(std::size_t index) { return index == ofControl ? m_control : m_results[index]; }
    Possible<Forgery> forge(std::size_t index) const;
    ProbeJudgement judgementOf(std::size_t index, const Forgery &forgery,
                               const Result<net::HttpResponse> &response) const;
    std::chrono::milliseconds timeToNext() const;
    std::optional<std::chrono::seconds> pauseAsked(const Result<net::HttpResponse> &response) const;
    void keepAnswer(std::size_t index, const Result<net::HttpResponse> &response);

    /// In place of a probe's index.
    static constexpr std::size_t ofControl = std::numeric_limits<std::size_t>::max();

    net::HttpClient &m_http;
    const Redactor m_redactor;
    const ProbeSetup m_setup;
    const ProbePace m_pace;
    std::vector<ProbeResult> m_results;
    ProbeResult m_control;
    std::optional<Result<jose::SigningKey>> m_proberKey; ///< Made when it is needed first.
    std::optional<std::chrono::steady_clock::time_point> m_lastSent;
    std::deque<std::size_t> m_queue; ///< What is still to be sent in this run.
    bool m_isRunning = false;
    std::stop_source m_halt; ///< Ends the waits of the current run.
    TaskScope m_scope;
};

} // namespace bookdesk::lab
