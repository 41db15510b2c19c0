/// SharedComparison: what can be shared of two tokens that were compared: differences by name and class, no values.
#pragma once

#include "books/comparison-texts.h"
#include "books/token-comparison.h"
#include "core/json.h"
#include "core/versions.h"

#include <QString>

#include <vector>

namespace bookdesk::books {

/// A claim or header parameter that differs. A plain value. Any thread.
struct SharedDifference
{
    QString name;
    ClaimGroup group = ClaimGroup::who;
    Difference difference = Difference::changed;
    QString a;      ///< As claimClass; empty where it is not there.
    QString b;      ///< As a.
    QString detail; ///< Of scopes, roles and times, which name no person.
};

/// Nothing in it can be used as a token or names a person. A plain value. Any thread.
struct SharedComparison
{
    ComparisonSummary summary;
    std::vector<SharedDifference> differences; ///< In the order of the comparison.
    std::vector<PredictedPair> predictions;
    std::vector<Version> versions;
};

/// @param a and @p b are the verifications of the two tokens.
SharedComparison sharedComparison(const TokenComparison &comparison, const jose::Verification &a,
                                  const jose::Verification &b);

/// The report as Markdown, in which nothing from the tokens becomes markup; and for programs.
QString toMarkdown(const SharedComparison &report);
JsonObject toJson(const SharedComparison &report);

} // namespace bookdesk::books
