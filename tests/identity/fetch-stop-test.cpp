// Fetches that several wait for: they end when somebody starts anew and nobody waits.
#include "identity/fetch-stop.h"

#include <QTest>

using bookdesk::identity::FetchStop;

class FetchStopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWhatNobodyWaitsFor()
    {
        FetchStop fetches;
        const std::stop_token fetch = fetches.token();
        {
            const FetchStop::Waiter gone(fetches);
        }
        fetches.startAnew();
        QVERIFY(fetch.stop_requested());
    }

    void leavesWhatSomebodyWaitsFor()
    {
        FetchStop fetches;
        const std::stop_token fetch = fetches.token();
        const FetchStop::Waiter waiter(fetches);
        fetches.startAnew();
        QVERIFY(!fetch.stop_requested());
    }

    void leavesWhatBeginsLater()
    {
        FetchStop fetches;
        fetches.startAnew();
        QVERIFY(!fetches.token().stop_requested());
    }
};

QTEST_GUILESS_MAIN(FetchStopTest)
#include "fetch-stop-test.moc"
