#include "app/api-desk.h"
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "core/masking.h"
#include "core/translation.h"
#include "pages/activity/activity-page.h"
#include "pages/activity/body-text.h"
#include "pages/activity/exchange-detail.h"
#include "pages/activity/exchanges-model.h"
#include "pages/activity/exchanges-table.h"
#include "pages/activity/running-strip.h"
#include "pages/activity/timing-view.h"
#include "widgets/banner.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace bookdesk {

/// A page on a desk whose API answers what a test says.
struct ActivityFixture
{
    explicit ActivityFixture(test::ApiDesk &used)
        : desk(&used)
    {
        desk->answer = test::listOfBooks();
        log().clear();
        page.resize(980, 720);
        page.setDesk(desk->desk.get());
        page.show();
    }

    net::ExchangeLog &log() { return desk->desk->exchanges(); }
    const QAbstractItemModel &rows() const { return *page.table().view()->model(); }
    QString cell(int row, int column) const { return rows().index(row, column).data().toString(); }
    QString body() const { return page.findChild<QPlainTextEdit *>(u"exchangeBody"_s)->toPlainText(); }
    void click(const QString &name) { QTest::mouseClick(page.findChild<QAbstractButton *>(name), Qt::LeftButton); }
    void select(int row) { page.table().view()->selectRow(row); }

    /// The texts of all labels as people see them.
    QStringList texts() const
    {
        QStringList texts = test::labelTexts(page);
        for (const auto *value : page.findChildren<widgets::ValueLabel *>())
            texts += value->value();
        texts.removeIf([](const QString &text) { return text.contains(QChar(0x200b)); });
        return texts;
    }

    test::ApiDesk *desk;
    pages::ActivityPage page;
};

namespace {

net::Exchange answered(const QString &body)
{
    net::Exchange exchange;
    exchange.started = systemNow();
    exchange.duration = 341ms;
    exchange.method = "GET"_ba;
    exchange.url = u"https://books.contoso.com/api/v1/books"_s;
    exchange.requestHeaders = {{"Authorization"_ba, removedMark().toUtf8()}};
    exchange.status = 200;
    exchange.reason = u"OK"_s;
    exchange.responseHeaders = {{"Content-Type"_ba, "application/json"_ba}};
    exchange.responseBody = body;
    exchange.responseBytes = body.toUtf8().size();
    exchange.milestones = {12ms, 82ms, 82ms, 285ms};
    exchange.tlsVersion = u"TLS 1.3"_s;
    exchange.proxy = u"proxy.contoso.com:8080"_s;
    exchange.certificateAuthority = u"Contoso Root CA"_s;
    return exchange;
}

} // namespace

class ActivityPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // Starting a Sandbox takes a while.
        if (!m_desk)
            m_desk = std::make_unique<test::ApiDesk>();
        m_at = std::make_unique<ActivityFixture>(*m_desk);
    }
    void cleanup() { m_at.reset(); }

    void theSelectedRowStaysInSightWhenABannerAppears()
    {
        for (int i = 0; i < 30; ++i) {
            net::Exchange exchange = answered(u"{}"_s);
            exchange.id = m_at->log().begin(exchange);
            m_at->log().end(exchange);
        }
        const QTableView *view = m_at->page.table().view();
        m_at->select(29);
        const int before = view->viewport()->height();
        const auto isInSight = [view] {
            return view->viewport()->rect().contains(view->visualRect(view->currentIndex()));
        };
        QTRY_VERIFY(isInSight());
        m_at->page.saveHarTo(u"/nowhere/bookdesk.har"_s);
        QTRY_VERIFY(view->viewport()->height() < before);
        QVERIFY(isInSight());
    }

    void saysThatNothingWasSent()
    {
        QVERIFY(test::containsPart(test::labelTexts(m_at->page), u"Nothing has been sent yet"_s));
        for (const char *name : {"saveHar", "clearActivity"}) {
            const auto *button = m_at->page.findChild<QAbstractButton *>(QString::fromLatin1(name));
            QVERIFY(!button->isEnabled());
            QCOMPARE(button->accessibleDescription(), u"Nothing has been sent yet"_s);
        }
    }

    void listsWhatIsSent()
    {
        QVERIFY(m_at->desk->signIn());
        QVERIFY(QCoro::waitFor(m_at->desk->desk->books().list()).outcome.isOk());
        const int rows = m_at->rows().rowCount();
        QVERIFY(rows >= 4);
        QStringList states;
        for (int row = 0; row < rows; ++row)
            states += m_at->cell(row, pages::ExchangesModel::statusColumn);
        QVERIFY(states.contains(u"opened in browser"_s));
        QCOMPARE(states.last(), u"200"_s);
        QCOMPARE(m_at->cell(rows - 1, pages::ExchangesModel::methodColumn), u"GET"_s);
        QCOMPARE(m_at->cell(rows - 1, pages::ExchangesModel::whereColumn), u"api · /api/v1/books"_s);
        QVERIFY(m_at->cell(0, pages::ExchangesModel::whereColumn).startsWith(u"login · /"_s));
        QVERIFY(m_at->page.table().view()->verticalScrollBar()->value() ==
                m_at->page.table().view()->verticalScrollBar()->maximum());
    }

    void showsOneExchange()
    {
        m_at->log().begin(answered(uR"({"books":[{"id":"b1"}]})"_s));
        m_at->select(0);
        const QStringList texts = m_at->texts();
        for (const QString &part :
             {u"GET https://books.contoso.com/api/v1/books"_s, u"books.contoso.com:443 · HTTP/1.1 · TLS 1.3"_s,
              u"through proxy.contoso.com:8080"_s, u"certificate from Contoso Root CA"_s,
              u"Authorization: "_s + removedMark(), u"application/json, 23 bytes"_s})
            QVERIFY2(test::containsPart(texts, part), qPrintable(part));
        QCOMPARE(m_at->page.detail().timing().sentence(),
                 u"Name found 12 ms, Connect with TLS 70 ms, TLS 1.3 not measured, First byte 203 ms, "
                 "Body 23 bytes 56 ms, All 341 ms"_s);
        QCOMPARE(m_at->body(), u"{\n  \"books\": [\n    {\n      \"id\": \"b1\"\n    }\n  ]\n}"_s);
        m_at->page.findChild<QCheckBox *>(u"pretty"_s)->toggle();
        QCOMPARE(m_at->body(), uR"({"books":[{"id":"b1"}]})"_s);
        QCOMPARE(test::namelessControls(m_at->page), QStringList());
    }

    void saysWhatWasNotMeasured()
    {
        net::Exchange reused = answered(u"[]"_s);
        reused.milestones = {{}, {}, 2ms, 285ms};
        m_at->log().begin(reused);
        m_at->select(0);
        QCOMPARE(m_at->page.detail().timing().sentence(),
                 u"Name reused, Connect reused, TLS 1.3 reused, First byte 283 ms, Body 2 bytes 56 ms, All 341 ms"_s);
        // The same figures stand beside the bars.
        const QStringList figures = test::labelTexts(m_at->page.detail().timing());
        for (const char *figure : {"reused", "283 ms", "56 ms", "341 ms", "2 bytes", "1.3"})
            QVERIFY2(figures.contains(QString::fromLatin1(figure)), figure);
        QVERIFY(test::containsPart(m_at->texts(), u"connection reused"_s));
    }

    void offersPrettyForJsonOnly()
    {
        net::Exchange exchange = answered(u"<html></html>"_s);
        exchange.responseHeaders = {{"Content-Type"_ba, "text/html"_ba}};
        m_at->log().begin(exchange);
        m_at->select(0);
        const auto *pretty = m_at->page.findChild<QCheckBox *>(u"pretty"_s);
        QVERIFY(!pretty->isEnabled());
        QCOMPARE(pretty->accessibleDescription(), u"Only JSON can be indented."_s);
        QCOMPARE(m_at->body(), u"<html></html>"_s);
    }

    void makesLargeBodiesReadableElsewhere()
    {
        QString body = u"[1"_s;
        while (body.size() < 200'000)
            body += u",1"_s;
        net::Exchange exchange = answered(body + u']');
        exchange.isResponseBodyCut = true;
        m_at->log().begin(exchange);
        m_at->select(0);
        QVERIFY(!m_at->body().startsWith(u'['));
        QTRY_VERIFY_WITH_TIMEOUT(m_at->body().startsWith(u"[\n  1,"_s), 30'000);
        // The rest comes in pieces, and leaves what is read in its place.
        auto *shown = m_at->page.findChild<pages::BodyText *>();
        QVERIFY(!shown->isComplete());
        shown->moveCursor(QTextCursor::Down);
        QTRY_VERIFY(shown->isComplete());
        QVERIFY(m_at->body().endsWith(u"  1\n]"_s));
        QCOMPARE(m_at->body().count(u'1'), body.count(u'1'));
        QCOMPARE(shown->textCursor().blockNumber(), 1);
        QCOMPARE(shown->verticalScrollBar()->value(), 0);
        QVERIFY(test::containsPart(m_at->texts(), u"only the first 200 KB are kept"_s));
    }

    void saysThatALongBodyIsCut()
    {
        QVERIFY(m_at->desk->signIn());
        const auto factsOf = [this](qsizetype size) {
            m_at->desk->answer = test::httpAnswer("200 OK", {}, '[' + QByteArray(size - 2, ' ') + ']');
            static_cast<void>(QCoro::waitFor(m_at->desk->desk->books().list()));
            const auto kept = [this] { return m_at->log().exchanges().back().responseBody.size(); };
            if (!QTest::qWaitFor([&kept] { return kept() == 1'000'000; }, 30'000))
                return QStringList();
            m_at->select(m_at->rows().rowCount() - 1);
            return m_at->texts();
        };
        const QString note = u", only the first 1.0 MB are kept"_s;
        const QStringList whole = factsOf(1'000'000);
        QVERIFY(test::containsPart(whole, u"1.0 MB"_s) && !test::containsPart(whole, note));
        QVERIFY(test::containsPart(factsOf(1'000'001), note));
    }

    void copiesACommand()
    {
        m_at->log().begin(answered({}));
        m_at->select(0);
        m_at->click(u"copyCurl"_s);
        QVERIFY(QApplication::clipboard()->text().startsWith(u"curl "_s));
        QVERIFY(QApplication::clipboard()->text().contains(u"Bearer $TOKEN"_s));
        QVERIFY(test::buttonWithText(m_at->page, u"Copied"_s));
    }

    void filtersAndClears()
    {
        m_at->log().begin(answered({}));
        net::Exchange other = answered({});
        other.url = u"https://login.example/keys"_s;
        m_at->log().begin(other);
        auto *filter = m_at->page.findChild<QLineEdit *>(u"activityFilter"_s);
        filter->setText(u"keys 200"_s);
        QCOMPARE(m_at->rows().rowCount(), 1);
        QVERIFY(test::containsPart(test::labelTexts(m_at->page), u"1 of 2 exchanges"_s));
        filter->setText(u"none"_s);
        QVERIFY(test::containsPart(test::labelTexts(m_at->page), u"No exchange matches the filter"_s));
        QVERIFY(!m_at->page.detail().isVisible());
        filter->clear();
        QVERIFY(m_at->page.detail().isVisible());
        m_at->click(u"clearActivity"_s);
        QVERIFY(m_at->log().exchanges().empty());
        QVERIFY(test::containsPart(test::labelTexts(m_at->page), u"Nothing has been sent yet"_s));
    }

    void stopsADeletionAndSaysThatItsFateIsUnknown()
    {
        QVERIFY(m_at->desk->signIn());
        m_at->desk->answer = {};
        const auto outcome = std::make_shared<std::optional<books::DeleteOutcome>>();
        QCoro::connect(m_at->desk->desk->books().remove(u"b1"_s), this,
                       [outcome](const books::DeleteOutcome &result) { *outcome = result; });
        QTRY_VERIFY(m_at->page.strip().isVisible());
        QTRY_VERIFY(test::containsPart(test::labelTexts(m_at->page.strip()), u"waiting for the answer for"_s));
        QVERIFY(test::containsPart(test::labelTexts(m_at->page.strip()), u"DELETE /api/v1/books/b1"_s));
        m_at->click(u"cancelExchange"_s);
        QTRY_VERIFY(outcome->has_value());
        QVERIFY(!(*outcome)->outcome.isOk());
        QCOMPARE(m_at->page.notice().headline(), u"DELETE was stopped; its fate is unknown"_s);
        QCOMPARE(m_at->cell(m_at->rows().rowCount() - 1, pages::ExchangesModel::statusColumn), u"no answer: stopped"_s);
        QTRY_VERIFY(!m_at->page.strip().isVisible());
    }

    void namesTheLongestAndSaysHowManyRun()
    {
        const Translation translation;
        net::Exchange exchange = answered({});
        exchange.duration.reset();
        exchange.started -= 9s;
        net::Exchange longest = exchange;
        longest.url += u"/longest"_s;
        longest.id = m_at->log().begin(longest);
        QTRY_VERIFY(m_at->page.strip().isVisible());
        const auto shows = [this](const QString &text) { return test::labelTexts(m_at->page.strip()).contains(text); };
        QVERIFY(shows(u"1 request is running"_s));
        exchange.started += 3s;
        m_at->log().begin(exchange);
        m_at->log().begin(exchange);
        QVERIFY(shows(u"3 requests are running"_s));
        QVERIFY(shows(u"GET /api/v1/books/longest"_s));
        longest.duration = 9s;
        m_at->log().end(longest);
        QTRY_VERIFY(shows(u"2 requests are running"_s));
        QVERIFY(shows(u"GET /api/v1/books"_s));
    }

    void theStripGoesOnFromTheTable()
    {
        const QTableView &view = *m_at->page.table().view();
        QVERIFY(!view.property("attached").toBool());
        net::Exchange exchange = answered({});
        exchange.duration.reset();
        exchange.started -= 3s;
        m_at->log().begin(exchange);
        QTRY_VERIFY(m_at->page.strip().isVisible());
        QVERIFY(view.property("attached").toBool());
        const auto topOf = [this](const QWidget &widget) { return widget.mapTo(&m_at->page, QPoint()).y(); };
        QTRY_COMPARE(topOf(m_at->page.strip()), topOf(view) + view.height());
    }

    void scrollsOnlyFromTheEnd()
    {
        for (int i = 0; i < 60; ++i)
            m_at->log().begin(answered({}));
        const QScrollBar *bar = m_at->page.table().view()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        QCOMPARE(bar->value(), bar->maximum());
        // The columns leave room for the scroll bar.
        const QTableView &view = *m_at->page.table().view();
        QTRY_COMPARE(view.horizontalHeader()->length(), view.viewport()->width());
        m_at->page.table().view()->scrollToTop();
        m_at->log().begin(answered({}));
        QCOMPARE(bar->value(), 0);
    }

    void keepsTheSelectionWhenOldOnesGo()
    {
        for (int i = 0; i < 1'000; ++i)
            m_at->log().begin({});
        const auto id = m_at->log().begin(answered({}));
        QVERIFY(m_at->page.table().selected() == nullptr);
        m_at->page.showExchange(id, u"Books"_s);
        m_at->log().begin({});
        QCOMPARE(m_at->rows().rowCount(), 1'000);
        QCOMPARE(m_at->page.table().selected()->id, id);
    }

    void showsAnExchangeThatTheFilterHides()
    {
        const auto id = m_at->log().begin(answered({}));
        m_at->page.findChild<QLineEdit *>(u"activityFilter"_s)->setText(u"nothing"_s);
        m_at->page.showExchange(id, u"Books"_s);
        QCOMPARE(m_at->page.table().selected()->id, id);
        QCOMPARE(m_at->page.findChild<QToolButton *>(u"activityBack"_s)->accessibleName(), u"Back to Books"_s);
        QSignalSpy back(&m_at->page, &pages::ActivityPage::backAsked);
        m_at->click(u"activityBack"_s);
        QCOMPARE(back.size(), 1);
    }

    void savesAnArchive()
    {
        m_at->log().begin(answered({}));
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.har"_s);
        m_at->page.saveHarTo(path);
        QTRY_VERIFY(m_at->page.notice().isVisible());
        QCOMPARE(m_at->page.notice().kind(), widgets::Kind::ok);
        QVERIFY(QFileInfo(path).size() > 100);
        m_at->page.saveHarTo(folder.filePath(u"none/a.har"_s));
        QTRY_COMPARE(m_at->page.notice().kind(), widgets::Kind::bad);
        QTest::keyClick(m_at->page.focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!m_at->page.notice().isVisible());
    }

    void outlivesTheDesk()
    {
        m_at->log().begin(answered({}));
        m_at->select(0);
        m_at->desk = nullptr;
        m_desk.reset();
        QCOMPARE(m_at->rows().rowCount(), 0);
        QVERIFY(!m_at->page.table().selected());
        m_at->page.clear();
        m_at->page.saveHarTo(u"/nowhere"_s);
    }

    void showsHostileText_data() { test::addHostileRows(); }

    void showsHostileText()
    {
        QFETCH(QString, text);
        net::Exchange exchange = answered(text);
        exchange.reason = text;
        exchange.failure = text;
        exchange.method = "DELETE " + text.toUtf8();
        exchange.requestBody = text;
        exchange.certificateAuthority = text;
        exchange.proxy = text;
        exchange.requestHeaders = {{text.toUtf8(), text.toUtf8()}};
        exchange.responseHeaders = {{"Content-Type"_ba, text.toUtf8()}};
        QUrl url(u"https://api.example/"_s);
        url.setPath(u"/"_s + text);
        exchange.url = url.toString(QUrl::FullyEncoded);
        m_at->log().begin(exchange);
        exchange.failure.clear();
        m_at->log().begin(exchange);
        exchange.duration.reset();
        exchange.started -= 5s;
        m_at->log().begin(exchange);
        QTRY_VERIFY(m_at->page.strip().isVisible());
        for (int row = 0; row < m_at->rows().rowCount(); ++row) {
            m_at->select(row);
            QCOMPARE(test::hostileProblems(m_at->page, text), QString());
        }
        m_at->click(u"cancelExchange"_s);
        m_at->page.findChild<QLineEdit *>(u"activityFilter"_s)->setText(text);
        QCOMPARE(test::hostileProblems(m_at->page, text), QString());
        m_at->page.grab();
    }

private:
    std::unique_ptr<test::ApiDesk> m_desk;
    std::unique_ptr<ActivityFixture> m_at;
};

} // namespace bookdesk

int main(int argc, char **argv) { return bookdesk::test::runPageTest<bookdesk::ActivityPageTest>(argc, argv); }
#include "activity-page-test.moc"
