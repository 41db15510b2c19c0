/// ProbeResult: what the API did with one probe; ProbeTotals: how many did what.
#pragma once

#include "core/error.h"
#include "lab/probe.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace bookdesk::lab {

enum class ProbeState {
    waiting,
    running,
    refused,
    unproven, ///< Refused, but the genuine token gets no better answer: see control.h.
    accepted, ///< 2xx, or 403 where 401 was expected: the token got through.
    crashed,  ///< 5xx: the API stumbled over the token instead of refusing it.
    noAnswer,
    notPossible, ///< Only the tenant could sign it, so a refusal for the signature would prove nothing.
};

/// Accepted and crashed.
constexpr bool isFinding(ProbeState state) { return state == ProbeState::accepted || state == ProbeState::crashed; }

/// A claim or header member that makes the token what it is: what was sent and what a sound API demands.
struct ProbeDetail
{
    QString name;     ///< "aud"
    QString sent;     ///< Plain, untrusted text; never a whole token.
    QString expected; ///< Empty where nothing in particular is demanded.

    friend bool operator==(const ProbeDetail &, const ProbeDetail &) = default;
};

/// A plain value; holds no token. Any thread.
struct ProbeResult
{
    Probe probe;
    ProbeState state = ProbeState::waiting;
    std::vector<ProbeDetail> details;
    int status = 0;                       ///< 0 where no answer came.
    ErrorKind failure = ErrorKind::other; ///< Why none came.
    QString serverSaid;                   ///< The answer's body or reason (redacted, at most 2,000 characters).
    QString why;                          ///< Why it is not possible here, or why no answer came; empty otherwise.
    std::optional<std::chrono::milliseconds> took;
    std::int64_t exchangeId = 0; ///< In the ExchangeLog.
};

/// A plain value. Any thread.
struct ProbeTotals
{
    int waiting = 0; ///< Or running.
    int refused = 0;
    int unproven = 0;
    int accepted = 0;
    int crashed = 0;
    int noAnswer = 0;
    int notPossible = 0;

    int findings() const { return accepted + crashed; }
    friend bool operator==(const ProbeTotals &, const ProbeTotals &) = default;
};

ProbeTotals totalsOf(const std::vector<ProbeResult> &results);

} // namespace bookdesk::lab
