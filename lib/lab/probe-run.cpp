#include "lab/probe-run.h"

#include "core/errors.h"
#include "core/off-thread.h"
#include "core/text.h"
#include "lab/control.h"
#include "lab/forger.h"
#include "lab/probe-catalogue.h"
#include "lab/probe-request.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProbeRun)
};

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr qsizetype longestAnswer = 2'000;
/// Somewhat more than is shown, so that a secret is not cut in two before it is found.
constexpr qsizetype mostRead = 64 * 1024;

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The probes were stopped.")}; }

Task<jose::SigningKey> newKey(std::stop_token stop)
{
    const std::function<Result<jose::SigningKey>()> work = [] { return jose::SigningKey::generateRsa(); };
    const std::optional<Result<jose::SigningKey>> key = co_await offThread(work, std::move(stop));
    co_return key ? *key : failure(ended());
}

ProbeResult waiting(Probe probe)
{
    ProbeResult result;
    result.probe = std::move(probe);
    return result;
}

QString shownAnswer(const Redactor &redactor, const net::HttpResponse &response)
{
    const QByteArrayView body = withoutCutWord(response.body.reveal(), mostRead);
    const QString text = body.isEmpty() ? response.reason : QString::fromUtf8(body);
    return shortened(visibleLines(redactor.redacted(text)), longestAnswer);
}

} // namespace

std::vector<ProbeResult> waitingResults()
{
    std::vector<ProbeResult> results;
    for (const ProbeRow &row : probeRows())
        results.push_back(waiting(probeOf(row)));
    return results;
}

