#include "books/refusal.h"

#include "books/outcome-codes.h"
#include "core/json.h"
#include "core/redaction.h"
#include "core/text.h"
#include "net/auth-challenge.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Refusal)
};

constexpr qsizetype longestQuote = 200;
constexpr JsonLimits refusalLimits{.bytes = mostReadOfBody, .depth = 32};

QString detailOf(QByteArrayView body)
{
    const Result<JsonObject> object = parseJsonObject(body, refusalLimits);
    if (!object)
        return {};
    const Json *detail = object->find(u"detail");
    return detail && detail->asString() ? *detail->asString() : QString();
}

bool isBearer(const net::AuthChallenge &challenge)
{
    return challenge.scheme.compare("bearer"_L1, Qt::CaseInsensitive) == 0;
}

ApiOutcome explainClaimsChallenge()
{
    ApiOutcome outcome;
    outcome.kind = OutcomeKind::claimsChallenge;
    outcome.code = outcomes::claimsChallenge.toString();
    outcome.headline = Texts::tr("Your organization asks for more proof");
    outcome.explanation = Texts::tr("The API asks for a token with additional claims, because a policy of your "
                                    "organization (Conditional Access) changed or asks for a stronger sign-in.");
    outcome.remedy = Texts::tr("Sign in again, so that your organization can ask for what it needs, such as a second "
                               "factor.");
    return outcome;
}

} // namespace

QString quotable(const QString &text) { return visible(shortened(redacted(text), longestQuote)); }

Refusal readRefusal(const AccessRule &rule, const net::HttpResponse &response, const TokenFacts &facts)
{
    Refusal refusal{.rule = rule,
                    .facts = facts,
                    .status = response.status,
                    .detail = detailOf(response.body.reveal()),
                    .error = {},
                    .description = {},
                    .neededScopes = {},
                    .asksForClaims = false,
                    .serverDate = response.serverDate};
    for (const net::AuthChallenge &challenge : net::readChallenges(response.headers)) {
        if (!isBearer(challenge))
            continue;
        const QString error = challenge.parameter(u"error");
        if (error == "insufficient_claims"_L1 || !challenge.parameter(u"claims").isEmpty())
            refusal.asksForClaims = true;
        if (!refusal.error.isEmpty() || error.isEmpty())
            continue;
        refusal.error = error;
        refusal.description = challenge.parameter(u"error_description");
        refusal.neededScopes = challenge.parameter(u"scope").split(u' ', Qt::SkipEmptyParts);
    }
    return refusal;
}

ApiOutcome explainRefusal(const Refusal &refusal)
{
    if (refusal.asksForClaims)
        return explainClaimsChallenge();
    if (refusal.error == "insufficient_scope"_L1)
        return explainMissingGrant(refusal);
    if (refusal.error == "invalid_token"_L1 || refusal.error == "invalid_request"_L1)
        return explainRejectedToken(refusal);
    // FastAPI's HTTPBearer reports it with a 403.
    if (refusal.status == 403 && refusal.detail != "Not authenticated"_L1)
        return explainMissingGrant(refusal);
    return explainRejectedToken(refusal);
}

} // namespace bookdesk::books
