// The token page as a person uses it, against the real Sandbox over real sockets.
#include "app/desk-page-fixture.h"
#include "pages/token/checks-list.h"
#include "pages/token/claims-card.h"
#include "pages/token/claims-model.h"
#include "pages/token/grants-card.h"
#include "pages/token/raw-token-view.h"
#include "pages/token/token-clipboard.h"
#include "pages/token/token-page.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/chip.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::TokenPage;

class TokenPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ahead = {};
        m_at = std::make_unique<test::DeskPageFixture<TokenPage>>(nullptr, [this] { return systemNow() + m_ahead; });
        QVERIFY(m_at->isActive());
    }

    void cleanup() { m_at.reset(); }

    void whileNobodyIsSignedInItLeadsToTheSignIn()
    {
        QSignalSpy asked(m_at->page.get(), &TokenPage::signInAsked);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"goToSignIn"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void saysThatAGoodTokenIsVerified()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::ok);
        QVERIFY(m_at->page->verdict().headline().startsWith("Verified on this computer"_L1));
        QVERIFY(m_at->page->life().text().endsWith(" left"_L1));
        QCOMPARE(m_at->page->life().isVisible(), true);
    }

    void listsTheChecksInTheirOrderWithTheirResults()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const auto &checks = m_at->desk->desk().session().current()->accessToken.verification.checks;
        const pages::ChecksModel *model = m_at->page->findChild<pages::ChecksList *>()->checks();
        QCOMPARE(model->rowCount(), int(checks.size()));
        QCOMPARE(model->index(0).data(Qt::AccessibleTextRole).toString(),
                 u"Structure passed: three parts, header and claims are JSON"_s);
        for (int row = 0; row < model->rowCount(); ++row)
            QCOMPARE(model->index(row).data(pages::ChecksModel::nameRole).toString(),
                     jose::checkName(checks[std::size_t(row)].kind));
    }

    void showsClaimsWithTheirMeanings()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(meaningOf(u"aud"_s), u"For the books API"_s);
        QCOMPARE(meaningOf(u"azp"_s), u"The app that asked: Bookdesk"_s);
        QVERIFY(meaningOf(u"exp"_s).startsWith("Expires "_L1));
        QCOMPARE(valueOf(u"scp"_s), u"Books.Read"_s);
        m_at->page->findChild<QLineEdit *>(u"claimFilter"_s)->setText(u"riley.reader"_s);
        QCOMPARE(table()->model()->rowCount(), 1);
    }

    void showsTheHeader()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::headerView);
        QCOMPARE(valueOf(u"alg"_s), u"RS256"_s);
        QVERIFY(!meaningOf(u"kid"_s).isEmpty());
    }

    void showsWhatIsHeldAndWhatIsLacking()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(chipKinds(), (QMap<QString, widgets::Kind>{{u"Books.Read"_s, widgets::Kind::ok},
                                                            {u"Books.Write"_s, widgets::Kind::neutral},
                                                            {u"Books.Reader"_s, widgets::Kind::ok},
                                                            {u"Books.Admin"_s, widgets::Kind::neutral}}));
    }

    void knowsTheScopesOfTheConnection()
    {
        const QString api = u"api://6f1c/"_s;
        QCOMPARE(pages::knownGrants({api + u"Books.Export"_s, api + u"Books.Read"_s, u"offline_access"_s}).scopes,
                 (QStringList{u"Books.Read"_s, u"Books.Write"_s, u"Books.Export"_s}));
        QVERIFY(!pages::knownGrants({api + u".default"_s}).scopes.contains(u".default"_s));
    }

    void aFreshTokenBringsANewRole()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->desk->sandbox().grantRole(u"riley"_s, u"Books.Admin"_s);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"getFreshToken"_s), Qt::LeftButton);
        QTRY_COMPARE(chipKinds().value(u"Books.Admin"_s), widgets::Kind::ok);
        QTRY_VERIFY(test::buttonNamed(*m_at->page, u"getFreshToken"_s)->isEnabled());
    }

    void aFailedRefreshLeavesTheTokenAsItIs()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->desk->stopSandbox();
        getFreshToken();
        QTRY_VERIFY(test::containsPart(test::labelTexts(m_at->notice), u"No fresh token"_s));
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::ok); // the old token is as good as before
    }

    void saysWhatIsWrongWithAToken_data()
    {
        QTest::addColumn<sandbox::Fault>("fault");
        QTest::addColumn<QString>("headline");
        QTest::newRow("expired") << sandbox::Fault::accessTokenExpired << u"has expired"_s;
        QTest::newRow("for another audience") << sandbox::Fault::accessTokenWrongAudience << u"another audience"_s;
        QTest::newRow("with a broken signature")
            << sandbox::Fault::accessTokenSignatureBroken << u"changed, or forged"_s;
    }
    void saysWhatIsWrongWithAToken()
    {
        QFETCH(sandbox::Fault, fault);
        QFETCH(QString, headline);
        m_at->desk->sandbox().arm(fault, sandbox::FaultSpan::once);
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::bad);
        QVERIFY2(m_at->page->verdict().headline().contains(headline), qPrintable(m_at->page->verdict().headline()));
        QVERIFY(m_at->page->verdict().rows().value(u"To fix"_s));
        tabs()->setCurrentIndex(TokenPage::idTab);
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::ok);
    }

    void noticesWhenATokenExpiresBeforeOnesEyes()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::ok);
        m_ahead = std::chrono::hours(2);
        QTRY_COMPARE(m_at->page->verdict().kind(), widgets::Kind::bad);
        QVERIFY(m_at->page->verdict().headline().contains(u"has expired"_s));
        QTRY_VERIFY(m_at->page->life().text().startsWith("expired"_L1));
    }

    void theIdTokenSaysWhoAndOpensNothing()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        tabs()->setCurrentIndex(TokenPage::idTab);
        QCOMPARE(meaningOf(u"aud"_s), u"For Bookdesk, the app that signs you in"_s);
        QVERIFY(!m_at->page->findChild<pages::GrantsCard *>()->isVisible());
        QVERIFY(m_at->page->verdict().headline().startsWith("Verified when it arrived"_L1));
        m_ahead = std::chrono::hours(2);
        tabs()->setCurrentIndex(TokenPage::accessTab);
        tabs()->setCurrentIndex(TokenPage::idTab);
        QVERIFY(m_at->page->verdict().headline().startsWith("Verified when it arrived"_L1));
    }

    void theRawTokenIsMaskedUntilItIsRevealed()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QVERIFY(!rawText().contains(accessToken().left(12)));
        auto *reveal = test::buttonNamed(*m_at->page, u"reveal"_s);
        QTest::mouseClick(reveal, Qt::LeftButton);
        QCOMPARE(rawText(), accessToken());
        views()->setCurrentIndex(pages::ClaimsCard::claimsView);
        QVERIFY(!rawText().contains(accessToken().left(12)));
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QVERIFY(!rawText().contains(accessToken().left(12)));
    }

    void aRevealedTokenGivesWayToTheNextOneMasked()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"reveal"_s), Qt::LeftButton);
        const QString before = rawText();
        getFreshToken();
        QTRY_VERIFY(accessToken() != before);
        QVERIFY(!rawText().contains(accessToken().left(12)));
        QVERIFY(!m_at->page->findChild<pages::RawTokenView *>()->isRevealed());
    }

    void copyingAsksOnceInASession()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QApplication::clipboard()->setText(u"before"_s);
        auto *copy = test::buttonNamed(*m_at->page, u"copyToken"_s);
        QTest::mouseClick(copy, Qt::LeftButton);
        QVERIFY(copyQuestion());
        QTest::keyClick(copyQuestion(), Qt::Key_Return); // Cancel is the default
        QTRY_VERIFY(!copyQuestion());
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
        QTest::mouseClick(copy, Qt::LeftButton);
        QTest::mouseClick(test::buttonWithText(*copyQuestion(), u"Copy token"_s), Qt::LeftButton);
        QTRY_COMPARE(QApplication::clipboard()->text(), accessToken());
        QTRY_VERIFY(!copyQuestion());
        QApplication::clipboard()->setText(u"between"_s);
        QTest::mouseClick(copy, Qt::LeftButton);
        QVERIFY(!copyQuestion());
        QCOMPARE(QApplication::clipboard()->text(), accessToken());
        m_at->desk->desk().session().signOut();
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QTest::mouseClick(copy, Qt::LeftButton);
        QVERIFY(copyQuestion());
    }

    void aQuestionAboutCopyingIsForOnePerson()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QApplication::clipboard()->setText(u"before"_s);
        Q_EMIT m_at->page->findChild<pages::ClaimsCard *>()->tokenCopyAsked();
        QVERIFY(copyQuestion());
        QCOMPARE(signIn(u"ada"_s), QString());
        QTest::mouseClick(test::buttonWithText(*copyQuestion(), u"Copy token"_s), Qt::LeftButton);
        QTRY_VERIFY(!copyQuestion());
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
    }

    void nothingIsCopiedOfAPersonWhoHasGone()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->desk->desk().session().signOut();
        QApplication::clipboard()->setText(u"before"_s);
        Q_EMIT m_at->page->findChild<pages::ClaimsCard *>()->tokenCopyAsked();
        QTest::mouseClick(test::buttonWithText(*copyQuestion(), u"Copy token"_s), Qt::LeftButton);
        QTRY_VERIFY(!copyQuestion());
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
    }

    void checksAreTheSameUntilOneChanges()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const jose::Verification verification = m_at->desk->desk().session().current()->accessToken.verification;
        pages::ChecksModel model;
        model.setVerification(verification, verification.at);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setVerification(verification, verification.at);
        QCOMPARE(changes.size(), 0);
        const TimePoint later = verification.at + std::chrono::hours(2);
        model.setVerification(jose::judgedAgain(verification, later), later);
        QCOMPARE(changes.size(), 1);
    }

    void theClipboardIsClearedAfterItsTimeOnlyWhileItHoldsTheToken()
    {
        pages::TokenClipboard clipboard(std::chrono::milliseconds(20));
        clipboard.copy(Secret("a token of some length"));
        QCOMPARE(QApplication::clipboard()->text(), u"a token of some length"_s);
        QTRY_COMPARE(QApplication::clipboard()->text(), QString());
        clipboard.copy(Secret("another token"));
        QApplication::clipboard()->setText(u"something else"_s);
        clipboard.clear();
        QCOMPARE(QApplication::clipboard()->text(), u"something else"_s);
    }

    void aTokenDoesNotOutliveItsClipboard()
    {
        std::make_unique<pages::TokenClipboard>()->copy(Secret("gone with its owner"));
        QCOMPARE(QApplication::clipboard()->text(), QString());
    }

    void signingOutTakesEverythingAway()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"reveal"_s), Qt::LeftButton);
        const QString token = rawText();
        m_at->desk->desk().session().signOut();
        QVERIFY(!rawText().contains(token.left(12)));
        QCOMPARE(table()->model()->rowCount(), 0);
        QVERIFY(test::buttonNamed(*m_at->page, u"goToSignIn"_s)->isVisible());
    }

    void survivesADeskThatGoesWhileItRefreshes()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        getFreshToken();
        m_at->desk.reset();
        m_at->page->setDesk(nullptr);
        QVERIFY(test::buttonNamed(*m_at->page, u"goToSignIn"_s)->isVisible());
    }

    void everyControlHasAName()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
    }

