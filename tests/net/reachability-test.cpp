#include "net/errors.h"
#include "net/reachability.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using net::Reachability;

namespace {

std::optional<Error> failed(ErrorCode code, const QString &message = {}) { return Error{code, message}; }

} // namespace

class ReachabilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerBringsAHostBack()
    {
        Reachability hosts;
        QSignalSpy changed(&hosts, &Reachability::changed);
        QSignalSpy back(&hosts, &Reachability::cameBack);
        hosts.note(u"api"_s, std::nullopt);
        QVERIFY(!hosts.failure());
        QCOMPARE(changed.size(), 0);
        hosts.note(u"api"_s, failed(net::errors::connectionFailed));
        QCOMPARE(hosts.failure()->code.toString(), net::errors::connectionFailed.toString());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(back.size(), 0);
        hosts.note(u"api"_s, std::nullopt);
        QVERIFY(!hosts.failure());
        QCOMPARE(changed.size(), 2);
        QCOMPARE(back.size(), 1);
    }

    void eachHostCountsForItself()
    {
        Reachability hosts;
        hosts.note(u"login"_s, failed(net::errors::nameNotFound, u"login"_s));
        hosts.note(u"api"_s, failed(net::errors::timedOut, u"api"_s));
        QCOMPARE(hosts.failure()->message, u"api"_s);
        hosts.note(u"api"_s, std::nullopt);
        QCOMPARE(hosts.failure()->message, u"login"_s);
        hosts.note(u"login"_s, std::nullopt);
        QVERIFY(!hosts.failure());
    }

    void otherFailuresMeanThatTheHostWasReached_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isReached");
        for (const ErrorCode code : {net::errors::tooLarge, net::errors::certificateInvalid, net::errors::proxyRefused})
            QTest::newRow(qPrintable(code.toString())) << code.toString() << true;
        // Nobody knows.
        QTest::newRow("stopped") << net::errors::stopped.toString() << false;
        QTest::newRow("timed out") << net::errors::timedOut.toString() << false;
    }

    void otherFailuresMeanThatTheHostWasReached()
    {
        QFETCH(const QString, code);
        Reachability hosts;
        hosts.note(u"api"_s, failed(net::errors::connectionFailed));
        for (const ErrorCode each : net::errors::netCodes) {
            if (each.toString() == code)
                hosts.note(u"api"_s, failed(each));
        }
        QTEST(hosts.failure() == nullptr, "isReached");
    }

    void whoeverIsToldMayDestroyIt()
    {
        auto hosts = std::make_unique<Reachability>();
        hosts->note(u"api"_s, failed(net::errors::connectionFailed));
        connect(hosts.get(), &Reachability::changed, this, [&hosts] { hosts.reset(); });
        hosts->note(u"api"_s, std::nullopt);
        QVERIFY(!hosts);
    }
};

QTEST_GUILESS_MAIN(ReachabilityTest)
#include "reachability-test.moc"
