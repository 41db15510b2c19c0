#include "net/exchange-timing.h"

#include <QNetworkReply>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace bookdesk::net {
namespace {

using std::chrono::microseconds;

PhaseTime measured(Phase phase, microseconds begin, microseconds end)
{
    return {phase, PhaseState::measured, begin, std::max(microseconds{0}, end - begin)};
}

/// A phase that began at @p begin, if it did, and lasted until @p next or is the last one.
PhaseTime between(Phase phase, std::optional<microseconds> begin, std::optional<microseconds> next, microseconds end)
{
    return begin ? measured(phase, *begin, next.value_or(end)) : PhaseTime{phase};
}

/// All up to the end of the request, in one state.
std::vector<PhaseTime> beforeAnswer(PhaseState state, bool isSecured)
{
    std::vector<PhaseTime> phases{{Phase::name, state}, {Phase::connect, state}};
    if (isSecured)
        phases.push_back({Phase::tls, state});
    return phases;
}

/// When the request was out, or the last milestone before that where Qt does not report it.
std::optional<microseconds> sentTime(const Exchange &exchange)
{
    const Milestones &at = exchange.milestones;
    if (at.sent || !isSendingUnreported(exchange))
        return at.sent;
    if (at.connecting)
        return exchange.isSecured() ? at.encrypted : at.connecting;
    return microseconds{0};
}

} // namespace

bool isSendingUnreported(const Exchange &exchange)
{
    return !exchange.milestones.sent && (exchange.hasEmptyBody || exchange.milestones.answered);
}

std::vector<PhaseTime> phaseTimes(const Exchange &exchange, microseconds end)
{
    const Milestones &at = exchange.milestones;
    std::vector<PhaseTime> phases;
    if (exchange.isConnectionReused()) {
        phases = beforeAnswer(PhaseState::reused, exchange.isSecured());
    } else if ((isSendingUnreported(exchange) || at.hasBegunAgain) && !at.connecting) {
        phases = beforeAnswer(PhaseState::notMeasured, exchange.isSecured());
    } else if (isSendingUnreported(exchange) && !exchange.isSecured()) {
        phases = {between(Phase::name, microseconds{0}, at.connecting, end), {Phase::connect, PhaseState::notMeasured}};
    } else {
        phases.push_back(between(Phase::name, microseconds{0}, at.connecting, end));
        phases.push_back(between(Phase::connect, at.connecting, exchange.isSecured() ? at.encrypted : at.sent, end));
        if (exchange.isSecured())
            phases.push_back({Phase::tls, at.connecting ? PhaseState::notMeasured : PhaseState::waiting});
    }
    phases.push_back(between(Phase::firstByte, sentTime(exchange), at.answered, end));
    phases.push_back(between(Phase::body, at.answered, std::nullopt, end));
    return phases;
}

void followProgress(QNetworkReply &reply, std::chrono::steady_clock::time_point begin,
                    std::function<void(const Milestones &)> note)
{
    const auto reached = std::make_shared<Milestones>();
    const auto follow = [&reply, begin, reached, note = std::move(note)](auto signal, auto change) {
        QObject::connect(&reply, signal, &reply, [begin, reached, note, change] {
            change(*reached, std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin));
            note(*reached);
        });
    };
    // A request that finds its connection closed begins again with a new one, which Qt reports only before it is sent.
    follow(&QNetworkReply::socketStartedConnecting, [](Milestones &milestones, microseconds now) {
        milestones = {};
        milestones.connecting = now;
    });
    follow(&QNetworkReply::encrypted, [](Milestones &milestones, microseconds now) { milestones.encrypted = now; });
    follow(&QNetworkReply::requestSent, [](Milestones &milestones, microseconds now) {
        if (milestones.sent) {
            milestones = {};
            milestones.hasBegunAgain = true;
        }
        milestones.sent = now;
    });
    follow(&QNetworkReply::metaDataChanged, [](Milestones &milestones, microseconds now) {
        if (!milestones.answered)
            milestones.answered = now;
    });
}

} // namespace bookdesk::net
