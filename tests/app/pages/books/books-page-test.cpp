// The books page as a person uses it, against the real Sandbox over real sockets.
#include "app/desk-page-fixture.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/books/delete-dialog.h"
#include "widgets/banner.h"
#include "widgets/chip.h"
#include "widgets/labels.h"
#include "widgets/outcome-panel.h"
#include "widgets/page-header.h"
#include "widgets/search-field.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::BooksPage;
using test::buttonNamed;

class BooksPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::DeskPageFixture<BooksPage>>();
        QVERIFY(m_at->isActive());
    }

    void cleanup() { m_at.reset(); }

    void whileNobodyIsSignedInItLeadsToTheSignIn()
    {
        QSignalSpy asked(m_at->page.get(), &BooksPage::signInAsked);
        QVERIFY(!search()->isVisible());
        QTest::mouseClick(m_at->page->findChild<QPushButton *>(u"goToSignIn"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void showsTheBooksAfterASignIn()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const int total = m_at->page->table().total();
        QVERIFY(total > 100);
        QCOMPARE(subtitle(), tr("%1 books").arg(QLocale().toString(total)));
        search()->setText(u"austen pride"_s);
        QCOMPARE(m_at->page->table().shown(), 1);
        QCOMPARE(subtitle(), u"1 of %1"_s.arg(QLocale().toString(total)));
        search()->setText(u"no such book anywhere"_s);
        QCOMPARE(m_at->page->table().shown(), 0);
        QTest::keyClick(search(), Qt::Key_Escape);
        QCOMPARE(m_at->page->table().shown(), total);
    }

    void theShortcutIsNotCoveredOnceTheSearchIsEmpty()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const auto *hint = search()->findChild<QLabel *>();
        const auto isCovered = [this, hint] {
            const QList<QToolButton *> buttons = search()->findChildren<QToolButton *>();
            return std::ranges::any_of(buttons, [hint](const QToolButton *button) {
                return button->isVisible() && button->geometry().intersects(hint->geometry());
            });
        };
        search()->setText(u"emma"_s);
        QVERIFY(!hint->isVisible());
        QTRY_VERIFY(isCovered());
        search()->clear();
        QVERIFY(hint->isVisible());
        QVERIFY(!isCovered());
    }

    void theStripNamesTheClaimsThatDecide()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QCOMPARE(chipSentence(u"Read"_s), u"Reading is allowed. Scope Books.Read is in your token."_s);
        QCOMPARE(chipSentence(u"Delete"_s), u"Deleting is not allowed. Role Books.Admin is not in your token."_s);
        QSignalSpy asked(m_at->page.get(), &BooksPage::pageAsked);
        QTest::mouseClick(buttonNamed(*m_at->page, u"why"_s), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"token"_s);
    }

    void theQuestionNamesEverythingAndCancelIsTheDefault()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const books::Book book = selectFirst();
        askToDelete();
        const QStringList texts = test::labelTexts(*question());
        QVERIFY(texts.contains(book.title));
        QVERIFY(texts.contains(u"Riley Reader (riley.reader@sandbox.test)"_s));
        QVERIFY(texts.contains(m_at->desk->desk().connection().name));
        QVERIFY(test::containsPart(texts, u"403. Role Books.Admin is not in your token."_s));
        QVERIFY(question()->findChild<QPushButton *>(u"cancel"_s)->isDefault());
        const std::size_t sent = m_at->desk->desk().exchanges().exchanges().size();
        QTest::keyClick(question(), Qt::Key_Return);
        QTRY_VERIFY(!question());
        QCOMPARE(m_at->desk->desk().exchanges().exchanges().size(), sent);
        QVERIFY(!banner().isVisible());
    }

    void theQuestionIsAsLargeAsItsText()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        askToDelete();
        const QDialog *dialog = question();
        QCOMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
    }

    void aReaderIsRefusedAndToldWhy()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const int total = m_at->page->table().total();
        const books::Book book = selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(banner().headline(), u"403 Forbidden: you lack a role"_s);
        QVERIFY(banner().text().contains(u"“%1” was not deleted."_s.arg(book.title)));
        QCOMPARE(chipText(banner()), u"as predicted"_s);
        QCOMPARE(banner().rows().value(u"Server said"_s)->text(), u"{\"detail\":\"Role 'Books.Admin' required\"}"_s);
        QVERIFY(banner().rows().value(u"Sent"_s)->text().startsWith("DELETE /api/v1/books/"_L1));
        QCOMPARE(m_at->page->table().total(), total);
    }

    void theOutcomeStaysUntilItIsClosed()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(reloadAndWait());
        QVERIFY(banner().isVisible());
        QTest::keyClick(m_at->page->outcome().findChild<widgets::Banner *>(), Qt::Key_Escape);
        QVERIFY(!banner().isVisible());
    }

    void theRequestForTheAdminIsCopied()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QTest::mouseClick(test::buttonWithText(banner(), u"Copy request for admin"_s), Qt::LeftButton);
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.contains(u"Books.Admin"_s));
        QVERIFY2(text.contains(m_at->desk->desk().connection().audience), qPrintable(text));
        QVERIFY2(!text.contains(u"://"_s), qPrintable(text));
        QVERIFY(text.contains(u"riley.reader@sandbox.test"_s));
        for (const Secret &secret : m_at->desk->secrets())
            QVERIFY(!text.contains(QString::fromLatin1(secret.reveal())));
    }

    void asksForTheExchange()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        std::int64_t asked = 0;
        connect(m_at->page.get(), &widgets::Page::exchangeAsked, this, [&asked](std::int64_t id) { asked = id; });
        QTest::mouseClick(test::buttonWithText(banner(), u"Show exchange"_s), Qt::LeftButton);
        const net::Exchange *exchange = m_at->desk->desk().exchanges().find(asked);
        QVERIFY(exchange);
        QCOMPARE(exchange->method, "DELETE"_ba);
        QCOMPARE(exchange->status, 403);
    }

    void anAdminDeletes()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        const int total = m_at->page->table().total();
        const books::Book book = selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(banner().headline().contains(book.title));
        QVERIFY(banner().text().contains(u"ada.admin@sandbox.test"_s));
        QCOMPARE(banner().kind(), widgets::Kind::ok);
        QCOMPARE(m_at->page->table().total(), total - 1);
        QVERIFY(m_at->page->table().selectedBook() && m_at->page->table().selectedBook()->id != book.id);
    }

    void afterADeletionTheNextRowIsSelected_data()
    {
        QTest::addColumn<int>("fromEnd");
        QTest::addColumn<int>("nextFromEnd");
        QTest::newRow("in its place") << 3 << 2;
        QTest::newRow("the last one, where the last was deleted") << 0 << 0;
    }

    void afterADeletionTheNextRowIsSelected()
    {
        QFETCH(int, fromEnd);
        QFETCH(int, nextFromEnd);
        QCOMPARE(signIn(u"ada"_s), QString());
        const int total = m_at->page->table().total();
        QTableView *view = m_at->page->table().view();
        view->selectRow(total - 1 - fromEnd);
        QVERIFY(deleteSelected());
        QTRY_COMPARE(m_at->page->table().total(), total - 1);
        QCOMPARE(view->currentIndex().row(), total - 2 - nextFromEnd);
        QCOMPARE(m_at->page->focusWidget(), view);
    }

    void reloadingKeepsTheSelection()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->table().view()->selectRow(7);
        const std::optional<books::Book> before = m_at->page->table().selectedBook();
        QVERIFY(reloadAndWait());
        QVERIFY(before.has_value());
        QCOMPARE(m_at->page->table().selectedBook(), before);
    }

    void asksForOneListAtATime()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const std::size_t sent = m_at->desk->desk().exchanges().exchanges().size();
        m_at->page->reload();
        QVERIFY(reloadAndWait());
        QCOMPARE(m_at->desk->desk().exchanges().exchanges().size(), sent + 1);
    }

    void aListOfAnotherConnectionIsNotShown()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QSignalSpy ended(&m_at->desk->desk().exchanges(), &net::ExchangeLog::ended);
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        m_at->page->reload();
        m_at->page->setDesk(nullptr);
        QVERIFY(ended.wait());
        // Asked for later, so it comes later.
        BooksPage other;
        other.setDesk(&m_at->desk->desk());
        QTRY_VERIFY(other.table().total() > 0);
        QVERIFY(listed.isEmpty());
        QCOMPARE(m_at->page->table().total(), 0);
    }

    void theListIsAskedForAgainWithTheWithheldToken()
    {
        test::SandboxDesk desk({}, {{u"apiBaseUrl"_s, u"https://books.example.invalid"_s}});
        desk.sandbox().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::untilCleared);
        m_at->page->setDesk(&desk.desk());
        QVERIFY(desk.signIn({u"riley"_s}));
        const auto kind = [this] { return m_at->page->outcome().shown().outcome.kind; };
        QTRY_VERIFY(banner().isVisible() && kind() == books::OutcomeKind::withheld);
        QTest::mouseClick(buttonNamed(*m_at->page, u"sendAnyway"_s), Qt::LeftButton);
        QTRY_VERIFY(kind() == books::OutcomeKind::network); // There is no such host.
        m_at->page->setDesk(nullptr);
    }

    void aGrantedRoleWorksAfterAFreshToken()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const books::Book book = selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(m_at->desk->sandbox().grantRole(u"riley"_s, u"Books.Admin"_s));
        QTest::mouseClick(test::buttonWithText(banner(), u"Get fresh token"_s), Qt::LeftButton);
        QTRY_VERIFY(banner().rows().value(u"Fresh token"_s));
        QVERIFY(banner().rows().value(u"Fresh token"_s)->text().contains(u"Predicted answer: 200"_s));
        QCOMPARE(m_at->page->focusWidget(), test::buttonWithText(banner(), u"Get fresh token"_s));
        QCOMPARE(chipSentence(u"Delete"_s), u"Deleting is allowed. Role Books.Admin is in your token."_s);
        const int total = m_at->page->table().total();
        QVERIFY(deleteSelected());
        QTRY_COMPARE(banner().kind(), widgets::Kind::ok);
        QCOMPARE(m_at->page->table().total(), total - 1);
    }

    void withoutTheScopeThereIsNoListButAReason()
    {
        QCOMPARE(test::problemOf(m_at->desk->signIn({u"nora"_s, false})), QString());
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(banner().headline(), u"403 Forbidden: the app lacks a permission"_s);
        QCOMPARE(m_at->page->table().total(), 0);
        QVERIFY(test::buttonWithText(banner(), u"Retry"_s));
    }

    void anUnexpectedAnswerDiffersFromThePrediction()
    {
        QCOMPARE(signIn(u"ada"_s), QString());
        m_at->desk->sandbox().arm(sandbox::Fault::apiAnswers500, sandbox::FaultSpan::once);
        const int total = m_at->page->table().total();
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(chipText(banner()), u"differs from prediction"_s);
        QVERIFY(banner().text().contains(u"Nobody knows whether"_s));
        QVERIFY(banner().rows().value(u"What to do"_s)->text().startsWith(u"Reload the list"_s));
        QVERIFY(buttonNamed(banner(), u"outcomeReload"_s));
        QCOMPARE(m_at->page->table().total(), total);
    }

    void offlineTheLastRowsStay()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        const int total = m_at->page->table().total();
        m_at->desk->stopSandbox();
        m_at->page->reload();
        QTRY_VERIFY(banner().isVisible());
        QVERIFY(banner().headline().startsWith("Cannot reach localhost"_L1));
        QVERIFY(test::buttonWithText(banner(), u"Try now"_s));
        QCOMPARE(m_at->page->table().total(), total);
    }

    void aFailedListIsForgottenWhenTheNextOneComes()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->desk->sandbox().arm(sandbox::Fault::apiAnswers500, sandbox::FaultSpan::once);
        QTest::keyClick(m_at->page.get(), Qt::Key_F5);
        QTRY_VERIFY(banner().isVisible());
        QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        QTest::mouseClick(test::buttonWithText(banner(), u"Retry"_s), Qt::LeftButton);
        QVERIFY(listed.wait());
        QVERIFY(!banner().isVisible());
    }

    void aListThatFailedComesWithAFreshToken()
    {
        m_at->desk->sandbox().arm(sandbox::Fault::apiAnswers500, sandbox::FaultSpan::once);
        QCOMPARE(signIn(u"riley"_s), QString());
        QVERIFY(banner().isVisible());
        QVERIFY(QCoro::waitFor(m_at->desk->desk().session().refresh()).has_value());
        QTRY_VERIFY(m_at->page->table().total() > 100);
        QVERIFY(!banner().isVisible());
    }

    void signingOutTakesTheRowsAway()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        askToDelete();
        m_at->desk->desk().session().signOut();
        QCOMPARE(m_at->page->table().total(), 0);
        QTRY_VERIFY(!question());
        QVERIFY(m_at->page->findChild<QPushButton *>(u"goToSignIn"_s)->isVisible());
    }

    void anotherPersonNeverSeesTheRowsOfTheFirst()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        search()->setText(u"austen"_s);
        QCOMPARE(signIn(u"ada"_s), QString());
        QVERIFY(!banner().isVisible());
        QCOMPARE(search()->text(), QString());
        QVERIFY(!m_at->page->table().selectedBook());
        QCOMPARE(chipSentence(u"Delete"_s), u"Deleting is allowed. Role Books.Admin is in your token."_s);
    }

    void survivesADeskThatGoesWhileItLoads()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->reload();
        m_at->desk.reset();
        m_at->page->setDesk(nullptr);
        QCOMPARE(m_at->page->table().total(), 0);
    }

    void survivesGoingWhileADeskWorks()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        m_at->page->reload();
        QSignalSpy ended(&m_at->desk->desk().exchanges(), &net::ExchangeLog::ended);
        m_at->page.reset();
        QVERIFY(ended.wait());
    }

    void everythingGoesByKeyboard()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QTest::keyClick(m_at->page.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search()->hasFocus());
        selectFirst();
        m_at->page->table().view()->setFocus();
        QTest::keyClick(m_at->page->table().view(), Qt::Key_Delete);
        QVERIFY(question());
        question()->reject();
        QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        QTest::keyClick(m_at->page.get(), Qt::Key_F5);
        QVERIFY(listed.wait());
    }

    void theHeaderSortsByKeyboard()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        QHeaderView *header = m_at->page->table().view()->horizontalHeader();
        header->setFocus();
        QTest::keyClick(header, Qt::Key_Right);
        QTest::keyClick(header, Qt::Key_Space);
        QCOMPARE(header->sortIndicatorSection(), 1);
        QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
        QTest::keyClick(header, Qt::Key_Space);
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    }

    void everyControlHasAName()
    {
        QCOMPARE(signIn(u"riley"_s), QString());
        selectFirst();
        QVERIFY(deleteSelected());
        QTRY_VERIFY(banner().isVisible());
        QCOMPARE(test::namelessControls(*m_at->page), QStringList());
    }

