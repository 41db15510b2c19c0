// The card of a sign-in under way, with an attempt against a real tenant and the test in the place of the browser.
#include "app/page-fixture.h"
#include "identity/sign-in-bench.h"
#include "pages/signin/waiting-card.h"
#include "widgets/step-row.h"

#include <QClipboard>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using identity::SignInStep;
using pages::WaitingCard;
using test::SignInBench;
using widgets::RowState;

namespace {

constexpr TimePoint begin{std::chrono::seconds{1'800'000'000}};

using Rows = QList<RowState>;

Rows rowsOf(const WaitingCard &card)
{
    Rows states;
    for (const widgets::StepRow *row : card.findChildren<widgets::StepRow *>())
        states += row->state();
    return states;
}

const Rows waitingForTheBrowser{RowState::done, RowState::active, RowState::pending, RowState::pending};
const Rows allDone(4, RowState::done);

void click(const WaitingCard &card, const QString &name)
{
    QTest::mouseClick(test::buttonNamed(card, name), Qt::LeftButton);
}

} // namespace

class WaitingCardTest : public QObject
{
    Q_OBJECT

private:
    TimePoint m_now = begin;
    std::unique_ptr<WaitingCard> m_card;

private Q_SLOTS:
    void init()
    {
        m_now = begin;
        m_card = std::make_unique<WaitingCard>([this] { return m_now; });
    }
    void cleanup() { m_card.reset(); }

    void withoutAnAttemptItIsHidden()
    {
        SignInBench bench;
        QVERIFY(m_card->isHidden());
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(m_card->isVisible());
        m_card->setAttempt(nullptr);
        QVERIFY(m_card->isHidden());
    }

    void namesTheConnection()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(test::containsPart(test::labelTexts(*m_card), bench.signIn->connection().name));
        QCOMPARE(test::namelessControls(*m_card), QStringList());
    }

    void followsTheSteps()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        QCOMPARE(rowsOf(*m_card), Rows(4, RowState::pending));
        QVERIFY(bench.start());
        QCOMPARE(rowsOf(*m_card), waitingForTheBrowser);
        bench.arrive(bench.goodValues());
        QVERIFY(bench.finish());
        QCOMPARE(rowsOf(*m_card), allDone);
    }

    void showsTheStepThatFailed()
    {
        SignInBench bench;
        bench.tenant.onToken = [](const auto &) { return test::oauthFailure("invalid_grant", "AADSTS70008"); };
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        bench.arrive(bench.goodValues());
        QVERIFY(!bench.finish());
        QCOMPARE(rowsOf(*m_card), (Rows{RowState::done, RowState::done, RowState::failed, RowState::pending}));
    }

    void takesUpAnAttemptInTheMiddle()
    {
        SignInBench bench;
        QVERIFY(bench.start());
        m_card->setAttempt(bench.signIn.get());
        QCOMPARE(rowsOf(*m_card), waitingForTheBrowser);
        QVERIFY(test::buttonNamed(*m_card, u"openAgain"_s)->isEnabled());
    }

    void showsTheLaterOfTwoAttempts()
    {
        SignInBench earlier, later;
        m_card->setAttempt(earlier.signIn.get());
        m_card->setAttempt(later.signIn.get());
        QVERIFY(earlier.start());
        QCOMPARE(rowsOf(*m_card), Rows(4, RowState::pending));
        click(*m_card, u"cancel"_s);
        QVERIFY(earlier.isRunning());
    }

    void tellsOfTheRedirectOnce()
    {
        QSignalSpy redirected(m_card.get(), &WaitingCard::redirectReceived);
        for (const int expected : {1, 2}) {
            SignInBench bench;
            m_card->setAttempt(bench.signIn.get());
            QVERIFY(bench.start());
            QCOMPARE(redirected.size(), expected - 1);
            bench.arrive(bench.goodValues());
            QVERIFY(bench.finish());
            QCOMPARE(redirected.size(), expected);
        }
    }

    void timeRunsDown()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        m_now = bench.signIn->deadline() - 272s;
        QTRY_COMPARE(m_card->timeLeft(), u"4:32 left"_s);
        m_now += 30s;
        QTRY_COMPARE(m_card->timeLeft(), u"4:02 left"_s);
    }

    void theLinkCanBeUsedOnceItIsThere()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        for (const QString &name : {u"openAgain"_s, u"copyLink"_s})
            QVERIFY2(!test::buttonNamed(*m_card, name)->isEnabled(), qPrintable(name));
        QVERIFY(bench.start());
        click(*m_card, u"openAgain"_s);
        QCOMPARE(bench.opened.size(), std::size_t{2});
        QVERIFY2(bench.opened.front() != bench.opened.back(), "each works once");
        QCOMPARE(m_card->notice(), QString());
        click(*m_card, u"copyLink"_s);
        const QUrl copied(QApplication::clipboard()->text());
        QVERIFY(copied.toString().startsWith(u"http://localhost:%1/start/"_s.arg(bench.port())));
        QVERIFY(copied != bench.opened.back());
        QVERIFY(!m_card->notice().isEmpty());
    }

    void showsTheAttemptsNotice()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        bench.arrive({{"code", "x"}, {"state", "foreign"}});
        QTRY_VERIFY(!m_card->notice().isEmpty());
        QCOMPARE(m_card->notice(), bench.signIn->notice());
        bench.arrive(bench.goodValues());
        QVERIFY(bench.finish());
        QCOMPARE(m_card->notice(), QString());
    }

    void cancelEndsTheAttempt()
    {
        SignInBench bench;
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        m_card->takeFocus();
        QVERIFY(test::buttonNamed(*m_card, u"cancel"_s)->hasFocus());
        click(*m_card, u"cancel"_s);
        const Result<identity::SignedIn> outcome = bench.finish();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code.toString(), u"sign-in.cancelled"_s);
    }

    /// It may go at any time, also while the card shows it.
    void outlivesTheAttempt()
    {
        SignInBench bench;
        m_now = bench.signIn->deadline() - 60s;
        m_card->setAttempt(bench.signIn.get());
        QVERIFY(bench.start());
        SignInBench otherBench;
        WaitingCard other([this] { return m_now; });
        other.setAttempt(otherBench.signIn.get());
        const QString timeLeft = m_card->timeLeft();
        const QString othersTimeLeft = other.timeLeft();
        bench.signIn.reset();
        QApplication::clipboard()->setText(u"before"_s);
        m_now += 10s;
        for (const QString &name : {u"openAgain"_s, u"copyLink"_s, u"cancel"_s})
            click(*m_card, name);
        // It was shown later, so its second is over later.
        QTRY_VERIFY(other.timeLeft() != othersTimeLeft);
        QCOMPARE(m_card->timeLeft(), timeLeft);
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
        m_card->setAttempt(nullptr);
        QVERIFY(m_card->isHidden());
    }
};

BOOKDESK_PAGE_TEST_MAIN(WaitingCardTest)
#include "waiting-card-test.moc"