private:
    /// Returns what went wrong, if anything.
    QString signIn(const QString &personaId)
    {
        const QString problem = test::problemOf(m_at->desk->signIn({personaId, false}));
        if (!problem.isEmpty())
            return problem;
        return m_at->desk->desk().session().current() ? QString() : u"nobody is signed in"_s;
    }

    void getFreshToken() { QTest::mouseClick(test::buttonNamed(*m_at->page, u"getFreshToken"_s), Qt::LeftButton); }

    QTableView *table() const { return m_at->page->findChild<QTableView *>(u"claims"_s); }
    QTabBar *tabs() const { return m_at->page->findChild<QTabBar *>(u"tokenTabs"_s); }
    QTabBar *views() const { return m_at->page->findChild<QTabBar *>(u"tokenViews"_s); }
    QMessageBox *copyQuestion() const { return m_at->page->findChild<QMessageBox *>(u"confirmCopy"_s); }
    QString rawText() const { return m_at->page->findChild<QPlainTextEdit *>(u"rawToken"_s)->toPlainText(); }

    QString accessToken() const
    {
        return QString::fromLatin1(m_at->desk->desk().session().current()->tokens.accessToken.reveal());
    }

    QString cellOf(const QString &claim, int column) const
    {
        const QAbstractItemModel *model = table()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, pages::ClaimsModel::nameColumn).data().toString() == claim)
                return model->index(row, column).data().toString();
        }
        return {};
    }
    QString valueOf(const QString &claim) const { return cellOf(claim, pages::ClaimsModel::valueColumn); }
    QString meaningOf(const QString &claim) const { return cellOf(claim, pages::ClaimsModel::meaningColumn); }

    QMap<QString, widgets::Kind> chipKinds() const
    {
        QMap<QString, widgets::Kind> kinds;
        for (const widgets::Chip *chip : m_at->page->findChild<pages::GrantsCard *>()->findChildren<widgets::Chip *>())
            kinds.insert(chip->text(), chip->kind());
        return kinds;
    }

    std::chrono::hours m_ahead{};
    std::unique_ptr<test::DeskPageFixture<TokenPage>> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(TokenPageTest)
#include "token-page-test.moc"