private:
    /// Signs in and waits for the books. Returns what went wrong, if anything.
    QString signIn(const QString &personaId)
    {
        const QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        const QString problem = test::problemOf(m_at->desk->signIn({personaId, false}));
        if (!problem.isEmpty())
            return problem;
        const bool isListed = QTest::qWaitFor([&listed] { return !listed.isEmpty(); });
        return isListed ? QString() : u"the books were not listed"_s;
    }

    bool reloadAndWait()
    {
        QSignalSpy listed(m_at->page.get(), &BooksPage::listed);
        m_at->page->reload();
        return listed.wait();
    }

    books::Book selectFirst()
    {
        m_at->page->table().view()->selectRow(0);
        return m_at->page->table().selectedBook().value_or(books::Book());
    }

    void askToDelete() { QTest::mouseClick(buttonNamed(*m_at->page, u"delete"_s), Qt::LeftButton); }

    /// False if there was no question to answer.
    bool deleteSelected()
    {
        askToDelete();
        if (!question())
            return false;
        QTest::mouseClick(question()->findChild<QPushButton *>(u"confirm"_s), Qt::LeftButton);
        return true;
    }

    pages::DeleteDialog *question() const { return m_at->page->findChild<pages::DeleteDialog *>(); }
    widgets::SearchField *search() const { return m_at->page->findChild<widgets::SearchField *>(u"search"_s); }
    const widgets::Banner &banner() const { return m_at->page->outcome().banner(); }
    QString subtitle() const { return m_at->page->findChild<widgets::PageHeader *>()->subtitle(); }

    QString chipSentence(const QString &text) const
    {
        for (const widgets::Chip *chip : m_at->page->findChildren<widgets::Chip *>()) {
            if (chip->text() == text)
                return chip->findChild<QLabel *>()->accessibleName();
        }
        return {};
    }

    static QString chipText(const widgets::Banner &banner)
    {
        const widgets::Chip *chip = banner.findChild<widgets::Chip *>();
        return chip && chip->isVisible() ? chip->text() : QString();
    }

    std::unique_ptr<test::DeskPageFixture<BooksPage>> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(BooksPageTest)
#include "books-page-test.moc"
