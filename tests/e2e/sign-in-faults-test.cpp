// Everything that can go wrong on the network at each step of a sign-in: it ends with a named error, nobody is signed
// in, and the next try works.
#include "e2e/faulty-desk.h"
#include "e2e/text-of.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

using identity::SignInStep;

Q_DECLARE_METATYPE(bookdesk::identity::SignInStep)
Q_DECLARE_METATYPE(bookdesk::test::Step)
Q_DECLARE_METATYPE(bookdesk::test::Wrong)

class SignInFaultsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FaultyDesk> m_at;
    std::optional<Result<void>> m_outcome; ///< Of the sign-in that was begun.

    void begin()
    {
        m_outcome.reset();
        QCoro::connect(m_at->desk().signIn({}), this, [this](const Result<void> &outcome) { m_outcome = outcome; });
    }

    bool isAt(SignInStep step) const
    {
        const identity::SignIn *attempt = m_at->desk().attempt();
        return attempt && std::any_of(attempt->steps().begin(), attempt->steps().end(), [step](const auto &progress) {
                   return progress.step == step && progress.state == identity::StepState::active;
               });
    }

    static void addRows(const char *place, Step step, std::initializer_list<std::pair<Wrong, QString>> codes)
    {
        for (const auto &[what, code] : codes)
            QTest::addRow("%s %s", nameOf(what), place) << step << what << code;
    }

