/// How long each part of an exchange took, as far as Qt reports it.
#pragma once

#include "net/exchange.h"

#include <chrono>
#include <functional>
#include <vector>

class QNetworkReply;

namespace bookdesk::net {

/// The parts of an exchange, in order.
enum class Phase {
    name,      ///< Until the server's (or proxy's) name is found; while there is no free connection, also that wait.
    connect,   ///< TCP; with https also TLS, because Qt reports their common end only.
    tls,       ///< Never measured by itself.
    firstByte, ///< From the end of the request to the headers of the answer.
    body,
};

enum class PhaseState {
    waiting, ///< Not reached.
    reused,  ///< The connection was there.
    notMeasured,
    measured,
};

struct PhaseTime
{
    Phase phase;
    PhaseState state = PhaseState::waiting;
    std::chrono::microseconds begin{0}; ///< Both only where it was measured.
    std::chrono::microseconds length{0};

    bool operator==(const PhaseTime &) const = default;
};

/// Whether Qt does not report when the request was out, as where its body has no bytes. First byte then begins at the
/// last milestone that is known.
bool isSendingUnreported(const Exchange &exchange);

/// The phases of @p exchange, which has lasted until @p end: the one under way, or in which it failed, lasts until
/// then. Without TLS where there is none.
std::vector<PhaseTime> phaseTimes(const Exchange &exchange, std::chrono::microseconds end);

/// Calls @p note with each milestone of @p reply, which began at @p begin: when the event loop sees it, so a busy
/// thread makes phases longer. @p note must live as long as the reply.
void followProgress(QNetworkReply &reply, std::chrono::steady_clock::time_point begin,
                    std::function<void(const Milestones &)> note);

} // namespace bookdesk::net
