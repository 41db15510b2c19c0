// Calls that wait for a scope, or for the person to sign in again, against the real Sandbox over real sockets.
#include "app/pages/books/kept-call-bench.h"
#include "core/isolation.h"
#include "core/results.h"
#include "pages/books/access-strip.h"
#include "pages/books/again-banner.h"
#include "pages/books/kept-call.h"
#include "pages/books/proof-texts.h"
#include "widgets/banner.h"
#include "widgets/chip.h"
#include "widgets/key-value-rows.h"

#include <QLabel>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using pages::AgainBanner;
using pages::BooksPage;
using pages::KeptCall;
using pages::KeptState;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::buttonNamed;
using widgets::RowState;

class KeptCallsTest : public QObject, private test::KeptCallBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { beginAsAda(); }

    void cleanup() { m_at.reset(); }

    void aDeleteWaitsForItsScopeAndIsSentOnce()
    {
        const books::Book book = tryToDelete(Fault::apiAsksForScope);
        QTRY_VERIFY(panel().isVisible());
        QVERIFY(outcome().isHidden());
        QCOMPARE(panel().headline(), u"403 Forbidden: the app lacks a permission"_s);
        QVERIFY2(panel().text().contains(u"deleting needs the scope "_s), qPrintable(panel().text()));
        QVERIFY(panel().text().contains(u"Your token carries Books.Read only."_s));
        QVERIFY(panel().text().contains(u"Get it as Ada Admin"_s) && panel().text().contains(book.title));
        QVERIFY(panel().text().contains(u"has not been deleted: the call is sent again, once"_s));
        QVERIFY(panel().rows().value(u"Asked for"_s)->value().endsWith(u"/Books.Write"_s));
        QCOMPARE(button(u"proveMore"_s)->text(), u"Get this scope"_s);
        QCOMPARE(m_at->page->focusWidget(), button(u"proveMore"_s));
        QCOMPARE(states(), (QList<RowState>{RowState::done, RowState::next, RowState::pending, RowState::pending}));
        QVERIFY2(test::announced(*m_at->page).startsWith(u"403 Forbidden: the app lacks a permission"_s),
                 qPrintable(test::announced(*m_at->page)));
        QVERIFY(titleOf(0).endsWith(u", delete waits for you"_s));
        QVERIFY(test::containsPart(test::labelTexts(*m_at->page), u"A delete of this book waits for a scope."_s));
        QVERIFY(test::containsPart(test::labelTexts(*m_at->page), u"scope to get"_s));
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        QCOMPARE(deletes(), 1);
        QVERIFY2(m_opened.empty() && tokenRequests() == 1, "Nothing is asked for without the person's wish");

        const int total = m_at->page->table().total();
        press(u"proveMore"_s);
        QTRY_VERIFY(!m_opened.empty());
        QCOMPARE(states().at(1), RowState::done);
        QCOMPARE(states().at(2), RowState::active);
        comeBack({u"ada"_s, false});
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(!panel().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QCOMPARE(m_at->page->table().total(), total - 1);
        QCOMPARE(deletes(), 2);
    }

    void aScopeThatWasConsentedToNeedsNoBrowser()
    {
        QVERIFY(m_at->desk->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        tryToDelete(Fault::apiAsksForScope);
        QTRY_VERIFY(panel().isVisible());
        press(u"proveMore"_s);
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QVERIFY(m_opened.empty());
        QCOMPARE(deletes(), 2);
    }

    void aScopeThatIsNotGrantedSaysWhyAndTheCallWaits_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<bool>("declines");
        QTest::addColumn<QString>("why");
        QTest::newRow("another account") << u"riley"_s << false << u"the browser came back with Riley Reader"_s;
        QTest::newRow("declined") << u"ada"_s << true << u"declined"_s;
        QTest::newRow("cancelled") << QString() << false << u"Sign-in was cancelled."_s;
    }

    void aScopeThatIsNotGrantedSaysWhyAndTheCallWaits()
    {
        QFETCH(const QString, persona);
        QFETCH(const bool, declines);
        QFETCH(const QString, why);
        const books::Book book = tryToDelete(Fault::apiAsksForScope);
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
        QCOMPARE(deletes(), 1);
        QCOMPARE(m_at->desk->desk().session().current()->identity.displayName(), u"Ada Admin"_s);
    }

    void whereNoBrowserWasOpenedNoneHasFailed()
    {
        tryToDelete(Fault::apiAsksForScope);
        QTRY_VERIFY(panel().isVisible());
        m_at->desk->stopSandbox();
        press(u"proveMore"_s);
        QTRY_VERIFY(button(u"proveMore"_s)->isVisible());
        QVERIFY(m_opened.empty());
        QCOMPARE(states(), (QList<RowState>{RowState::done, RowState::failed, RowState::pending, RowState::pending}));
        QCOMPARE(panel().steps().at(1)->note(), u"failed"_s);
        QCOMPARE(panel().steps().at(2)->note(), u"if asked to"_s);
    }

    void severalScopesAreNamedOneByOne()
    {
        pages::WaitingCall call;
        call.waitsFor = pages::WaitsFor::scopes;
        call.outcome.obtainable = {u"Books.Read"_s, u"Books.\u202eWrite"_s};
        const std::vector<widgets::KeyValue> rows = pages::proofRows(call);
        QCOMPARE(rows.at(1).value, u"Books.Read\nBooks.\\u{202E}Write"_s);
        QCOMPARE(pages::proofAction(call), u"Get these scopes"_s);
        call.outcome.obtainable.removeLast();
        QCOMPARE(pages::proofAction(call), u"Get this scope"_s);
    }

    void aScopeThatTheConnectionDoesNotListIsNotOffered()
    {
        narrowConnection();
        tryToDelete(Fault::apiAsksForScope);
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(!panel().isVisible());
        QVERIFY2(outcome().shown().outcome.remedy.startsWith(u"This connection does not list "_s),
                 qPrintable(outcome().shown().outcome.remedy));
        QVERIFY(!button(u"outcomeSignIn"_s));
        QCOMPARE(deletes(), 1);
    }

    void anExpiredSessionKeepsTheRowsUntilThePersonIsBack()
    {
        const int total = m_at->page->table().total();
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        endSession();
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(outcome().isHidden() && !panel().isVisible());
        QCOMPARE(banner().headline(), isolatedName() + u" needs you to sign in again"_s);
        static const QRegularExpression rows(u"^The books of .*[0-9]+:[0-9]{2}.* stay visible until then\\.$"_s);
        QVERIFY2(rows.match(banner().text()).hasMatch(), qPrintable(banner().text()));
        QCOMPARE(m_at->page->table().total(), total);
        QVERIFY(test::containsPart(accessTexts(), u"As of "_s));
        static const QRegularExpression chip(u"^At .*[0-9]+:[0-9]{2}.*, reading was allowed\\. Scope "_s);
        const QStringList names = accessNames();
        QVERIFY2(names.filter(chip).size() == 1, qPrintable(names.join(u'\n')));
        QVERIFY(test::containsPart(accessTexts(), u"Scope Books.Read is in your token."_s));
        QCOMPARE(m_at->page->focusWidget(), button(u"signInAgain"_s));
        QVERIFY2(test::announced(*m_at->page).contains(u"needs you to sign in again"_s),
                 qPrintable(test::announced(*m_at->page)));
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        const qsizetype before = listed.size();
        press(u"signInAgain"_s);
        QTRY_VERIFY(!m_opened.empty());
        QTRY_VERIFY(button(u"openAttemptAgain"_s) && button(u"copyAttemptLink"_s));
        comeBack({u"ada"_s, false});
        QTRY_VERIFY(listed.size() > before);
        QVERIFY(listed.back().front().toBool());
        QVERIFY(!banner().isVisible() && outcome().isHidden());
        QVERIFY(!test::containsPart(accessTexts(), u"As of "_s));
    }

    void whyTheSessionIsOverIsSaid()
    {
        expireToken();
        identity::Session &session = m_at->desk->desk().session();
        identity::SignedIn signedIn = *session.current();
        signedIn.tokens.refreshToken = Secret("no-such-refresh-token");
        session.beginAgain(signedIn);
        QVERIFY(!session.needsSignIn());
        m_at->page->reload();
        QTRY_VERIFY(banner().isVisible());
        QVERIFY2(banner().text().startsWith(u"The code or refresh token is not valid. The books of "_s),
                 qPrintable(banner().text()));
        QVERIFY(banner().text().endsWith(u"stay visible until then."_s));
    }

    void aDeleteWaitsForTheSignInAndIsSentOnce()
    {
        expireToken();
        const books::Book book = tryToDelete();
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(banner().text().contains(u"has not been deleted: the call is sent again, once"_s));
        QVERIFY(banner().text().contains(book.title));
        QVERIFY(titleOf(0).endsWith(u", delete waits for you"_s));
        QCOMPARE(deletes(), 1);
        const int total = m_at->page->table().total();
        press(u"signInAgain"_s);
        comeBack({u"ada"_s, false});
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QCOMPARE(deletes(), 2);
        QCOMPARE(m_at->page->table().total(), total - 1);
    }

    void aDeleteThatWaitsForTheSignInCanBeDropped()
    {
        expireToken();
        tryToDelete();
        QTRY_VERIFY(banner().isVisible());
        QTRY_VERIFY2(chipText().startsWith(u"call kept, 4:5"_s), qPrintable(chipText()));
        const QString first = chipText();
        QTRY_VERIFY(chipText() != first);
        press(u"signInAgain"_s);
        QTRY_VERIFY(!m_opened.empty());
        QVERIFY(chipText().startsWith(u"call kept, "_s));
        press(u"cancelAttempt"_s);
        press(u"dropDelete"_s);
        QVERIFY(!banner().isVisible());
        QVERIFY(!titleOf(0).contains(u"waits"_s));
        workspace::Desk &desk = m_at->desk->desk();
        const test::Outcome<void> signedIn = test::begin(desk.signIn(desk.againOptions()));
        comeBack({u"ada"_s, false});
        QTRY_VERIFY(!desk.session().needsSignIn());
        QCOMPARE(deletes(), 1);
    }

    void anotherAccountIsRefusedAndNamed()
    {
        expireToken();
        tryToDelete();
        QTRY_VERIFY(banner().isVisible());
        press(u"signInAgain"_s);
        comeBack({u"riley"_s, false});
        QTRY_VERIFY(button(u"signInAgain"_s) && button(u"signInAgain"_s)->isVisible());
        QVERIFY2(banner().text().contains(u"the browser came back with"_s), qPrintable(banner().text()));
        QVERIFY(banner().text().contains(u"Riley Reader"_s));
        QCOMPARE(m_at->desk->desk().session().current()->identity.displayName(), u"Ada Admin"_s);
        QCOMPARE(deletes(), 1);
    }

    void whoSignsInFromElsewhereIsBackToo()
    {
        expireToken();
        tryToDelete();
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(deletes(), 1);
        workspace::Desk &desk = m_at->desk->desk();
        const test::Outcome<void> signedIn = test::begin(desk.signIn(desk.againOptions()));
        comeBack({u"ada"_s, false});
        QTRY_VERIFY(outcome().isVisible());
        QVERIFY(outcome().shown().outcome.isOk());
        QVERIFY(!banner().isVisible());
        QCOMPARE(deletes(), 2);
    }

    void aCallThatIsTooOldIsNotSent()
    {
        expireToken();
        KeptCall kept(nullptr, 200ms);
        AgainBanner shown(kept);
        kept.setDesk(&m_at->desk->desk());
        books::Book book;
        book.id = u"b1"_s;
        book.title = u"Emma"_s;
        books::ApiOutcome expired;
        expired.status = 401;
        expired.kind = books::OutcomeKind::expired;
        expired.request = u"DELETE /api/v1/books/b1"_s;
        QVERIFY(kept.keep(book, expired));
        QTRY_COMPARE(kept.state(), KeptState::expired);
        QVERIFY(shown.text().endsWith(u"“Emma” has not been deleted."_s));
        const QSignalSpy asked(&shown, &AgainBanner::signInAsked);
        const QSignalSpy proven(&kept, &KeptCall::proven);
        buttonNamed(shown, u"signInAgain"_s)->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(proven.isEmpty());
        shown.close();
        QCOMPARE(kept.state(), KeptState::nothing);
    }

    void aTokenThatARefreshCanReplaceWaitsForNobody()
    {
        m_at->desk->sandbox().arm(Fault::accessTokenExpired, FaultSpan::untilCleared);
        QVERIFY(QCoro::waitFor(m_at->desk->desk().session().refresh()));
        m_at->page->reload();
        QTRY_VERIFY(outcome().isVisible());
        QCOMPARE(outcome().shown().outcome.kind, books::OutcomeKind::expired);
        QVERIFY(!banner().isVisible());
    }

private:
    const AgainBanner &banner() const { return *m_at->page->findChild<AgainBanner *>(); }
    QString chipText() const { return banner().findChild<widgets::Chip *>()->text(); }
    QString isolatedName() const { return isolated(m_at->desk->desk().connection().name); }
    QStringList accessTexts() const { return test::labelTexts(*m_at->page->findChild<pages::AccessStrip *>()); }

    /// What screen readers say of the chips.
    QStringList accessNames() const
    {
        QStringList names;
        for (const widgets::Chip *chip : m_at->page->findChild<pages::AccessStrip *>()->findChildren<widgets::Chip *>())
            names += chip->findChild<QLabel *>()->accessibleName();
        return names;
    }

    int tokenRequests() const
    {
        return sent([](const net::Exchange &exchange) { return QUrl(exchange.url).path().endsWith(u"/token"_s); });
    }

    /// The token has expired, and there is no refresh token to renew it with.
    void expireToken()
    {
        identity::Session &session = m_at->desk->desk().session();
        m_at->desk->sandbox().arm(Fault::accessTokenExpired, FaultSpan::once);
        QVERIFY(QCoro::waitFor(session.refresh()));
        identity::SignedIn signedIn = *session.current();
        signedIn.tokens.refreshToken = {};
        session.beginAgain(signedIn);
        QVERIFY(session.needsSignIn());
    }

    void endSession()
    {
        expireToken();
        m_at->page->reload();
    }

    /// The same person at a connection that lists the scope for reading alone.
    void narrowConnection()
    {
        JsonObject file = m_at->desk->sandbox().connectionFile();
        const JsonArray all = *file.find(u"scopes")->asArray();
        m_at->page.reset();
        m_at->desk = std::make_unique<test::SandboxDesk>(sandbox::SandboxOptions(),
                                                         JsonObject{{u"scopes"_s, JsonArray{all.front()}}});
        m_at->page = std::make_unique<BooksPage>();
        m_at->page->resize(980, 720);
        m_at->page->setDesk(&m_at->desk->desk());
        m_at->page->show();
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"ada"_s})), QString());
        QTRY_VERIFY(!listed.isEmpty());
    }
};

BOOKDESK_PAGE_TEST_MAIN(KeptCallsTest)
#include "kept-calls-test.moc"
