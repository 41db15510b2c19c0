/// What the results of the access lab are called, in codes for programs and in words for people.
#pragma once

#include "core/clock.h"
#include "lab/endpoint-result.h"
#include "lab/probe-result.h"
#include "lab/remedies.h"

#include <QString>

namespace bookdesk::lab {

/// "refused", "unproven", "accepted", "crashed", "no-answer", "not-possible", "waiting", "running"; never changed.
QString stateCode(ProbeState state);
/// "signature", "algorithm", "key", "claims", "form", "transport"; never changed.
QString groupCode(ProbeGroup group);
/// "not-run", "as-predicted", "differs", "unpredicted"; never changed.
QString comparisonCode(Comparison comparison);
/// "contract", "openapi", "own"; never changed.
QString originCode(RuleOrigin origin);

/// "Signature"
QString groupTitle(ProbeGroup group);
/// "accepted"
QString stateName(ProbeState state);
/// "401 Unauthorized", or the number alone where it has no usual name.
QString statusName(int status);
/// 2xx
constexpr bool isSuccess(int status) { return status >= 200 && status < 300; }
/// "2026-11-26T23:36:41Z"
QString utcText(TimePoint moment);
/// "GET /api/v1/books"
QString endpointName(const EndpointResult &endpoint);

/// "200 OK: the API accepted a token made for another API", "500: the API stumbled over this token instead of refusing
/// it"; for others the probe's title.
QString probeHeadline(const ProbeResult &result);
/// "Made for another API, expected 401, got 200, accepted"; plain text.
QString probeSentence(const ProbeResult &result);
/// "1 accepted, 1 crashed, 42 refused, 9 not possible here"; what did not occur is left out.
QString totalsText(const ProbeTotals &totals);

/// The one of the check that the API lacks, or of a crash; nullptr for a check that no data is about.
const Remedy *remedyFor(const Remedies &remedies, const ProbeResult &result);

} // namespace bookdesk::lab
