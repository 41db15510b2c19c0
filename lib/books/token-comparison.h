/// TokenComparison: what one token has and the other lacks, and what the API will answer to each.
#pragma once

#include "books/access-rule.h"
#include "books/prediction.h"
#include "core/json.h"
#include "core/secret.h"
#include "jose/claim-names.h"
#include "jose/verify.h"

#include <QString>
#include <QStringList>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace bookdesk::books {

/// One of the two tokens. A plain value. Any thread.
struct ComparedToken
{
    Secret token; ///< Empty where only its claims were kept.
    JsonObject header;
    JsonObject claims;
    TokenFacts facts;
};

/// @param names where the token's scopes and roles are. A token that cannot be read has no claims.
ComparedToken comparedToken(const jose::InspectedToken &token, const jose::ClaimNames &names);
/// The same without the token itself, for one that is no longer in use.
ComparedToken withoutSecret(ComparedToken token);

/// From A to B.
enum class Difference { same, added, removed, changed };

/// What a claim is about, in the order in which claims are shown.
enum class ClaimGroup {
    decides, ///< Scopes and roles.
    who,     ///< Who, for whom, from where: everything else.
    time,    ///< Times and serial numbers, which differ in every token.
    header,
};

inline constexpr std::array allClaimGroups{ClaimGroup::decides, ClaimGroup::who, ClaimGroup::time, ClaimGroup::header};

/// One claim or header parameter. A plain value. Any thread.
struct ClaimDifference
{
    QString name;
    ClaimGroup group = ClaimGroup::who;
    Difference difference = Difference::same;
    std::optional<Json> a = {};
    std::optional<Json> b = {};
    bool isSet = false;                               ///< A list of scopes or an array: its order says nothing.
    QStringList onlyInA = {};                         ///< Of a set; entries that are no strings as JSON.
    QStringList onlyInB = {};                         ///< As onlyInA.
    std::optional<std::chrono::seconds> movedBy = {}; ///< Of times: how much later B's is.
};

/// What the API will answer to each of them. A plain value. Any thread.
struct PredictedPair
{
    AccessRule rule;
    Prediction a;
    Prediction b;

    bool differs() const { return a.status != b.status; }
};

/// A plain value. Any thread.
struct TokenComparison
{
    bool isOneToken = false;
    std::vector<ClaimDifference> claims; ///< By group; within one in the order of A, then of B.
    std::vector<PredictedPair> predictions;

    std::size_t count(Difference difference) const;
};

/// Scopes and arrays are compared as sets, times as times. @param names as for comparedToken.
TokenComparison compareTokens(const ComparedToken &a, const ComparedToken &b, const jose::ClaimNames &names,
                              const std::vector<AccessRule> &rules = {listRule(), deleteRule()});

} // namespace bookdesk::books
