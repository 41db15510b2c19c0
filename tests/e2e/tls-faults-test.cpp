// What can go wrong in the TLS handshake, at a sign-in and while somebody is signed in.
#include "e2e/faulty-desk.h"
#include "e2e/text-of.h"

#include <QTest>

#include <initializer_list>
#include <optional>
#include <utility>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(bookdesk::test::Step)
Q_DECLARE_METATYPE(bookdesk::test::Wrong)

class TlsFaultsTest : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        QString code;
        QString said;
        bool isGood = false;
    };

    std::unique_ptr<FaultyDesk> m_at;
    QString m_book;

    static Outcome outcomeOf(const Result<void> &result)
    {
        return result ? Outcome{{}, {}, true} : Outcome{result.error().code.toString(), textOf(result.error()), false};
    }
    static Outcome outcomeOf(const books::ApiOutcome &outcome)
    {
        return {outcome.code, textOf(outcome), outcome.isOk()};
    }

    Outcome take(Step step)
    {
        switch (step) {
        case Step::refresh:
            return outcomeOf(m_at->refresh());
        case Step::list:
            return outcomeOf(m_at->list().outcome);
        case Step::remove:
            return outcomeOf(m_at->remove(m_book).outcome);
        default:
            return outcomeOf(m_at->signIn());
        }
    }

private Q_SLOTS:
    void initTestCase() { m_at = std::make_unique<FaultyDesk>(true); }
    void cleanupTestCase() { m_at.reset(); }

    void aConnectionThatWasClosedIsReplaced_data()
    {
        QTest::addColumn<Step>("step");
        QTest::newRow("at a refresh") << Step::refresh;
        QTest::newRow("at the list") << Step::list;
        QTest::newRow("at a delete") << Step::remove;
    }

    void aConnectionThatWasClosedIsReplaced()
    {
        QFETCH(Step, step);
        m_at->renew();
        const Result<void> signedIn = m_at->signIn();
        QVERIFY2(signedIn, qPrintable(signedIn ? QString() : signedIn.error().message));
        m_book = m_at->list().list->books.front().id;
        m_at->proxy().closeConnections();
        QTRY_VERIFY(!m_at->proxy().hasConnections());
        const Outcome outcome = take(step);
        QVERIFY2(outcome.isGood, qPrintable(outcome.said));
    }

    void aFaultInTheHandshakeFailsTheStep_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<Wrong>("what");
        QTest::addColumn<QString>("code");
        const std::initializer_list<std::pair<Wrong, QString>> codes{{Wrong::reset, u"net.broken"_s},
                                                                     {Wrong::close, u"net.broken"_s},
                                                                     {Wrong::stall, u"net.timed-out"_s},
                                                                     {Wrong::garbage, u"net.tls-failed"_s},
                                                                     {Wrong::webPage, u"net.tls-failed"_s}};
        for (const auto &[what, code] : codes) {
            QTest::addRow("%s at a sign-in", nameOf(what)) << Step::discovery << what << code;
            QTest::addRow("%s at a refresh", nameOf(what)) << Step::refresh << what << code;
            QTest::addRow("%s at the list", nameOf(what)) << Step::list << what << code;
            QTest::addRow("%s at a delete", nameOf(what)) << Step::remove << what << code;
        }
    }

    void aFaultInTheHandshakeFailsTheStep()
    {
        QFETCH(Step, step);
        QFETCH(Wrong, what);
        m_at->renew();
        if (step != Step::discovery) {
            const Result<void> signedIn = m_at->signIn();
            QVERIFY2(signedIn, qPrintable(signedIn ? QString() : signedIn.error().message));
            m_book = m_at->list().list->books.front().id;
        }
        const std::optional<identity::SignedIn> before = m_at->desk().session().current();

        m_at->proxy().closeConnections();
        QTRY_VERIFY(!m_at->proxy().hasConnections());
        m_at->armConnections(step, what);
        const Outcome failed = take(step);
        QTEST(failed.code, "code");
        QVERIFY(!failed.isGood);
        QVERIFY(m_at->proxy().struck() > 0);
        QCOMPARE(m_at->leakIn(failed.said), QByteArray());
        const std::optional<identity::SignedIn> &after = m_at->desk().session().current();
        QCOMPARE(after.has_value(), before.has_value());
        QVERIFY(!after || after->tokens.accessToken == before->tokens.accessToken);

        m_at->clear();
        const Outcome next = take(step);
        QVERIFY2(next.isGood, qPrintable(next.said));
    }
};

QTEST_GUILESS_MAIN(TlsFaultsTest)
#include "tls-faults-test.moc"
