// What the books page makes of outcomes: its own words, and whether the list has to be loaded again.
#include "app/page-fixture.h"
#include "pages/books/outcome-text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class OutcomeTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowNamesNoFlagOfTheCommandLine()
    {
        books::ApiOutcome outcome;
        outcome.remedy = u"Send it anyway (on the command line with --send-anyway)."_s;
        outcome.kind = books::OutcomeKind::withheld;
        QVERIFY(!pages::remedyInWindow(outcome).contains(u"--"_s));
        outcome.kind = books::OutcomeKind::network;
        QCOMPARE(pages::remedyInWindow(outcome), outcome.remedy);
    }

    void afterSomeOutcomesTheListMayBeOutdated()
    {
        using books::OutcomeKind;
        for (const OutcomeKind kind : {OutcomeKind::notFound, OutcomeKind::conflict, OutcomeKind::serverError})
            QVERIFY(pages::isListOutdated(kind));
        for (const OutcomeKind kind : {OutcomeKind::roleMissing, OutcomeKind::refused, OutcomeKind::withheld})
            QVERIFY(!pages::isListOutdated(kind));
    }
};

BOOKDESK_PAGE_TEST_MAIN(OutcomeTextTest)
#include "outcome-text-test.moc"
