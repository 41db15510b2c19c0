// The token page as a person uses it, against the real Sandbox over real sockets.
#include "app/desk-page-fixture.h"
#include "core/errors.h"
#include "pages/token/checks-list.h"
#include "pages/token/claims-card.h"
#include "pages/token/claims-model.h"
#include "pages/token/compare-view.h"
#include "pages/token/comparison-delegate.h"
#include "pages/token/grants-card.h"
#include "pages/token/keys-delegate.h"
#include "pages/token/keys-texts.h"
#include "pages/token/keys-view.h"
#include "pages/token/paste-card.h"
#include "pages/token/raw-token-view.h"
#include "pages/token/report-view.h"
#include "pages/token/token-clipboard.h"
#include "pages/token/token-page.h"
#include "style/colors.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/chip.h"

#include <QBrush>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryFile>
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
        m_at = std::make_unique<test::DeskPageFixture<TokenPage>>(
            nullptr, [this] { return systemNow() + m_ahead; }, desks());
        QVERIFY(m_at->isActive());
    }

    void cleanup() { m_at.reset(); }

    void whileNobodyIsSignedInItLeadsToTheSignIn()
    {
        QSignalSpy asked(m_at->page.get(), &TokenPage::signInAsked);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"goToSignIn"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void offersOnlyWhatThereIsATokenFor()
    {
        const auto *compare = test::buttonNamed(*m_at->page, u"compareTokens"_s);
        const auto *report = test::buttonNamed(*m_at->page, u"reportToken"_s);
        QVERIFY(!compare->isEnabled() && !report->isEnabled());
        tabs()->setCurrentIndex(TokenPage::pasteTab);
        QVERIFY(!compare->isEnabled() && !report->isEnabled());
        paste(u"eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL290aGVyLnRlc3QiLCJleHAiOjF9.AAAA"_s);
        QTRY_VERIFY(compare->isEnabled() && report->isEnabled());
        tabs()->setCurrentIndex(TokenPage::accessTab);
        QVERIFY(compare->isEnabled() && !report->isEnabled());
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

    void theFirstFailureIsInViewAndLeavesTheFocusAlone()
    {
        m_at->page->resize(860, 520);
        m_at->desk->sandbox().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::once);
        QCOMPARE(signIn(u"riley"_s), QString());
        QTRY_VERIFY(isFirstFailureInView());
        QVERIFY(!m_at->page->findChild<pages::ChecksList *>()->hasFocus());
    }

    void theClaimThatFailedStandsOut()
    {
        m_at->desk->sandbox().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::once);
        QCOMPARE(signIn(u"riley"_s), QString());
        const QAbstractItemModel *claims = table()->model();
        for (int row = 0; row < claims->rowCount(); ++row) {
            const bool isAudience = claims->index(row, 0).data().toString() == "aud"_L1;
            const QModelIndex meaning = claims->index(row, pages::ClaimsModel::meaningColumn);
            QCOMPARE(meaning.data(Qt::FontRole).isValid(), isAudience);
            QCOMPARE(meaning.data(Qt::ForegroundRole).value<QBrush>().color() == style::color(style::Role::bad),
                     isAudience);
        }
    }

    void theRoomBelowFewChecksIsLeftToTheScopes()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->resize(1600, 1600);
        const auto *checks = m_at->page->findChild<pages::ChecksList *>();
        QTRY_COMPARE(checks->height(), checks->sizeHint().height());
        QCOMPARE(checks->verticalScrollBar()->maximum(), 0);
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
        QVERIFY(!rawText().contains(accessToken().right(12)));
        auto *reveal = test::buttonNamed(*m_at->page, u"reveal"_s);
        QTest::mouseClick(reveal, Qt::LeftButton);
        QCOMPARE(rawText(), accessToken());
        views()->setCurrentIndex(pages::ClaimsCard::claimsView);
        QVERIFY(!rawText().contains(accessToken().right(12)));
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QVERIFY(!rawText().contains(accessToken().right(12)));
    }

    void aRevealedTokenGivesWayToTheNextOneMasked()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"reveal"_s), Qt::LeftButton);
        const QString before = rawText();
        getFreshToken();
        QTRY_VERIFY(accessToken() != before);
        QVERIFY(!rawText().contains(accessToken().right(12)));
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
        Q_EMIT m_at->page->findChild<pages::ClaimsCard *>()->copyAsked(Secret("a token of some length"));
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
        Q_EMIT m_at->page->findChild<pages::ClaimsCard *>()->copyAsked({});
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
        QVERIFY(!rawText().contains(token.right(12)));
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

    void aPastedTokenIsVerifiedAndBelongsToNobody()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        paste(u"Authorization: Bearer \""_s + accessToken() + u'"');
        QCOMPARE(tabs()->currentIndex(), int(TokenPage::pasteTab));
        QVERIFY(test::buttonNamed(*m_at->page, u"getFreshToken"_s)->isHidden());
        QTRY_COMPARE(m_at->page->verdict().kind(), widgets::Kind::ok);
        QVERIFY(m_at->page->verdict().headline().startsWith("Verified"_L1));
        QCOMPARE(label(u"takenOff"_s)->text(), u"Taken off: Authorization: Bearer, two quotes"_s);
        QVERIFY(!label(u"takenOff"_s)->isHidden());
        QVERIFY(label(u"judge"_s)->text().contains("cached keys, nothing was sent"_L1));
        QVERIFY(!pastedText().contains(accessToken().right(12)));
        QVERIFY(pastedText().startsWith(accessToken().left(40)));
        m_at->desk->desk().session().signOut();
        QVERIFY(pastedText().startsWith("eyJ"_L1));
        QVERIFY(m_at->page->verdict().isVisible());
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"clearPaste"_s), Qt::LeftButton);
        QCOMPARE(pastedText(), QString());
        QVERIFY(!m_at->page->verdict().isVisible());
    }

    void pasteGoesToTheFieldThatHasTheFocus()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        auto *filter = m_at->page->findChild<QLineEdit *>(u"claimFilter"_s);
        filter->setFocus();
        QApplication::clipboard()->setText(u"name"_s);
        QTest::keySequence(filter, QKeySequence::Paste);
        QCOMPARE(filter->text(), u"name"_s);
        QCOMPARE(tabs()->currentIndex(), int(TokenPage::accessTab));
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        auto *raw = m_at->page->findChild<QPlainTextEdit *>(u"rawToken"_s);
        raw->setFocus();
        QTest::keySequence(raw, QKeySequence::Paste);
        QCOMPARE(tabs()->currentIndex(), int(TokenPage::pasteTab));
    }

    void saysWhatIsPastedInsteadOfAToken()
    {
        paste(u"<!doctype html><p>no"_s);
        QVERIFY(label(u"noToken"_s)->text().startsWith("This is a web page"_L1));
        QVERIFY(label(u"noToken"_s)->isVisible() && !m_at->page->verdict().isVisible());
        // The field takes pastes and drops of its own.
        auto *field = m_at->page->findChild<QPlainTextEdit *>(u"pasteField"_s);
        field->setFocus();
        QApplication::clipboard()->setText(u"an-opaque-reference-token"_s);
        QTest::keySequence(field, QKeySequence::Paste);
        QTRY_VERIFY(m_at->page->verdict().isVisible());
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::warn);
        QVERIFY(!pastedText().contains(u"opaque"_s));
        QCOMPARE(label(u"judge"_s)->text(), u"Its issuer cannot be read; nothing was sent."_s);
        QVERIFY(!test::buttonNamed(*m_at->page, u"partHeader"_s)->isVisible());
    }

    void aFileCanBeDropped()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        tabs()->setCurrentIndex(TokenPage::pasteTab);
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(accessToken().toLatin1()) > 0 && file.flush());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        drop(data);
        QTRY_VERIFY(pastedText().startsWith(accessToken().left(40)));
        QTRY_VERIFY(m_at->page->verdict().isVisible());
        QCOMPARE(m_at->page->verdict().kind(), widgets::Kind::ok);
    }

    void anUnknownIssuerLeadsToANewConnection()
    {
        paste(u"eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL290aGVyLnRlc3QiLCJleHAiOjF9.AAAA"_s);
        QTRY_COMPARE(m_at->page->verdict().headline(), u"No connection trusts this issuer"_s);
        QVERIFY(m_at->page->verdict().text().contains(u"https://other.test"_s));
        QSignalSpy asked(m_at->page.get(), &TokenPage::addConnectionAsked);
        QTest::mouseClick(test::buttonWithText(*m_at->page, u"Add connection…"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void partsAreSelectedTheSignatureOnlyWhenRevealed()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        const QStringList parts = accessToken().split(u'.');
        auto *raw = m_at->page->findChild<QPlainTextEdit *>(u"rawToken"_s);
        const auto click = [this](const QString &name) {
            for (QPushButton *button : m_at->page->findChildren<QPushButton *>(name)) {
                if (button->isVisible())
                    QTest::mouseClick(button, Qt::LeftButton);
            }
        };
        click(u"partHeader"_s);
        QCOMPARE(raw->textCursor().selectedText(), parts[0]);
        click(u"partClaims"_s);
        QTest::keySequence(raw, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), parts[1]);
        click(u"partSignature"_s);
        QCOMPARE(raw->textCursor().selectedText(), parts[1]);
        click(u"reveal"_s);
        click(u"partSignature"_s);
        QCOMPARE(raw->textCursor().selectedText(), parts[2]);
        // A signature is not copied unasked.
        QTest::keySequence(raw, QKeySequence::Copy);
        QVERIFY(copyQuestion());
        QCOMPARE(QApplication::clipboard()->text(), parts[1]);
        QTest::mouseClick(test::buttonWithText(*copyQuestion(), u"Copy token"_s), Qt::LeftButton);
        QTRY_COMPARE(QApplication::clipboard()->text(), parts[2]);
        QTRY_VERIFY(!copyQuestion());
        QVERIFY(test::containsPart(test::labelTexts(*m_at->page), u"The token was copied"_s));
    }

    void copiesWhatIsShown()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->findChild<QLineEdit *>(u"claimFilter"_s)->setText(u"riley.reader"_s);
        QTest::mouseClick(m_at->page->findChild<QAbstractButton *>(u"copyClaims"_s), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), u"{\n  \"preferred_username\": \"riley.reader@sandbox.test\"\n}"_s);
    }

    void theKeysOfTheIssuerAreShownAndRefreshed()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->showPart(u"keys"_s);
        QCOMPARE(tabs()->currentIndex(), int(TokenPage::keysTab));
        const auto *issuers = m_at->page->findChild<QListWidget *>(u"issuers"_s);
        QCOMPARE(issuers->count(), 1);
        QVERIFY(issuers->item(0)->text().startsWith("Sandbox, current\n"_L1));
        auto *keys = m_at->page->findChild<QTableView *>(u"keys"_s);
        QVERIFY(keys->model()->rowCount() > 0);
        const QString kid = keys->model()->index(0, 0).data().toString();
        QVERIFY(kid.size() > 20);
        keys->setCurrentIndex(keys->model()->index(0, 2));
        keys->setFocus();
        QTest::keySequence(keys, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), kid);
        QVERIFY(!m_at->page->findChild<QWidget *>(u"leftOutKeys"_s)->isVisible());
        auto *refresh = test::buttonNamed(*m_at->page, u"refreshKeys"_s);
        QTest::mouseClick(refresh, Qt::LeftButton);
        QVERIFY(!refresh->isEnabled()); // it rests
        QTRY_VERIFY(test::containsPart(test::labelTexts(*m_at->page), u"no change"_s) ||
                    test::containsPart(test::labelTexts(*m_at->page), u" › "_s));
    }

    void theStateOfAKeyIsAChip()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->showPart(u"keys"_s);
        const QAbstractItemModel *keys = m_at->page->findChild<QTableView *>(u"keys"_s)->model();
        QStringList states;
        for (int row = 0; row < keys->rowCount(); ++row) {
            const QModelIndex state = keys->index(row, keys->columnCount() - 1);
            states += state.data().toString();
            QCOMPARE(state.data(pages::KeysDelegate::isUsedRole).toBool(), states.last() == "in use"_L1);
        }
        QVERIFY(states.contains(u"in use"_s));
    }

    void theExchangesOfAnIssuerAreAskedFor()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->showPart(u"keys"_s);
        const QSignalSpy asked(m_at->page.get(), &TokenPage::pageAsked);
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"showKeyExchanges"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"activity/login"_s);
    }

    void anUnknownKeyIsNews()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const std::vector<identity::KeySnapshot> before = m_at->desk->desk().keys().snapshots();
        QVERIFY(QCoro::waitFor(m_at->desk->desk().keys().keysFor(before.at(0).source, u"gone"_s)));
        m_at->page->showPart(u"keys"_s);
        const widgets::Banner &news = m_at->page->findChild<pages::KeysView *>()->news();
        QVERIFY(news.isVisible());
        QCOMPARE(news.headline(), u"A token named the key gone, which this issuer does not publish"_s);
    }

    void keysThatAreKeptOrMissingAreNews()
    {
        const TimePoint now = systemNow();
        identity::KeySnapshot keys;
        keys.state = identity::KeysState::current;
        QVERIFY(!pages::keysNews(keys, now));
        keys.state = identity::KeysState::kept;
        keys.lastFailure = Error{errors::stopped, u"The server is down."_s};
        keys.usableUntil = now + std::chrono::hours(20);
        keys.nextTry = now + std::chrono::minutes(1);
        const std::optional<widgets::BannerText> kept = pages::keysNews(keys, now);
        QVERIFY(kept && kept->kind == widgets::Kind::warn);
        for (const QString &part :
             {u"The server is down."_s, widgets::timeOfDay(*keys.nextTry), widgets::fullDate(*keys.usableUntil)})
            QVERIFY2(kept->text.contains(part), qPrintable(kept->text));
        keys.state = identity::KeysState::none;
        QCOMPARE(pages::keysNews(keys, now)->kind, widgets::Kind::bad);
    }

    void tokensAreComparedSideBySide()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->desk->sandbox().grantRole(u"riley"_s, u"Books.Admin"_s);
        QVERIFY(QCoro::waitFor(m_at->desk->desk().session().refresh()).has_value());
        auto *open = test::buttonNamed(*m_at->page, u"compareTokens"_s);
        open->setFocus();
        QTest::mouseClick(open, Qt::LeftButton);
        const auto *view = m_at->page->findChild<pages::CompareView *>();
        QVERIFY(view->isVisible() && view->isAncestorOf(QApplication::focusWidget()));
        QCOMPARE(view->summary().headline(), u"B allows more: role Books.Admin was added"_s);
        const QAbstractItemModel *rows = m_at->page->findChild<QTableView *>(u"differences"_s)->model();
        QCOMPARE(rows->index(0, 0).data().toString(), u"Decides what you may do"_s);
        QCOMPARE(rows->index(0, 0).data(pages::ComparisonDelegate::subtitleRole).toString(), u"scopes and roles"_s);
        QCOMPARE(rows->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"Decides what you may do, scopes and roles"_s);
        QVERIFY(rows->index(1, 0).data(Qt::AccessibleTextRole).toString().startsWith("roles, changed, from "_L1));
        QVERIFY(!rows->index(0, 0).data(pages::ComparisonDelegate::differenceRole).isValid());
        for (const widgets::Chip *chip : m_at->page->findChildren<widgets::Chip *>()) {
            if (chip->isVisible() && chip->text().startsWith("0 "_L1))
                QCOMPARE(chip->kind(), widgets::Kind::neutral);
        }
        QCOMPARE(rows->index(1, 0).data(pages::ComparisonDelegate::differenceRole).value<books::Difference>(),
                 books::Difference::changed);
        QCOMPARE(rows->headerData(2, Qt::Horizontal).toString(), u"A, before"_s);
        QCOMPARE(rows->headerData(3, Qt::Horizontal).toString(), u"B, now"_s);
        const auto spans = [rows](int column) {
            return rows->index(1, column)
                .data(pages::ComparisonDelegate::spansRole)
                .value<std::vector<books::TextSpan>>();
        };
        QCOMPARE(rows->index(1, 3).data().toString(), u"[\"Books.Reader\", \"Books.Admin\"]"_s);
        QVERIFY(spans(2).empty() && spans(3) == std::vector<books::TextSpan>({{17, 13}}));
        QTest::mouseClick(m_at->page->findChild<QAbstractButton *>(u"swapTokens"_s), Qt::LeftButton);
        QCOMPARE(view->summary().headline(), u"B allows less: role Books.Admin was removed"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!view->isVisible());
        QCOMPARE(QApplication::focusWidget(), open);
        // Nothing of the person stays on top of the next one's page.
        QTest::mouseClick(open, Qt::LeftButton);
        m_at->desk->desk().session().signOut();
        QVERIFY(!view->isVisible() && view->summary().headline().isEmpty());
    }

    void aComparisonCanBeSharedAndSaved()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"compareTokens"_s), Qt::LeftButton);
        auto *open = test::buttonNamed(*m_at->page, u"reportComparison"_s);
        open->setFocus();
        QTest::mouseClick(open, Qt::LeftButton);
        auto *view = m_at->page->findChild<pages::ReportView *>();
        QVERIFY(view->isVisible());
        const QString report = m_at->page->findChild<QPlainTextEdit *>(u"report"_s)->toPlainText();
        QVERIFY(report.startsWith("# Report of two tokens"_L1));
        QVERIFY(!report.contains("riley.reader"_L1) && !report.contains("Riley"_L1));
        const QTemporaryDir folder;
        view->saveTo(folder.filePath(u"report.json"_s));
        QTRY_VERIFY(test::containsPart(test::labelTexts(*m_at->page), u"The report was saved."_s));
        QFile file(folder.filePath(u"report.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Result<JsonObject> json = parseJsonObject(file.readAll());
        QVERIFY(json && json->find(u"differences")->asArray()->size() > 3);
        // Esc leads back step by step.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!view->isVisible() && m_at->page->findChild<pages::CompareView *>()->isVisible());
        QCOMPARE(QApplication::focusWidget(), open);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(tabs()->isVisible());
    }

    void aReportCanBeSharedAndSaved()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"reportToken"_s), Qt::LeftButton);
        auto *view = m_at->page->findChild<pages::ReportView *>();
        QVERIFY(view->isVisible());
        const auto *text = m_at->page->findChild<QPlainTextEdit *>(u"report"_s);
        QCOMPARE(text->verticalScrollBar()->value(), 0);
        const QString report = text->toPlainText();
        QVERIFY(report.startsWith("# Report of a token"_L1));
        QVERIFY(!report.contains("riley.reader"_L1) && !report.contains(accessToken().right(12)));
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"copyReport"_s), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), report);
        const QTemporaryDir folder;
        view->saveTo(folder.filePath(u"report.md"_s));
        QTRY_VERIFY(test::containsPart(test::labelTexts(*m_at->page), u"The report was saved."_s));
        QFile file(folder.filePath(u"report.md"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), report);
        view->saveTo(folder.filePath(u"missing/report.md"_s));
        QTRY_VERIFY(test::containsPart(test::labelTexts(*m_at->page), u"could not be saved"_s));
        QTest::mouseClick(view->findChild<QAbstractButton *>(u"back"_s), Qt::LeftButton);
        QVERIFY(!view->isVisible());
    }

    void everyControlHasAName()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        views()->setCurrentIndex(pages::ClaimsCard::rawView);
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        paste(accessToken());
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        m_at->page->showPart(u"keys"_s);
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
        QTest::mouseClick(test::buttonNamed(*m_at->page, u"compareTokens"_s), Qt::LeftButton);
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

    workspace::Desks desks() const
    {
        return {[this] { return std::vector{m_at->desk->desk().connection()}; },
                [this](const QString &) { return &m_at->desk->desk(); },
                [this] {
                    return m_at && m_at->desk ? std::vector{&m_at->desk->desk()} : std::vector<workspace::Desk *>();
                }};
    }

    bool isFirstFailureInView() const
    {
        const auto *checks = m_at->page->findChild<pages::ChecksList *>();
        const QRect row = checks->visualRect(checks->checks()->index(checks->checks()->firstFailure()));
        return !row.isEmpty() && checks->viewport()->rect().contains(row);
    }

    void getFreshToken() { QTest::mouseClick(test::buttonNamed(*m_at->page, u"getFreshToken"_s), Qt::LeftButton); }

    QTableView *table() const { return m_at->page->findChild<QTableView *>(u"claims"_s); }
    QTabBar *tabs() const { return m_at->page->findChild<QTabBar *>(u"tokenTabs"_s); }
    QTabBar *views() const { return m_at->page->findChild<QTabBar *>(u"tokenViews"_s); }
    QMessageBox *copyQuestion() const { return m_at->page->findChild<QMessageBox *>(u"confirmCopy"_s); }
    QLabel *label(const QString &name) const { return m_at->page->findChild<QLabel *>(name); }
    QString pastedText() const { return m_at->page->findChild<QPlainTextEdit *>(u"pastedToken"_s)->toPlainText(); }

    void paste(const QString &text)
    {
        QApplication::clipboard()->setText(text);
        QTest::keySequence(m_at->page.get(), QKeySequence::Paste);
    }

    void drop(const QMimeData &data)
    {
        auto *card = m_at->page->findChild<pages::PasteCard *>();
        // Qt delivers a drop only to the widget that was entered before.
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(card, &enter);
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(card, &event);
    }

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
