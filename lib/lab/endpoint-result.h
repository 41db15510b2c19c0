/// EndpointResult: one endpoint's rule, what the token should be allowed there, and what the API really did.
#pragma once

#include "books/access-rule.h"
#include "books/api-outcome.h"
#include "books/prediction.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bookdesk::lab {

enum class RuleOrigin {
    contract, ///< Built in.
    openApi,  ///< Found in the API's /openapi.json.
    own,      ///< The person's, saved with the connection.
};

/// A plain value. Any thread.
struct LabRule
{
    books::AccessRule rule;
    RuleOrigin origin = RuleOrigin::contract;
    QString remark; ///< What must be known to read the rule rightly; may be empty.
    /// Each is enough in place of the rule's own scopes.
    std::vector<QStringList> otherScopes = {};
    bool isPublic = false; ///< No token is asked for.
};

enum class Comparison {
    notRun,
    asPredicted,
    differs,
    unpredicted, ///< The token could not be judged, so that there was no prediction.
};

/// A plain value. Any thread.
struct EndpointResult
{
    LabRule rule;
    books::Prediction prediction;
    std::optional<books::ApiOutcome> outcome; ///< Nothing before it was called.
    Comparison comparison = Comparison::notRun;
    QString difference; ///< "no such endpoint"; empty unless it differs.
};

} // namespace bookdesk::lab
