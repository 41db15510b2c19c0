// A call that needs more proof waits until the person has proven it, against the real Sandbox over real sockets.
#include "app/pages/books/kept-call-bench.h"
#include "pages/books/access-strip.h"
#include "pages/books/delete-dialog.h"
#include "pages/books/kept-call.h"
#include "pages/books/proof-texts.h"
#include "widgets/banner.h"
#include "widgets/chip.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using pages::BooksPage;
using pages::KeptCall;
using pages::KeptState;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::buttonNamed;
using widgets::RowState;

namespace {

books::ApiOutcome challenged(const QString &name = u"acr_values"_s, const QString &value = u"c2"_s)
{
    books::ApiOutcome outcome;
    outcome.status = 401;
    outcome.request = u"DELETE /api/v1/books/b1"_s;
    outcome.challenge = net::AuthChallenge{u"Bearer"_s, {}, {{name, value}}};
    return outcome;
}

books::Book bookWith(const QString &id)
{
    books::Book book;
    book.id = id;
    book.title = u"Emma"_s;
    return book;
}

} // namespace

class ProofPanelTest : public QObject, private test::KeptCallBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { beginAsAda(); }

    void cleanup() { m_at.reset(); }

    void aDeleteWaitsAndIsSentOnce()
    {
        const books::Book book = tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        QVERIFY(outcome().isHidden());
        QCOMPARE(panel().headline(), u"Your organization asks for more proof"_s);
        QVERIFY(panel().text().contains(u"has not been deleted: the call is sent again, once"_s));
        QVERIFY(panel().text().contains(u"as Ada Admin"_s) && panel().text().contains(book.title));
        QVERIFY2(panel().timeLeft().startsWith(u"call kept, 4:5"_s) || panel().timeLeft() == u"call kept, 5:00 left"_s,
                 qPrintable(panel().timeLeft()));
        QCOMPARE(panel().rows().value(u"Waiting"_s)->value(), u"DELETE /api/v1/books/"_s + book.id);
        QCOMPARE(panel().rows().value(u"Asked for"_s)->value(), u"authentication context c2, essential (acrs)"_s);
        QVERIFY(panel()
                    .rows()
                    .value(u"Server said"_s)
                    ->value()
                    .startsWith(u"401 Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3"_s));
        QCOMPARE(states(), (QList<RowState>{RowState::done, RowState::done, RowState::next, RowState::pending}));
        QCOMPARE(m_at->page->focusWidget(), button(u"proveMore"_s));
        QVERIFY2(test::announced(*m_at->page).startsWith(u"Your organization asks for more proof"_s),
                 qPrintable(test::announced(*m_at->page)));
        QVERIFY(titleOf(0).endsWith(u", delete waits for you"_s));
        QVERIFY(!button(u"delete"_s)->isEnabled());
        QVERIFY(test::containsPart(test::labelTexts(*m_at->page), u"A delete of this book waits for your proof."_s));
        QVERIFY(proofChip()->isVisible());
        QCOMPARE(proofChip()->findChild<QLabel *>()->accessibleName(),
                 u"More proof is asked for by the last delete."_s);
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        QCOMPARE(deletes(), 1);

        const int total = m_at->page->table().total();
        press(u"proveMore"_s);
        QTRY_VERIFY(!m_opened.empty());
        QVERIFY(button(u"cancelProof"_s)->isVisible() && button(u"copyProofLink"_s)->isEnabled());
        QVERIFY(!button(u"proveMore"_s)->isVisible());
        QCOMPARE(states().at(2), RowState::active);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(!panel().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QCOMPARE(m_at->page->table().total(), total - 1);
        QCOMPARE(deletes(), 2);
        QVERIFY(!proofChip()->isVisible());
        QVERIFY(button(u"delete"_s)->isEnabled());
    }

    void aFreshTokenThatIsEnoughShowsNoPanel()
    {
        QSignalSpy shown(m_at->page.get(), &BooksPage::outcomeShown);
        tryToDelete(Fault::apiAsksForClaims);
        QTRY_COMPARE(shown.count(), 1);
        QVERIFY(!panel().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QVERIFY(outcome().banner().text().endsWith(u"The call was sent again with a fresh token."_s));
        QCOMPARE(deletes(), 2);
    }

    void aRecentSignInIsAskedForInWords()
    {
        tryToDelete(Fault::apiAsksForRecentSignIn);
        QTRY_VERIFY(panel().isVisible());
        QCOMPARE(panel().rows().value(u"Asked for"_s)->value(),
                 u"authentication context c2 (acr_values)\na sign-in not older than 10 min (max_age)"_s);
        press(u"proveMore"_s);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
    }

    void aSignInThatFailsSaysWhyAndTheCallWaits_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<bool>("declines");
        QTest::addColumn<QString>("why");
        QTest::newRow("another account") << u"riley"_s << false << u"the browser came back with Riley Reader"_s;
        QTest::newRow("declined") << u"ada"_s << true << u"declined"_s;
        QTest::newRow("cancelled") << QString() << false << u"Sign-in was cancelled."_s;
    }

    void aSignInThatFailsSaysWhyAndTheCallWaits()
    {
        QFETCH(const QString, persona);
        QFETCH(const bool, declines);
        QFETCH(const QString, why);
        const books::Book book = tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        press(u"proveMore"_s);
        QTRY_VERIFY(!m_opened.empty());
        if (persona.isEmpty())
            press(u"cancelProof"_s);
        else
            comeBack({persona, declines});
        QTRY_VERIFY(button(u"proveMore"_s)->isVisible());
        QVERIFY2(panel().text().contains(why), qPrintable(panel().text()));
        QVERIFY(panel().text().endsWith(u"“%1” has not been deleted."_s.arg(book.title)));
        QCOMPARE(states().at(2), RowState::failed);
        QCOMPARE(m_at->page->focusWidget(), button(u"proveMore"_s));
        QCOMPARE(m_at->desk->desk().session().current()->identity.displayName(), u"Ada Admin"_s);
        QCOMPARE(deletes(), 1);
        press(u"proveMore"_s);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(outcome().isVisible());
        QCOMPARE(deletes(), 2);
    }

    void aDroppedCallIsNotSent()
    {
        tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        m_at->page->activateWindow(); // As after every dialog, without a window system.
        QVERIFY(m_at->isActive());
        QTest::keyClick(m_at->page->focusWidget(), Qt::Key_Escape);
        QVERIFY2(panel().isVisible(), "Esc closes nothing while a call waits");
        press(u"dropCall"_s);
        QVERIFY(!panel().isVisible());
        QVERIFY(!titleOf(0).contains(u"waits"_s));
        QVERIFY(button(u"delete"_s)->isEnabled());
        QCOMPARE(deletes(), 1);
    }

    void theLinkIsForAnotherBrowser()
    {
        tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        press(u"proveMore"_s);
        QTRY_VERIFY(!m_opened.empty());
        press(u"copyProofLink"_s);
        const QUrl link(QApplication::clipboard()->text());
        QVERIFY(link.isValid() && link != m_opened.front() && link.host() == m_opened.front().host());
        press(u"openProofAgain"_s);
        QTRY_COMPARE(m_opened.size(), 2U);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(outcome().isVisible());
    }

    void aChallengedListKeepsItsRows()
    {
        const int total = m_at->page->table().total();
        m_at->desk->sandbox().arm(Fault::apiAsksForPerson, FaultSpan::untilCleared);
        m_at->page->reload();
        QTRY_VERIFY(panel().isVisible());
        QCOMPARE(m_at->page->table().total(), total);
        QVERIFY(panel().text().contains(u"The rows are those from before"_s));
        QCOMPARE(proofChip()->findChild<QLabel *>()->accessibleName(), u"More proof is asked for by the list."_s);
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        press(u"proveMore"_s);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(!listed.isEmpty());
        QVERIFY(listed.back().front().toBool());
        QVERIFY(!panel().isVisible() && outcome().isHidden());
    }

    void aCallThatIsChallengedAgainIsNotKeptAgain()
    {
        m_at->desk->sandbox().arm(Fault::apiAsksForRecentSignIn, FaultSpan::untilCleared);
        tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        press(u"proveMore"_s);
        comeBackAs(u"ada"_s);
        QTRY_VERIFY(outcome().isVisible());
        QCOMPARE(outcome().shown().outcome.kind, books::OutcomeKind::claimsChallenge);
        QVERIFY(!panel().isVisible());
    }

    void anotherChallengeInBetweenDoesNotHideThatACallWasProven()
    {
        KeptCall kept(nullptr);
        kept.setDesk(&m_at->desk->desk());
        const QSignalSpy proven(&kept, &KeptCall::proven);
        QVERIFY(kept.keep(bookWith(u"b1"_s), challenged()));
        kept.prove();
        comeBackAs(u"ada"_s);
        QTRY_COMPARE(proven.size(), 1);
        books::ApiOutcome list = challenged();
        list.request = u"GET /api/v1/books"_s;
        QVERIFY(kept.keep({}, list));
        QVERIFY2(!kept.keep(bookWith(u"b1"_s), challenged()), "it was proven just now");
        QVERIFY2(kept.keep(bookWith(u"b1"_s), challenged()), "it was refused once");
    }

    void theAttemptMayGoWhenTheTimeIsOver()
    {
        KeptCall kept(nullptr, 300ms);
        workspace::Desk &desk = m_at->desk->desk();
        kept.setDesk(&desk);
        QVERIFY(kept.keep(bookWith(u"b1"_s), challenged()));
        kept.prove();
        QTRY_VERIFY(!m_opened.empty());
        bool hasGone = false;
        connect(&kept, &KeptCall::changed, this, [&] {
            const QPointer attempt = desk.attempt();
            if (kept.state() != KeptState::expired || !attempt)
                return;
            attempt->cancel();
            hasGone = QTest::qWaitFor([&] { return attempt.isNull(); });
        });
        QTRY_COMPARE(kept.state(), KeptState::expired);
        QTRY_VERIFY(hasGone);
        QVERIFY(!desk.attempt());
    }

    void withoutACallNothingWasSaid()
    {
        KeptCall kept(nullptr);
        const pages::ProofPanel nothing(kept);
        QCOMPARE(nothing.challenge(), QString());
    }

    void signingOutForgetsTheCall()
    {
        tryToDelete(Fault::apiAsksForPerson);
        QTRY_VERIFY(panel().isVisible());
        m_at->desk->desk().session().signOut();
        QVERIFY(panel().isHidden());
        QVERIFY(!titleOf(0).contains(u"waits"_s));
        QCOMPARE(deletes(), 0); // with everything that was recorded
    }

    void aCallIsKeptForALimitedTime()
    {
        KeptCall kept(nullptr, 300ms);
        pages::ProofPanel shown(kept);
        kept.setDesk(&m_at->desk->desk());
        QVERIFY(kept.keep(bookWith(u"b1"_s), challenged()));
        kept.prove();
        QTRY_VERIFY(!m_opened.empty());
        QTRY_COMPARE(kept.state(), KeptState::expired);
        QVERIFY(!shown.isHidden());
        QCOMPARE(shown.headline(), u"The call that waited for your proof was dropped"_s);
        QVERIFY(shown.text().endsWith(u"“Emma” has not been deleted."_s));
        QTRY_VERIFY(!m_at->desk->desk().attempt());
        QCOMPARE(kept.state(), KeptState::expired);
        QVERIFY(!kept.isFor(u"b1"_s));
        buttonNamed(shown, u"closeProof"_s)->click();
        QVERIFY(shown.isHidden());
    }

    void whatIsNotKept_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("claims that cannot be read") << u"claims"_s << u"$"_s;
        QTest::newRow("nothing asked for") << u"error"_s << u"insufficient_claims"_s;
    }

    void whatIsNotKept()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        KeptCall kept(nullptr);
        QVERIFY(!kept.keep({}, challenged()));
        kept.setDesk(&m_at->desk->desk());
        QVERIFY(!kept.keep({}, challenged(name, value)));
        QVERIFY(!kept.keep({}, books::ApiOutcome()));
        QCOMPARE(kept.state(), KeptState::nothing);
    }

    void aDeleteTakesThePlaceOfAListAndNotTheOtherWayRound()
    {
        KeptCall kept(nullptr);
        kept.setDesk(&m_at->desk->desk());
        QVERIFY(kept.keep({}, challenged()));
        QVERIFY(kept.keep(bookWith(u"b1"_s), challenged()));
        QVERIFY(!kept.keep({}, challenged()));
        QVERIFY(kept.isFor(u"b1"_s));
        kept.noteListAsked();
        QVERIFY(kept.isFor(u"b1"_s));
        kept.drop();
        QVERIFY(kept.keep({}, challenged()));
        kept.noteListAsked();
        QCOMPARE(kept.state(), KeptState::nothing);
    }

    void hostileChallengesAreHarmless()
    {
        pages::WaitingCall call{
            {}, challenged(u"acr_values"_s, u"c\u202e<b>2</b>\n"_s + QString(500, u'x')), {}, {}, {}};
        call.proof = *identity::readClaimsRequest(*call.outcome.challenge);
        for (const widgets::KeyValue &row : pages::proofRows(call)) {
            QVERIFY2(!row.value.contains(QChar(0x202e)), qPrintable(row.value));
            QVERIFY2(row.value.size() < 200, qPrintable(row.value));
        }
    }

private:
    widgets::Chip *proofChip() const
    {
        for (widgets::Chip *chip : m_at->page->findChildren<widgets::Chip *>()) {
            if (chip->text() == u"more proof")
                return chip;
        }
        return nullptr;
    }

    void comeBackAs(const QString &persona) { comeBack({persona, false}); }
};

BOOKDESK_PAGE_TEST_MAIN(ProofPanelTest)
#include "proof-panel-test.moc"
