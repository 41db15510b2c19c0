/// TokenReport: what can be shared of a token: its claims by name and class, its checks, no signature, no values.
#pragma once

#include "books/access-rule.h"
#include "books/diagnosis.h"
#include "books/prediction.h"
#include "core/json.h"
#include "core/versions.h"
#include "jose/claim-names.h"
#include "jose/verify.h"

#include <QString>

#include <vector>

namespace bookdesk::books {

/// A plain value. Any thread.
struct ReportedClaim
{
    QString name;
    QString valueClass; ///< As claimClass; of the header's `alg`, `kid`, `typ` and `cty` the value itself.
    bool isValue = false;
};

/// A check with a sentence that names no person. A plain value. Any thread.
struct ReportedCheck
{
    jose::CheckKind kind;
    jose::CheckResult result;
    QString sentence;
};

struct ReportedPrediction
{
    AccessRule rule;
    Prediction prediction;
};

/// Nothing in it can be used as a token or names a person. A plain value. Any thread.
struct TokenReport
{
    Diagnosis diagnosis;
    bool isReadable = false; ///< Otherwise it is opaque, encrypted or damaged, and there are no claims.
    std::vector<ReportedClaim> header;
    std::vector<ReportedClaim> claims;
    qsizetype signatureSize = 0; ///< In bytes.
    std::vector<ReportedCheck> checks;
    std::vector<ReportedPrediction> predictions;
    std::vector<Version> versions;
};

/// @param diagnosis of the token's verification. @param names where its scopes and roles are.
TokenReport tokenReport(const jose::InspectedToken &token, const Diagnosis &diagnosis, const jose::ClaimNames &names);

/// The report as Markdown, in which nothing from the token becomes markup.
QString toMarkdown(const TokenReport &report);

/// `header`, `claims`, `checks` and `versions`, for programs.
JsonObject toJson(const TokenReport &report);

} // namespace bookdesk::books
