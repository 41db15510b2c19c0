/// The words for a TokenComparison, the same in the window and on the command line.
#pragma once

#include "books/token-comparison.h"
#include "jose/claim-meanings.h"

#include <QString>

#include <vector>

namespace bookdesk::books {

/// What the two tokens allow, from A to B.
enum class AccessChange {
    oneToken, ///< There is nothing to compare.
    none,
    more,
    less,
    other,   ///< More here and less there, or other refusals.
    unknown, ///< At least one cannot be predicted.
};

/// A plain value; its texts are translated, plain and safe to show. Any thread.
struct ComparisonSummary
{
    AccessChange change = AccessChange::none;
    QString headline;
    QString detail; ///< Which predictions change; may be empty.
};

ComparisonSummary summaryOf(const TokenComparison &comparison);

/// A stable name for programs: "one-token", "none", "more", "less", "other", "unknown".
QString accessChangeCode(AccessChange change);
/// "same", "added", "removed", "changed": for people, and for programs.
QString differenceName(Difference difference);
QString differenceCode(Difference difference);
/// "Decides what you may do", …; and "decides", "who", "time", "header" for programs.
QString claimGroupName(ClaimGroup group);
/// A few words more on the group: "scopes and roles"; may be empty.
QString claimGroupDetail(ClaimGroup group);
QString claimGroupCode(ClaimGroup group);

/// Between the entries of an array.
inline constexpr QLatin1StringView arraySeparator(", ");
/// A value in one line: strings as they are, everything else as JSON; "not there" without a value.
QString comparedValue(const std::optional<Json> &value);
/// "Books.Admin added", "8 min later"; empty where the values say enough.
QString differenceDetail(const ClaimDifference &claim);
/// The detail, or else what such a claim means at all; empty where that is not known either.
QString differenceMeaning(const ClaimDifference &claim, const jose::ClaimMeanings &meanings);
/// "roles, changed, from … to …": one claim for screen readers and for the command line.
QString differenceSentence(const ClaimDifference &claim);

/// A part of comparedValue's text, in characters. A plain value.
struct TextSpan
{
    qsizetype begin = 0;
    qsizetype size = 0;

    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

/// The parts of A's or of B's value that the other token does not have: all of it where only one has the claim, some
/// entries of a set, the later digits of a time. Empty for other values.
std::vector<TextSpan> spansOnlyInA(const ClaimDifference &claim);
std::vector<TextSpan> spansOnlyInB(const ClaimDifference &claim);

/// What is predicted for A and B, for programs.
JsonArray predictionsJson(const std::vector<PredictedPair> &predictions);

/// The summary and what differs, as Markdown.
QString comparisonReport(const TokenComparison &comparison);

} // namespace bookdesk::books
