// Books whose titles and fields are long, many, or try to do harm: everything can be read, by everybody.
#include "app/api-desk.h"
#include "app/page-fixture.h"
#include "core/hostile-strings.h"
#include "core/text.h"
#include "pages/books/book-detail.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "widgets/key-value-rows.h"
#include "widgets/tab-order.h"

#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QTableView>
#include <QToolTip>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

constexpr int fieldCount = 40;

QByteArray answerWith(const QString &title)
{
    JsonObject book{{u"id"_s, u"b1"_s}, {u"title"_s, title}, {u"author"_s, title}};
    for (int i = 0; i < fieldCount; ++i)
        book.append(u"field %1"_s.arg(i), i % 2 == 0 ? title : u"value %1"_s.arg(i));
    const JsonObject list{{u"books"_s, JsonArray{book}}};
    return test::httpAnswer("200 OK", {}, toCompactJson(list));
}

void collect(QAccessibleInterface *interface, QList<QAccessibleInterface *> &all)
{
    if (!interface || !interface->isValid())
        return;
    all += interface;
    for (int child = 0; child < interface->childCount(); ++child)
        collect(interface->child(child), all);
}

} // namespace

class HostileBooksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_page.reset();
        m_at.reset();
    }

    void screenReadersGetPlainText_data() { test::addHostileRows(); }

    void screenReadersGetPlainText()
    {
        QFETCH(QString, text);
        show(text);
        QList<QAccessibleInterface *> all;
        collect(QAccessible::queryAccessibleInterface(m_page.get()), all);
        QVERIFY(all.size() > 2 * fieldCount);
        for (QAccessibleInterface *interface : all) {
            const QString name = interface->text(QAccessible::Name);
            const QString description = interface->text(QAccessible::Description);
            QVERIFY2(test::showsAll(name), qPrintable(visible(name)));
            QVERIFY2(test::showsAll(description), qPrintable(visible(description)));
            QVERIFY2(!description.startsWith(u"<p>"_s), qPrintable(description));
        }
    }

    void noToolTipIsWiderThanTheScreen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a word of 300 characters") << QString(300, u'w');
        QTest::newRow("a word of 3,000 characters") << QString(3'000, u'w');
        QTest::newRow("300 words") << u"words "_s.repeated(300);
    }

    void noToolTipIsWiderThanTheScreen()
    {
        QFETCH(QString, text);
        show(text);
        const int most = m_page->screen()->availableGeometry().width();
        for (QWidget *widget : m_page->findChildren<QWidget *>()) {
            if (widget->toolTip().isEmpty())
                continue;
            QToolTip::showText(QPoint(0, 0), widget->toolTip(), widget);
            for (const QWidget *tip : QApplication::topLevelWidgets())
                if (tip->inherits("QTipLabel") && tip->isVisible())
                    QVERIFY2(tip->width() <= most, qPrintable(widget->toolTip().left(60)));
        }
    }

    void everyFieldIsReachedByTabAndIsWhole_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << u"Emma"_s;
        QTest::newRow("a word of 300 characters") << QString(300, u'w');
    }

    void everyFieldIsReachedByTabAndIsWhole()
    {
        QFETCH(QString, text);
        show(text);
        const auto *detail = m_page->findChild<pages::BookDetail *>();
        const auto *area = detail->findChild<QScrollArea *>();
        const QList<QWidget *> stops = widgets::tabStops(*detail);
        QVERIFY(stops.size() > fieldCount);
        for (int i = 0; i < fieldCount; ++i) {
            widgets::ValueLabel *value = detail->rows().value(u"field %1"_s.arg(i));
            QVERIFY(value);
            QVERIFY(stops.contains(value));
            value->setFocus(Qt::TabFocusReason);
            QVERIFY(value->width() <= area->viewport()->width());
            QVERIFY(value->heightForWidth(value->width()) <= value->height());
            QVERIFY(value->QLabel::minimumSizeHint().width() <= value->width());
        }
    }

    void inTheSmallestDetailNothingOverlaps()
    {
        pages::BookDetail detail;
        books::Book book;
        book.title = u"Emma"_s;
        detail.setBook(book);
        detail.setPrediction(u"Predicted answer: 403. "_s.repeated(5));
        detail.show();
        detail.resize(detail.minimumWidth(), 400);
        QTRY_COMPARE(detail.width(), detail.minimumWidth());
        detail.resize(detail.width(), detail.minimumSizeHint().height());
        QTRY_COMPARE(detail.height(), detail.minimumSizeHint().height());
        const QRect button = test::buttonNamed(detail, u"delete"_s)->geometry();
        const QLabel *prediction = detail.findChildren<QLabel *>(Qt::FindDirectChildrenOnly).back();
        QVERIFY(prediction->height() >= prediction->heightForWidth(prediction->width()));
        QVERIFY(!button.intersects(prediction->geometry()));
        QVERIFY(!button.intersects(detail.findChild<QScrollArea *>()->geometry()));
    }

    void tabScrollsToTheLastField()
    {
        show(u"Emma"_s);
        const auto *detail = m_page->findChild<pages::BookDetail *>();
        const auto *area = detail->findChild<QScrollArea *>();
        widgets::ValueLabel *last = detail->rows().value(u"field %1"_s.arg(fieldCount - 1));
        const auto isInSight = [&] {
            return area->viewport()->rect().contains(QRect(last->mapTo(area->viewport(), QPoint()), last->size()));
        };
        QVERIFY(!isInSight());
        m_page->table().view()->setFocus();
        while (!last->hasFocus() && widgets::holdsFocus(*m_page) && widgets::moveFocus(*m_page, true))
            QVERIFY(QApplication::focusWidget() != m_page->findChild<QWidget *>(u"delete"_s));
        QVERIFY(last->hasFocus());
        QVERIFY(isInSight());
    }

private:
    /// As in the smallest window.
    void show(const QString &title)
    {
        m_at = std::make_unique<test::ApiDesk>();
        m_at->answer = answerWith(title);
        m_page = std::make_unique<pages::BooksPage>();
        m_page->resize(844, 570);
        m_page->setDesk(m_at->desk.get());
        m_page->show();
        QVERIFY(m_at->signIn());
        QTRY_COMPARE(m_page->table().total(), 1);
        m_page->table().view()->selectRow(0);
        QCOMPARE(m_page->size(), QSize(844, 570));
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QCoreApplication::processEvents();
    }

    std::unique_ptr<test::ApiDesk> m_at;
    std::unique_ptr<pages::BooksPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(HostileBooksTest)
#include "hostile-books-test.moc"
