#include "books/outcome-parts.h"

#include <QCoreApplication>

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ApiOutcome)
};

} // namespace

ApiOutcome outcomeOf(OutcomeKind kind, ErrorCode code, const QString &headline, const QString &explanation,
                     const QString &remedy)
{
    ApiOutcome outcome;
    outcome.kind = kind;
    outcome.code = code.toString();
    outcome.headline = headline;
    outcome.explanation = explanation;
    outcome.remedy = remedy;
    return outcome;
}

void addSentAgain(ApiOutcome &outcome)
{
    if (outcome.wasSentAgain)
        outcome.explanation += u' ' + Texts::tr("The call was sent again with a fresh token.");
}

void addUnknownFate(ApiOutcome &outcome)
{
    outcome.explanation += u' ' + Texts::tr("The book may be gone, because the API may have got the request.");
    outcome.remedy = Texts::tr("Reload the list to see whether the book is still there, before you try again.");
}

} // namespace bookdesk::books
