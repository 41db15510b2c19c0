/// Prediction: what the API will probably answer, judging by the token alone. The API decides.
#pragma once

#include "books/access-rule.h"
#include "jose/grants.h"
#include "jose/verification.h"

#include <QString>

namespace bookdesk::books {

/// What is known about the access token in use. A plain value.
struct TokenFacts
{
    jose::Grants grants;
    jose::Verification verification;
    QStringList listedScopes = {}; ///< Names of those that the connection lists; empty where that is not known.
    QStringList heldScopes = {};   ///< Names of those that were asked for or granted.
    QStringList scopeClaims = {};  ///< Where the provider's tokens carry scopes, such as `scp`; empty if not known.
    QStringList roleClaims = {};   ///< The same for roles.
};

/// A plain value. Any thread.
struct Prediction
{
    int status = 0; ///< 200, 401, 403, 500 (a claim of a wrong type), or 0 where the token cannot be read or checked.
    QString reason; ///< A sentence that names the claim that decides: "Role Books.Admin is not in your token."

    bool isKnown() const { return status != 0; }
    friend bool operator==(const Prediction &, const Prediction &) = default;
};

/// A failed verification predicts 401 (500 where only a claim's type is wrong), except for rules that the API does not
/// have; then scopes, then roles decide.
Prediction predict(const AccessRule &rule, const TokenFacts &facts);

/// "Predicted answer: 403. Role Books.Admin is not in your token. The API decides."
QString predictionSentence(const Prediction &prediction);

/// The same without saying that it is a prediction: "403. Role Books.Admin is not in your token. The API decides."
QString predictedAnswer(const Prediction &prediction);

} // namespace bookdesk::books
