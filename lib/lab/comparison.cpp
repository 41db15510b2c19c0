#include "lab/comparison.h"

#include "lab/endpoint-path.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Comparison)
};

using books::OutcomeKind;

bool isSuccess(int status) { return status >= 200 && status < 300; }

bool isAsPredicted(int predicted, int actual) { return predicted == actual || (predicted == 200 && isSuccess(actual)); }

/// Without a permission in play: there is no such call, the service fails, nothing was sent.
QString differenceOfKind(const EndpointResult &result)
{
    switch (result.outcome->kind) {
    case OutcomeKind::notFound:
        return placeholdersOf(result.rule.rule.path).isEmpty() ? Texts::tr("no such endpoint")
                                                               : Texts::tr("no such endpoint, or nothing with this ID");
    case OutcomeKind::methodNotAllowed:
        return Texts::tr("no such endpoint");
    case OutcomeKind::throttled:
        return Texts::tr("too many requests");
    case OutcomeKind::redirect:
        return Texts::tr("redirects elsewhere");
    case OutcomeKind::claimsChallenge:
        return Texts::tr("asks for more proof");
    case OutcomeKind::serverError:
    case OutcomeKind::claimsRejected:
        return Texts::tr("the API failed");
    default:
        break;
    }
    return result.outcome->status == 0 ? result.outcome->headline : QString();
}

QString differenceOfStatus(const EndpointResult &result)
{
    const books::ApiOutcome &outcome = *result.outcome;
    const int predicted = result.prediction.status;
    if (isSuccess(outcome.status))
        return predicted == 403 ? Texts::tr("allowed without the permission that the rule asks for")
                                : Texts::tr("accepts a token that fails Bookdesk's checks");
    if (outcome.status == 401)
        return Texts::tr("does not accept the token");
    if (outcome.status == 403 && predicted == 200)
        return outcome.missing.isEmpty()
                   ? Texts::tr("asks for more than the rule")
                   : Texts::tr("asks for %1 as well").arg(QLocale().createSeparatedList(outcome.missing));
    if (outcome.status == 403)
        return Texts::tr("accepts the token and lacks a permission");
    if (predicted == 200)
        return Texts::tr("let through, but the request lacks what the call needs");
    return Texts::tr("judges the request before the permission");
}

} // namespace

void compare(EndpointResult &result)
{
    result.difference.clear();
    result.comparison = Comparison::notRun;
    if (!result.outcome || result.outcome->kind == OutcomeKind::stopped)
        return;
    if (!result.prediction.isKnown()) {
        result.comparison = Comparison::unpredicted;
        return;
    }
    if (isAsPredicted(result.prediction.status, result.outcome->status)) {
        result.comparison = Comparison::asPredicted;
        return;
    }
    result.comparison = Comparison::differs;
    result.difference = differenceOfKind(result);
    if (result.difference.isEmpty())
        result.difference = differenceOfStatus(result);
}

} // namespace bookdesk::lab
