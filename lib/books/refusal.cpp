#include "books/refusal.h"

#include "books/outcome-codes.h"
#include "core/redaction.h"
#include "core/text.h"
#include "net/auth-challenge.h"
#include "net/said-reason.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Refusal)
};

constexpr qsizetype longestQuote = 200;

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
    outcome.signInMayHelp = true;
    return outcome;
}

/// It may come from a gateway, which knows nothing of the person and of the API's roles.
ApiOutcome explainWebPage(int status)
{
    ApiOutcome outcome;
    const bool isForbidden = status == 403;
    outcome.kind = isForbidden ? OutcomeKind::forbidden : OutcomeKind::unauthenticated;
    outcome.code = (isForbidden ? outcomes::forbidden : outcomes::tokenRejected).toString();
    outcome.headline = Texts::tr("%1: a web page came back instead of the API's answer")
                           .arg(isForbidden ? u"403 Forbidden"_s : u"401 Unauthorized"_s);
    outcome.explanation =
        Texts::tr("A gateway, proxy or firewall in front of the API may have answered. So nothing is known about what "
                  "the API thinks of your token.");
    outcome.remedy = Texts::tr("Check the connection's API address, and whether this network may reach the API (VPN). "
                               "If it may, tell the API's owner what the page says.");
    outcome.freshTokenMayHelp = !isForbidden;
    return outcome;
}

} // namespace

QString quotable(const QString &text) { return visible(shortened(redacted(text), longestQuote)); }

QString tellingReason(const Refusal &refusal)
{
    for (const QString &reason : refusal.reasons) {
        const bool isStatus = reason.compare("Forbidden"_L1, Qt::CaseInsensitive) == 0 ||
                              reason.compare("Unauthorized"_L1, Qt::CaseInsensitive) == 0;
        if (!isStatus)
            return quotable(reason);
    }
    return {};
}

Refusal readRefusal(const AccessRule &rule, const net::HttpResponse &response, const TokenFacts &facts)
{
    Refusal refusal{.rule = rule,
                    .facts = facts,
                    .status = response.status,
                    .detail = {},
                    .reasons = net::saidReasons(response.body.reveal()),
                    .isWebPage = net::isWebPage(response.body.reveal()),
                    .error = {},
                    .description = {},
                    .neededScopes = {},
                    .asksForClaims = false,
                    .serverDate = response.serverDate};
    refusal.detail = refusal.reasons.value(0);
    refusal.asksForClaims = net::proofChallenge(response.headers).has_value();
    for (const net::AuthChallenge &challenge : net::readChallenges(response.headers)) {
        if (!isBearer(challenge))
            continue;
        refusal.isWebPage = false;
        const QString error = challenge.parameter(u"error");
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
    if (refusal.isWebPage)
        return explainWebPage(refusal.status);
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
