#include "books/prediction.h"

#include "jose/explained-kind.h"

#include <QCoreApplication>

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Prediction)
};

/// The API reads the claims after all other checks, and answers 500 if one has a wrong type.
int failureStatus(jose::CheckKind kind) { return kind == jose::CheckKind::claimTypes ? 500 : 401; }

/// The first of @p needed that @p held lacks, or an empty string.
QString firstMissing(const QStringList &needed, const QStringList &held)
{
    for (const QString &name : needed) {
        if (!held.contains(name))
            return name;
    }
    return {};
}

QString grantedSentence(const AccessRule &rule)
{
    if (!rule.roles.isEmpty())
        return Texts::tr("Role %1 is in your token.").arg(rule.roles.first());
    if (!rule.scopes.isEmpty())
        return Texts::tr("Scope %1 is in your token.").arg(rule.scopes.first());
    return Texts::tr("Your token is valid.");
}

} // namespace

Prediction predict(const AccessRule &rule, const TokenFacts &facts)
{
    if (!facts.grants.isKnown)
        return {0, Texts::tr("The token cannot be read.")};
    if (const jose::Check *failure = facts.verification.firstFailureOfApi())
        return {failureStatus(failure->kind), jose::failureSentence(jose::explainedKind(*failure))};
    if (facts.verification.checks.empty())
        return {0, Texts::tr("The token has not been checked.")};
    // We have a key less than the API may have.
    const jose::Check *signature = facts.verification.find(jose::CheckKind::signature);
    if (!signature || signature->result != jose::CheckResult::passed)
        return {0, Texts::tr("The token's signature has not been checked.")};
    if (const QString scope = firstMissing(rule.scopes, facts.grants.scopes); !scope.isEmpty())
        return {403, Texts::tr("Scope %1 is not in your token.").arg(scope)};
    if (const QString role = firstMissing(rule.roles, facts.grants.roles); !role.isEmpty())
        return {403, Texts::tr("Role %1 is not in your token.").arg(role)};
    return {200, grantedSentence(rule)};
}

QString predictedAnswer(const Prediction &prediction)
{
    if (!prediction.isKnown())
        return predictionSentence(prediction);
    return Texts::tr("%1. %2 The API decides.", "the status, why")
        .arg(QString::number(prediction.status), prediction.reason);
}

QString predictionSentence(const Prediction &prediction)
{
    if (!prediction.isKnown())
        return Texts::tr("No answer can be predicted. %1 The API decides.").arg(prediction.reason);
    return Texts::tr("Predicted answer: %1. %2 The API decides.")
        .arg(QString::number(prediction.status), prediction.reason);
}

} // namespace bookdesk::books
