// A token of unusual size on the Token page: everything can be read, by keyboard alone, and nothing is cut off.
#include "app/page-fixture.h"
#include "app/tour/shown-texts.h"
#include "jose/token-issuer.h"
#include "pages/token/claims-card.h"
#include "pages/token/compare-view.h"
#include "pages/token/grants-card.h"
#include "pages/token/token-findings.h"
#include "pages/token/token-page.h"
#include "widgets/banner.h"

#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QToolTip>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::TokenPage;

namespace {

const QString longWord(300, u'w');

JsonArray manyOf(const QString &name, int count)
{
    JsonArray array;
    for (int number = 1; number <= count; ++number)
        array.push_back(name.arg(number));
    return array;
}

/// 40 roles, 30 scopes, 150 groups, 200 claims and a word of 300 characters.
JsonObject bigClaims()
{
    JsonObject claims{{u"iss"_s, u"https://login.contoso.example/v2.0"_s},
                      {u"aud"_s, longWord},
                      {u"exp"_s, std::int64_t{1'795'691'640}},
                      {u"roles"_s, manyOf(u"Books.Role.Number%1"_s, 40)},
                      {u"groups"_s, manyOf(u"7d1f90aa-94be-47a3-8d15-20b7c64fe%1"_s, 150)},
                      {longWord, longWord}};
    QStringList scopes;
    for (int number = 1; number <= 30; ++number)
        scopes += u"Books.Scope.Number%1"_s.arg(number);
    claims.set(u"scp"_s, scopes.join(u' '));
    for (int number = 1; number <= 200; ++number)
        claims.set(u"claim_%1"_s.arg(number), u"value %1"_s.arg(number));
    return claims;
}

QString bigToken()
{
    return QString::fromLatin1(jose::toBase64Url(R"({"alg":"RS256","kid":")" + longWord.toLatin1() + R"("})") + '.' +
                               jose::toBase64Url(toCompactJson(bigClaims())) + ".c2lnbmF0dXJl");
}

/// Nobody is signed in, and there are no connections.
workspace::Desks noDesks()
{
    return {[] { return std::vector<identity::Connection>(); }, [](const QString &) { return nullptr; },
            [] { return std::vector<workspace::Desk *>(); }};
}

QStringList clippedIn(const QWidget &window)
{
    QStringList texts;
    for (const test::ShownText &clipped : test::clippedTexts(window))
        texts += clipped.where + u": "_s + clipped.text;
    return texts;
}

/// Whether the keys alone show everything in the table, row by row and within rows that are higher than it.
bool isReachedByKeys(QTableView &table)
{
    const QScrollBar &bar = *table.verticalScrollBar();
    const int last = table.model()->rowCount() - 1;
    table.setFocus();
    table.setCurrentIndex(table.model()->index(0, 0));
    table.scrollToTop();
    const auto isAtEnd = [&table, last] {
        const QModelIndex current = table.currentIndex();
        return current.row() == last && table.visualRect(current).bottom() < table.viewport()->height();
    };
    for (int presses = 0; presses < 3000 && !isAtEnd(); ++presses) {
        const int before = bar.value();
        QTest::keyClick(&table, Qt::Key_Down);
        QCoreApplication::processEvents(); // the scroll bar follows the rows' heights
        if (bar.value() - before > table.viewport()->height())
            return false;
    }
    return isAtEnd();
}

} // namespace

class BigTokenTest : public QObject
{
    Q_OBJECT

private:
    static void addSizes()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("the smallest window") << QSize(844, 560); // without side bar and status bar
        QTest::newRow("the usual window") << QSize(984, 730);
        QTest::newRow("a large window") << QSize(1404, 970);
    }

    static void paste(TokenPage &page)
    {
        QApplication::clipboard()->setText(bigToken());
        QTest::keySequence(&page, QKeySequence::Paste);
    }

private Q_SLOTS:
    void allOfItCanBeRead_data() { addSizes(); }

    void allOfItCanBeRead()
    {
        QFETCH(QSize, size);
        TokenPage page(nullptr, systemNow, noDesks());
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        paste(page);
        QTRY_COMPARE(page.verdict().headline(), u"No connection trusts this issuer"_s);
        auto *views = page.findChild<QTabBar *>(u"tokenViews"_s);
        auto *table = page.findChild<QTableView *>(u"claims"_s);
        const QAbstractItemView *rows = table;
        for (const int view : {pages::ClaimsCard::claimsView, pages::ClaimsCard::headerView}) {
            views->setCurrentIndex(view);
            // Rows are fitted when control returns to the event loop.
            const int high = view == pages::ClaimsCard::claimsView ? 4 : 1; // the groups, the key's ID
            QTRY_VERIFY(table->rowHeight(high) > 80 && table->rowHeight(0) < 80);
            QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
            for (int row = 0; row < table->model()->rowCount(); ++row)
                QVERIFY(table->rowHeight(row) >= rows->sizeHintForRow(row));
            QVERIFY(isReachedByKeys(*table));
            QTRY_COMPARE(clippedIn(page).join(u'\n'), QString());
        }
        views->setCurrentIndex(pages::ClaimsCard::rawView);
        QTRY_COMPARE(clippedIn(page).join(u'\n'), QString());
        QVERIFY(page.findChild<QPlainTextEdit *>(u"rawToken"_s)->horizontalScrollBar()->maximum() == 0);
        QCOMPARE(page.size(), size);
    }

    void theComparisonCanBeRead_data() { addSizes(); }

    void theComparisonCanBeRead()
    {
        QFETCH(QSize, size);
        pages::CompareView view([] { return jose::testNow; });
        view.resize(size);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        const jose::InspectedToken big =
            jose::inspect(Secret(bigToken().toLatin1()), {}, jose::TokenIssuer::apiPolicy(), jose::testNow);
        const books::ComparedToken a = books::comparedToken(big, jose::entraNames());
        books::ComparedToken b = a;
        b.claims = JsonObject{{u"iss"_s, u"x"_s}};
        // Two names of the greatest length that the list of choices lets through.
        const QString holder = longWord.first(60) + u", "_s + longWord.first(60);
        view.setChoices({{u"Access token"_s, u"before"_s, holder, a, jose::entraNames()},
                         {u"ID token"_s, longWord, holder, b, jose::entraNames()}});
        view.chooseFirstTwo();
        auto *table = view.findChild<QTableView *>(u"differences"_s);
        QTRY_VERIFY(table->rowHeight(1) > 100);
        QVERIFY(isReachedByKeys(*table));
        QTRY_COMPARE(clippedIn(view).join(u'\n'), QString());
        QCOMPARE(view.size(), size);
    }

    void scopesAndRolesScrollByKeyboard()
    {
        pages::TokenFindings findings(systemNow);
        findings.resize(800, 420);
        pages::ShownToken shown;
        shown.grants.emplace().isKnown = true;
        for (int number = 1; number <= 40; ++number)
            shown.grants->roles += u"Books.Role.Number%1"_s.arg(number);
        for (int number = 1; number <= 30; ++number)
            shown.grants->scopes += u"Books.Scope.Number%1"_s.arg(number);
        shown.grants->scopes += longWord;
        findings.setVisible(true);
        QVERIFY(QTest::qWaitForWindowActive(&findings));
        findings.show(shown);
        auto *area = findings.findChild<QScrollArea *>(u"grants"_s);
        QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
        QTRY_COMPARE(area->focusPolicy(), Qt::StrongFocus);
        area->setFocus();
        QVERIFY(area->hasFocus());
        for (int before = -1; area->verticalScrollBar()->value() > before;) {
            before = area->verticalScrollBar()->value();
            QTest::keyClick(area, Qt::Key_PageDown);
        }
        QCOMPARE(area->verticalScrollBar()->value(), area->verticalScrollBar()->maximum());
        QTRY_COMPARE(clippedIn(findings).join(u'\n'), QString());
        for (const QWidget *chip : area->widget()->findChildren<QWidget *>())
            QVERIFY(chip->width() <= area->viewport()->width());
        QCOMPARE(findings.height(), 420);
    }

    void noToolTipIsWiderThanTheScreen()
    {
        TokenPage page(nullptr, systemNow, noDesks());
        page.resize(844, 560);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        paste(page);
        auto *table = page.findChild<QTableView *>(u"claims"_s);
        QTRY_VERIFY(table->rowHeight(4) > 100);
        const QRect cell = table->visualRect(table->model()->index(1, 1));
        QHelpEvent event(QEvent::ToolTip, cell.center(), table->viewport()->mapToGlobal(cell.center()));
        QCoreApplication::sendEvent(table->viewport(), &event);
        QVERIFY(!QToolTip::isVisible());
        for (const QWidget *widget : page.findChildren<QWidget *>())
            QVERIFY2(widget->toolTip().size() < 150, qPrintable(widget->toolTip()));
    }
};

BOOKDESK_PAGE_TEST_MAIN(BigTokenTest)
#include "big-token-test.moc"
