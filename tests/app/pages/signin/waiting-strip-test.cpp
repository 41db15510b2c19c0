// The strip that says that a sign-in still waits, with an attempt against a real tenant.
#include "app/page-fixture.h"
#include "identity/sign-in-bench.h"
#include "pages/signin/waiting-strip.h"

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::WaitingStrip;
using test::SignInBench;

class WaitingStripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyTheBrowserCannotBeOpenedAgain()
    {
        SignInBench bench;
        WaitingStrip strip(systemNow);
        strip.show();
        strip.setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        QCOMPARE(strip.notice(), QString());
        QPushButton *again = test::buttonNamed(strip, u"openAgainWhileExplaining"_s);
        bench.browserAnswer = failure(Error{{"test.no-browser"}, u"There is no browser."_s, u"Install <b>one</b>."_s});
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(strip.notice(), u"There is no browser. Install <b>one</b>."_s);
        QCOMPARE(test::announced(strip), strip.notice());
        test::labelTexts(strip);
        bench.browserAnswer = {};
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(strip.notice(), QString());
    }

    void theNextAttemptBeginsWithoutANotice()
    {
        SignInBench bench;
        WaitingStrip strip(systemNow);
        strip.show();
        strip.setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        bench.browserAnswer = failure(Error{{"test.no-browser"}, u"There is no browser."_s, {}});
        QTest::mouseClick(test::buttonNamed(strip, u"openAgainWhileExplaining"_s), Qt::LeftButton);
        QTRY_COMPARE(strip.notice(), u"There is no browser."_s);
        strip.setAttempt(nullptr);
        QCOMPARE(strip.notice(), QString());
    }
};

BOOKDESK_PAGE_TEST_MAIN(WaitingStripTest)
#include "waiting-strip-test.moc"