private Q_SLOTS:
    void initTestCase() { m_at = std::make_unique<FaultyDesk>(); }
    void cleanupTestCase() { m_at.reset(); }

    void aFaultEndsTheSignIn_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<Wrong>("what");
        QTest::addColumn<QString>("code");
        addRows("at discovery", Step::discovery,
                {{Wrong::reset, u"net.broken"_s},
                 {Wrong::close, u"net.broken"_s},
                 {Wrong::stall, u"net.timed-out"_s},
                 {Wrong::halfAnswer, u"net.broken"_s},
                 {Wrong::garbage, u"net.broken"_s},
                 {Wrong::plainText, u"discovery.invalid"_s},
                 {Wrong::gzipBomb, u"net.too-large"_s},
                 {Wrong::endlessHeaders, u"net.timed-out"_s},
                 {Wrong::redirect, u"discovery.unavailable"_s},
                 {Wrong::webPage, u"discovery.invalid"_s},
                 {Wrong::slowLoris, u"net.timed-out"_s},
                 {Wrong::badGateway, u"discovery.unavailable"_s},
                 {Wrong::gatewayTimeout, u"discovery.unavailable"_s},
                 {Wrong::halfChunks, u"net.broken or discovery.invalid"_s},
                 {Wrong::shortLength, u"discovery.invalid"_s},
                 {Wrong::twoLengths, u"discovery.invalid"_s}});
        addRows("at the keys", Step::keys,
                {{Wrong::reset, u"keys.unavailable"_s},
                 {Wrong::close, u"keys.unavailable"_s},
                 {Wrong::stall, u"keys.unavailable"_s},
                 {Wrong::halfAnswer, u"keys.unavailable"_s},
                 {Wrong::garbage, u"keys.unavailable"_s},
                 {Wrong::plainText, u"keys.unavailable"_s},
                 {Wrong::gzipBomb, u"keys.unavailable"_s},
                 {Wrong::endlessHeaders, u"keys.unavailable"_s},
                 {Wrong::redirect, u"keys.unavailable"_s},
                 {Wrong::webPage, u"keys.unavailable"_s},
                 {Wrong::slowLoris, u"keys.unavailable"_s},
                 {Wrong::badGateway, u"keys.unavailable"_s},
                 {Wrong::gatewayTimeout, u"keys.unavailable"_s},
                 {Wrong::halfChunks, u"keys.unavailable"_s},
                 {Wrong::shortLength, u"keys.unavailable"_s},
                 {Wrong::twoLengths, u"keys.unavailable"_s}});
        addRows("at the token endpoint", Step::token,
                {{Wrong::reset, u"net.broken"_s},
                 {Wrong::close, u"net.broken"_s},
                 {Wrong::stall, u"net.timed-out"_s},
                 {Wrong::halfAnswer, u"net.broken"_s},
                 {Wrong::garbage, u"net.broken"_s},
                 {Wrong::plainText, u"sign-in.response-invalid"_s},
                 {Wrong::gzipBomb, u"net.too-large"_s},
                 {Wrong::endlessHeaders, u"net.timed-out"_s},
                 {Wrong::redirect, u"sign-in.refused"_s},
                 {Wrong::webPage, u"sign-in.response-invalid"_s},
                 {Wrong::slowLoris, u"net.timed-out"_s},
                 {Wrong::badGateway, u"sign-in.refused"_s},
                 {Wrong::gatewayTimeout, u"sign-in.refused"_s},
                 {Wrong::halfChunks, u"net.broken or sign-in.response-invalid"_s},
                 {Wrong::shortLength, u"sign-in.response-invalid"_s},
                 {Wrong::twoLengths, u"sign-in.response-invalid"_s}});
    }

    void aFaultEndsTheSignIn()
    {
        QFETCH(Step, step);
        QFETCH(Wrong, what);
        QFETCH(QString, code);
        m_at->renew();
        m_at->arm(step, what);
        QElapsedTimer clock;
        clock.start();
        const Result<void> failed = m_at->signIn();
        QVERIFY(!clock.hasExpired(net::Limits().transfer.count()));
        QVERIFY(!failed);
        QVERIFY2(isExpected(failed.error().code.toString(), code), qPrintable(failed.error().code.toString()));
        QVERIFY(m_at->proxy().struck() > 0);
        QVERIFY(step != Step::token || m_at->proxy().struck() == 1); // A code is sent once.
        QVERIFY2(m_at->proxy().pushed() < mostPushed, QByteArray::number(m_at->proxy().pushed()).constData());
        QCOMPARE(m_at->leakIn(textOf(failed.error())), QByteArray());
        QVERIFY(!m_at->desk().session().current());

        m_at->clear();
        const Result<void> signedIn = m_at->signIn();
        QVERIFY2(signedIn, qPrintable(signedIn ? QString() : signedIn.error().message));
        QVERIFY(m_at->desk().session().current());
        QCOMPARE(m_at->list().outcome.kind, books::OutcomeKind::ok);
        QCOMPARE(m_at->proxy().strayed(), 0);
    }

    void aStalledSignInCanBeCancelled_data()
    {
        QTest::addColumn<Step>("step");
        QTest::addColumn<SignInStep>("shown");
        QTest::newRow("at discovery") << Step::discovery << SignInStep::openBrowser;
        QTest::newRow("at the keys") << Step::keys << SignInStep::verifyTokens;
        QTest::newRow("at the token endpoint") << Step::token << SignInStep::exchangeCode;
    }

    void aStalledSignInCanBeCancelled()
    {
        QFETCH(Step, step);
        QFETCH(SignInStep, shown);
        m_at->renew();
        // More than the six connections that one server gets.
        for (int attempt = 0; attempt < 8; ++attempt) {
            m_at->stall(step);
            begin();
            QTRY_VERIFY(m_at->proxy().struck() > 0 && isAt(shown));
            m_at->desk().attempt()->cancel();
            QTRY_VERIFY(m_outcome);
            QVERIFY(!*m_outcome);
            QCOMPARE(m_outcome->error().code.toString(), u"sign-in.cancelled"_s);
            QVERIFY(!m_at->desk().session().current());
        }

        m_at->clear();
        begin();
        QTRY_VERIFY(m_outcome);
        QVERIFY2(*m_outcome, qPrintable(*m_outcome ? QString() : m_outcome->error().message));
    }
};

QTEST_GUILESS_MAIN(SignInFaultsTest)
#include "sign-in-faults-test.moc"
