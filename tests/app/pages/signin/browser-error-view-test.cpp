// What the browser's error page says, explained while a real sign-in on the Sandbox goes on waiting.
#include "app/hostile-checks.h"
#include "app/window-fixture.h"
#include "core/masking.h"
#include "identity/errors.h"
#include "pages/signin/advice-card.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/page-text-field.h"
#include "pages/signin/waiting-strip.h"

#include <QClipboard>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using pages::BrowserErrorView;
using test::WindowFixture;

namespace {

const QString correlationId = u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s;
const QString ids = u"\nRequest Id: 9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00\nCorrelation Id: "_s + correlationId +
                    u"\nTimestamp: 2026-11-26T13:26:41Z"_s;
const QString notAssigned = u"Anmelden\n\nAADSTS50105: … ‘riley@contoso.com’ …\n"_s + ids;
const QString notRegistered = u"AADSTS50011: …\n"_s + ids;

/// A sign-in that waits, with the view open.
struct Explaining
{
    explicit Explaining(identity::SignInLimits limits = {})
        : fixture(std::move(limits))
    {
        QVERIFY(fixture.start());
        fixture.click(u"signIn"_s);
        QTRY_COMPARE(fixture.opened.size(), 1);
        fixture.click(u"browserError"_s);
    }

    const BrowserErrorView &view() const { return fixture.window->signInPage().browserErrorView(); }
    const pages::AdviceCard &advice() const { return view().advice(); }
    pages::PageTextField &field() const { return view().field(); }

    void paste(const QString &text)
    {
        QApplication::clipboard()->setText(text);
        fixture.click(u"pastePage"_s);
    }

    WindowFixture fixture;
};

/// The texts of @p field that are set apart from the others.
QStringList markedTexts(const QPlainTextEdit &field)
{
    QStringList marked;
    for (QTextBlock block = field.document()->begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange &range : block.layout()->formats())
            marked += block.text().mid(range.start, range.length);
    }
    return marked;
}

} // namespace

class BrowserErrorViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensOverTheStepsAndSaysWhatToPaste()
    {
        const Explaining explaining;
        QVERIFY(explaining.view().isVisible());
        QVERIFY(!explaining.fixture.window->signInPage().waitingCard().isVisible());
        QVERIFY(explaining.fixture.window->signInPage().isWaiting());
        QCOMPARE(QApplication::focusWidget(), &explaining.field());
        QCOMPARE(explaining.advice().headline(), u"Paste what the browser's page says"_s);
        QCOMPARE(explaining.view().strip().state(), u"Still waiting for the browser"_s);
        QVERIFY(explaining.view().strip().timeLeft().endsWith(" left"_L1));
        QCOMPARE(test::namelessControls(*explaining.fixture.window), QStringList());
        test::labelTexts(*explaining.fixture.window);
    }

    void explainsWhatIsPasted()
    {
        Explaining explaining;
        explaining.paste(notAssigned);
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50105"_s);
        QCOMPARE(explaining.advice().headline(), u"You are not assigned to this application"_s);
        QVERIFY(test::announced(explaining.view()).startsWith(explaining.advice().headline()));
        QCOMPARE(markedTexts(explaining.field()),
                 (QStringList{u"AADSTS50105"_s, u"riley@contoso.com"_s, u"9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00"_s,
                              correlationId, u"2026-11-26T13:26:41Z"_s}));
        const QString message = explaining.advice().message();
        QVERIFY(message.contains("riley@contoso.com"_L1) && message.contains(correlationId));
        QVERIFY(message.contains(explaining.fixture.workspace->desk()->connection().clientId));
        explaining.fixture.click(u"copyMessage"_s);
        QCOMPARE(QApplication::clipboard()->text(), message);
        explaining.fixture.click(u"adviceDetails"_s);
        QVERIFY(test::containsPart(test::labelTexts(explaining.advice()), u"9f41c6a2-7be0"_s));
        QVERIFY(explaining.fixture.window->signInPage().isWaiting());
    }

    void explainsTheTenantsOwnPage_data()
    {
        QTest::addColumn<sandbox::Fault>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("the redirect") << sandbox::Fault::redirectNotRegistered << u"AADSTS50011"_s;
        QTest::newRow("the client") << sandbox::Fault::clientUnknown << u"AADSTS700016"_s;
        QTest::newRow("the tenant") << sandbox::Fault::tenantUnknown << u"AADSTS90002"_s;
        QTest::newRow("the person") << sandbox::Fault::personNotAssigned << u"AADSTS50105"_s;
    }

    void explainsTheTenantsOwnPage()
    {
        QFETCH(const sandbox::Fault, fault);
        QFETCH(const QString, code);
        Explaining explaining;
        explaining.fixture.sandbox().arm(fault, sandbox::FaultSpan::once);
        sandbox::Visitor visitor({});
        QTextDocument page;
        QCoro::connect(
            visitor.visit(explaining.fixture.opened.last(), {u"riley"_s, false}), this,
            [&page](const Result<sandbox::VisitedPage> &read) { page.setHtml(read ? read->text : QString()); });
        QTRY_VERIFY(!page.isEmpty());
        explaining.paste(page.toPlainText());
        QTRY_COMPARE(explaining.advice().code(), code);
        QVERIFY(!explaining.field().page().error.correlationId.isEmpty());
        QVERIFY(!explaining.field().page().error.timestamp.isEmpty());
        QCOMPARE(explaining.field().page().user,
                 fault == sandbox::Fault::personNotAssigned ? u"riley.reader@sandbox.test"_s : QString());
        QVERIFY2(explaining.fixture.window->signInPage().isWaiting(), "nothing came back");
    }

    void readsOnceTheTextRests()
    {
        Explaining explaining;
        QSignalSpy read(&explaining.field(), &pages::PageTextField::pageRead);
        for (const QString &part : {u"AADSTS5"_s, u"01"_s, u"05"_s}) {
            explaining.field().insertPlainText(part);
            QCOMPARE(explaining.advice().code(), QString());
        }
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50105"_s);
        QCOMPARE(read.size(), 1);
        explaining.field().clear();
        QTRY_COMPARE(explaining.advice().headline(), u"Paste what the browser's page says"_s);
        explaining.field().insertPlainText(u"Something went wrong."_s);
        QTRY_COMPARE(explaining.advice().headline(), u"No AADSTS number found"_s);
    }

    void cutsOutACodeForGood()
    {
        Explaining explaining;
        explaining.paste(notRegistered + u"\nhttp://localhost:5000/?code=opaque-opaque&state=c3RhdGU"_s);
        QTRY_VERIFY(explaining.field().toPlainText().contains(removedMark()));
        explaining.field().undo();
        QVERIFY(!explaining.field().toPlainText().contains("opaque"_L1));
        QVERIFY(!explaining.field().toPlainText().contains("c3RhdGU"_L1));
        QCOMPARE(explaining.advice().code(), u"AADSTS50011"_s);
    }

    void saysThatTooMuchWasPasted()
    {
        Explaining explaining;
        const auto *hint = explaining.view().findChild<QLabel *>(u"pageHint"_s);
        QVERIFY(hint->text().startsWith("The whole page"_L1));
        explaining.paste(notRegistered + u" word"_s.repeated(identity::BrowserPage::mostCharacters));
        QTRY_VERIFY2(hint->text().contains("too much"_L1), qPrintable(hint->text()));
        QVERIFY(explaining.field().toPlainText().size() <= identity::BrowserPage::mostCharacters);
        QCOMPARE(explaining.advice().code(), u"AADSTS50011"_s);
        // Cutting and marking it start the pause again.
        const auto *pause = explaining.field().findChild<QTimer *>(u"pauseBeforeReading"_s);
        QTRY_VERIFY(!pause->isActive());
        QVERIFY2(hint->text().contains("too much"_L1), qPrintable(hint->text()));
    }

    void givesTheValuesToRegisterEachWithCopy()
    {
        Explaining explaining;
        explaining.paste(notRegistered);
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50011"_s);
        QCOMPARE(explaining.advice().message(), QString());
        for (QToolButton *copy : explaining.advice().findChildren<QToolButton *>()) {
            if (copy->accessibleName() == "Copy Redirect URI"_L1)
                copy->click();
        }
        const identity::Connection connection = explaining.fixture.workspace->desk()->connection();
        QCOMPARE(QApplication::clipboard()->text(), identity::adviceContext(connection).redirectUri);
        QCOMPARE(test::announced(explaining.view()), u"Copied: Redirect URI"_s);
    }

    void savesTheMessage()
    {
        Explaining explaining;
        explaining.paste(notAssigned);
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50105"_s);
        explaining.fixture.click(u"saveMessage"_s);
        auto *dialog = explaining.fixture.window->findChild<QFileDialog *>(u"saveMessageDialog"_s);
        QVERIFY(dialog);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"message.txt"_s);
        Q_EMIT dialog->fileSelected(path);
        dialog->reject();
        QTRY_COMPARE(test::announced(explaining.view()), u"The message was saved."_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), explaining.advice().message() + u'\n');
    }

    void aRedirectWins()
    {
        Explaining explaining;
        explaining.paste(notAssigned);
        bool wasOpenThen = true;
        connect(&explaining.fixture.waiting(), &pages::WaitingCard::redirectReceived, this,
                [&] { wasOpenThen = explaining.view().isVisible(); });
        QVERIFY(explaining.fixture.answerAs(u"riley"_s));
        QTRY_VERIFY2(!wasOpenThen, "it says that it still waits");
        QTRY_VERIFY(explaining.fixture.window->page<pages::BooksPage>().isVisible());
        QVERIFY(explaining.view().isHidden());
    }

    void aRedirectWithAnErrorWinsToo()
    {
        Explaining explaining;
        QVERIFY(explaining.fixture.answerAs(u"riley"_s, true));
        QTRY_VERIFY(explaining.fixture.error().isVisible());
        QVERIFY(explaining.view().isHidden());
    }

    void escGoesBackAndOnlyThenCancels()
    {
        Explaining explaining;
        QTest::keyClick(&explaining.field(), Qt::Key_Escape);
        QVERIFY(explaining.view().isHidden());
        QVERIFY(explaining.fixture.waiting().isVisible());
        QVERIFY(explaining.fixture.window->signInPage().isWaiting());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_COMPARE(explaining.fixture.error().headline(), u"Sign-in was cancelled"_s);
    }

    void cancelEndsTheSignIn()
    {
        Explaining explaining;
        explaining.fixture.click(u"cancelWhileExplaining"_s);
        QTRY_VERIFY(explaining.fixture.error().isVisible());
        QVERIFY(explaining.view().isHidden());
    }

    void opensTheBrowserAgain()
    {
        Explaining explaining;
        explaining.fixture.click(u"openAgainWhileExplaining"_s);
        QCOMPARE(explaining.fixture.opened.size(), 2);
        QVERIFY(explaining.view().isVisible());
    }

    void usesAnotherAccount()
    {
        Explaining explaining;
        explaining.fixture.click(u"anotherAfterAdvice"_s);
        QTRY_COMPARE(explaining.fixture.opened.size(), 2);
        QCOMPARE(explaining.fixture.authorizationQuery().queryItemValue(u"prompt"_s), u"select_account"_s);
        QVERIFY(explaining.fixture.waiting().isVisible());
        QVERIFY(explaining.view().isHidden());
    }

    void whenTheTimeIsOverThePersonGoesOnReading()
    {
        identity::SignInLimits limits;
        limits.whole = 1500ms;
        Explaining explaining(limits);
        explaining.paste(notAssigned);
        QTRY_COMPARE(explaining.view().strip().state(), u"The sign-in has ended"_s);
        QVERIFY(explaining.view().isVisible());
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50105"_s);
        QVERIFY(explaining.view().strip().timeLeft().isEmpty());
        explaining.fixture.click(u"backToSteps"_s);
        QCOMPARE(explaining.fixture.error().headline(), u"No answer from the browser"_s);
        QVERIFY(explaining.fixture.error().isVisible());
        explaining.fixture.click(u"explainBrowserError"_s);
        QVERIFY(explaining.view().isVisible());
        QVERIFY2(explaining.field().toPlainText().isEmpty(), "it belonged to the sign-in before");
        explaining.fixture.click(u"tryAgainWhileExplaining"_s);
        QTRY_COMPARE(explaining.fixture.opened.size(), 2);
        QVERIFY(explaining.view().isHidden());
    }

    void onlyATimeOutOffersItFirst()
    {
        pages::ErrorCard card;
        const QPushButton *explain = test::buttonNamed(card, u"explainBrowserError"_s);
        card.show({identity::errors::timedOut, u"No answer."_s}, {});
        QVERIFY(explain->isVisible());
        QVERIFY(explain->x() < test::buttonNamed(card, u"tryAgain"_s)->x() ||
                explain->y() < test::buttonNamed(card, u"tryAgain"_s)->y());
        card.show({identity::errors::declined, u"Declined."_s}, {});
        QVERIFY(!explain->isVisible());
    }

    void inTheSmallestWindowTheButtonsStayInSight()
    {
        Explaining explaining;
        explaining.fixture.window->resize(900, 600);
        explaining.paste(notAssigned);
        QTRY_COMPARE(explaining.advice().code(), u"AADSTS50105"_s);
        const auto *details = explaining.advice().findChild<QScrollArea *>();
        QTRY_VERIFY(!test::buttonNamed(explaining.advice(), u"adviceDetails"_s)->visibleRegion().isEmpty());
        explaining.fixture.click(u"adviceDetails"_s);
        QTRY_VERIFY(details->isVisible() && details->verticalScrollBar()->maximum() > 0);
        for (int turn = 0; turn < 4; ++turn) { // lays it out, and what that changes after it
            QCoreApplication::processEvents();
            explaining.fixture.window->grab();
        }
        const auto *page = explaining.fixture.window->findChild<pages::SignInPage *>();
        QTRY_COMPARE(page->findChild<QScrollArea *>()->verticalScrollBar()->maximum(), 0);
        for (const QString &name : {u"anotherAfterAdvice"_s, u"cancelWhileExplaining"_s}) {
            const auto *button = page->findChild<QPushButton *>(name);
            QTRY_VERIFY(button->mapTo(page, button->rect().bottomLeft()).y() < page->height());
        }
    }

    void hostileTextIsShownAsItIs_data() { test::addHostileRows(); }

    void hostileTextIsShownAsItIs()
    {
        QFETCH(const QString, text);
        identity::OAuthError error;
        error.aadsts = u"50105"_s;
        error.correlationId = error.traceId = error.timestamp = text;
        identity::AdviceContext context;
        context.organization = context.clientId = context.tenant = text;
        pages::AdviceCard card;
        card.QWidget::show();
        card.show(identity::signInAdvice(error, text, context));
        test::buttonNamed(card, u"adviceDetails"_s)->setChecked(true);
        QCOMPARE(test::hostileProblems(card, text), QString());
        error.aadsts = u"50011"_s;
        card.show(identity::signInAdvice(error, text, context));
        QCOMPARE(test::hostileProblems(card, text), QString());
        card.grab();
    }
};

BOOKDESK_PAGE_TEST_MAIN(BrowserErrorViewTest)
#include "browser-error-view-test.moc"