ProbeRun::ProbeRun(net::HttpClient &http, Redactor redactor, ProbeSetup setup, ProbePace pace, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_redactor(std::move(redactor))
    , m_setup(std::move(setup))
    , m_pace(pace)
    , m_results(waitingResults())
    , m_control(waitingControl())
{}

ProbeRun::~ProbeRun() = default;

void ProbeRun::follow(const ProbeRun &before)
{
    m_lastSent = before.m_lastSent;
    m_proberKey = before.m_proberKey;
}

void ProbeRun::start()
{
    if (m_isRunning)
        return;
    for (std::size_t i = 0; i < m_results.size(); ++i) {
        if (m_results[i].state == ProbeState::waiting)
            queue(i);
    }
    begin();
}

void ProbeRun::stop()
{
    m_queue.clear();
    // From a copy, because the wait that ends may destroy this object.
    std::stop_source halt = m_halt;
    halt.request_stop();
}

void ProbeRun::runAgain(std::size_t index)
{
    ProbeResult &result = m_results[index];
    if (result.state == ProbeState::running || std::find(m_queue.begin(), m_queue.end(), index) != m_queue.end())
        return;
    result = waiting(result.probe);
    queue(index);
    if (!m_isRunning)
        begin();
    Q_EMIT resultChanged(static_cast<int>(index));
}

void ProbeRun::queue(std::size_t index)
{
    if (m_results[index].probe.id == QLatin1StringView(noTokenId))
        m_queue.push_front(index);
    else
        m_queue.push_back(index);
}

void ProbeRun::begin()
{
    if (!hasPassed(m_control))
        m_queue.push_front(ofControl);
    m_isRunning = true;
    m_halt = std::stop_source();
    m_scope.run([this](std::stop_token stop) { return run(std::move(stop)); }, ended());
}

ScopedTask<void> ProbeRun::run(std::stop_token stop)
{
    if (!m_proberKey)
        m_proberKey = co_await callOut([&] { return newKey(stop); });
    while (!m_queue.empty()) {
        const std::size_t index = m_queue.front();
        m_queue.pop_front();
        const Result<void> probed = co_await probe(index, stop);
        if (!probed)
            co_return probed;
    }
    m_isRunning = false;
    Result<void> told = co_await callOut([this] { Q_EMIT finished(); });
    co_return told;
}

ScopedTask<void> ProbeRun::probe(std::size_t index, std::stop_token stop)
{
    Possible<Forgery> forgery = forge(index);
    if (!forgery) {
        Result<void> told = co_await changeTo(index, ProbeState::notPossible, forgery.error());
        co_return told;
    }
    if (index != ofControl)
        m_results[index].probe.expected = forgery->expected;
    at(index).details = forgery->details;
    Result<void> sent = co_await send(index, *std::move(forgery), stop);
    co_return sent;
}

ScopedTask<void> ProbeRun::send(std::size_t index, Forgery forgery, std::stop_token stop)
{
    for (int repeats = 0;; ++repeats) {
        const Result<WaitEnd> paced = co_await pause(timeToNext());
        if (!paced)
            co_return failure(paced.error());
        if (*paced == WaitEnd::stopped) {
            Result<void> told = co_await changeTo(index, ProbeState::waiting, {});
            co_return told;
        }
        if (Result<void> told = co_await changeTo(index, ProbeState::running, {}); !told)
            co_return told;
        m_lastSent = steady_clock::now();
        const Result<net::HttpResponse> response =
            co_await callOut([&] { return m_http.send(probeRequest(m_setup.target, forgery), stop); });
        if (stop.stop_requested())
            co_return failure(ended());
        keepAnswer(index, response);
        const std::optional<seconds> asked = pauseAsked(response);
        if (!asked || repeats >= m_pace.repeats) {
            Result<void> told = co_await note(index, judgementOf(index, forgery, response));
            co_return told;
        }
        const QString why = Texts::tr("The API asks for a pause of %n s.", nullptr, static_cast<int>(asked->count()));
        if (Result<void> told = co_await changeTo(index, ProbeState::waiting, why); !told)
            co_return told;
        const Result<WaitEnd> waited = co_await pause(*asked);
        if (!waited)
            co_return failure(waited.error());
    }
}

ScopedTask<void> ProbeRun::note(std::size_t index, ProbeJudgement judgement)
{
    const bool acceptsEverything =
        at(index).probe.id == QLatin1StringView(noTokenId) && judgement.state == ProbeState::accepted;
    Result<void> told = co_await changeTo(index, judgement.state, judgement.why);
    if (!told || !acceptsEverything)
        co_return told;
    Result<void> skipped = co_await skipTheRest();
    co_return skipped;
}

ScopedTask<void> ProbeRun::skipTheRest()
{
    const std::deque<std::size_t> rest = std::exchange(m_queue, {});
    for (const std::size_t index : rest) {
        const QString why =
            Texts::tr("The API answers without any token, so accepting this one would prove nothing more.");
        if (Result<void> told = co_await changeTo(index, ProbeState::notPossible, why); !told)
            co_return told;
    }
    co_return {};
}

ScopedTask<void> ProbeRun::changeTo(std::size_t index, ProbeState state, QString why)
{
    ProbeResult &result = at(index);
    if (result.state == state && result.why == why)
        co_return {};
    result.state = state;
    result.why = std::move(why);
    Result<void> told = co_await callOut([&] {
        if (index == ofControl)
            Q_EMIT controlChanged();
        else
            Q_EMIT resultChanged(static_cast<int>(index));
    });
    co_return told;
}

ScopedTask<WaitEnd> ProbeRun::pause(milliseconds delay)
{
    if (m_halt.stop_requested())
        co_return WaitEnd::stopped;
    if (delay <= milliseconds{0})
        co_return WaitEnd::elapsed;
    Result<WaitEnd> end = co_await callOut([&] { return pauseFor(delay, m_halt.get_token()); });
    co_return end;
}

Possible<Forgery> ProbeRun::forge(std::size_t index) const
{
    const Forger forger(m_setup, *m_proberKey, m_setup.clock());
    return index == ofControl ? genuineForgery(forger) : probeRows()[index].forge(forger);
}

ProbeJudgement ProbeRun::judgementOf(std::size_t index, const Forgery &forgery,
                                     const Result<net::HttpResponse> &response) const
{
    ProbeJudgement judgement = response ? judged(forgery, *response) : judged(response.error());
    return index == ofControl ? judgement : weighed(std::move(judgement), response ? response->status : 0, m_control);
}

milliseconds ProbeRun::timeToNext() const
{
    if (!m_lastSent)
        return milliseconds{0};
    return std::chrono::ceil<milliseconds>(*m_lastSent + m_pace.between - steady_clock::now());
}

std::optional<seconds> ProbeRun::pauseAsked(const Result<net::HttpResponse> &response) const
{
    if (!response || response->status != 429)
        return std::nullopt;
    const seconds asked = response->retryAfter.value_or(m_pace.usualPause);
    return asked <= m_pace.longestPause ? std::optional(asked) : std::nullopt;
}

void ProbeRun::keepAnswer(std::size_t index, const Result<net::HttpResponse> &response)
{
    ProbeResult &result = at(index);
    result.took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - *m_lastSent);
    result.status = response ? response->status : 0;
    result.failure = response ? ErrorKind::other : response.error().code.kind();
    result.exchangeId = response ? response->exchangeId : response.error().exchangeId;
    result.serverSaid = response ? shownAnswer(m_redactor, *response) : QString();
}

} // namespace bookdesk::lab
