// Announcements: screen readers get the text, and every widget keeps its name.
#include "app/page-fixture.h"
#include "pages/books/books-page.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"

#include <QMap>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

QMap<QWidget *, QString> namesIn(const QWidget &root)
{
    QMap<QWidget *, QString> names;
    for (QWidget *widget : root.findChildren<QWidget *>())
        if (widget->objectName() != u"announcement"_s)
            names[widget] = QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
    return names;
}

} // namespace

class AnnouncementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Screen readers leave out what changes in hidden widgets.
    void itIsAVisiblePartOfTheWindow()
    {
        QWidget window;
        window.show();
        widgets::announce(window, u"The command was copied."_s);
        const QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&window);
        QCOMPARE(tree->childCount(), 1);
        const QAccessibleInterface *live = tree->child(0);
        QCOMPARE(live->text(QAccessible::Name), u"The command was copied."_s);
        QCOMPARE(live->role(), QAccessible::StaticText);
        QVERIFY(!live->state().invisible);
    }

    void oneIsEnoughForAWindow()
    {
        QWidget window;
        QWidget part(&window);
        widgets::announce(window, u"One"_s);
        widgets::announce(part, u"Two"_s);
        QCOMPARE(window.findChildren<QLabel *>().size(), 1);
        QCOMPARE(test::announced(part), u"Two"_s);
    }

    void noWidgetIsRenamed()
    {
        pages::BooksPage page;
        page.show();
        const QMap<QWidget *, QString> names = namesIn(page);
        QVERIFY(names.size() > 20);
        for (QWidget *widget : names.keys())
            widgets::announce(*widget, u"Something else"_s);
        QCOMPARE(namesIn(page), names);
        QCOMPARE(test::announced(page), u"Something else"_s);
    }

    void marksOfDirectionAreNotSaid()
    {
        QWidget window;
        widgets::announce(window, u"“\u2068ספר\u2069” was deleted"_s);
        QCOMPARE(test::announced(window), u"“ספר” was deleted"_s);
    }

    void itTakesNoRoomAndNoFocus()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        column->addWidget(new QLabel(u"Shown"_s));
        window.show();
        const QSize before = window.sizeHint();
        widgets::announce(window, u"Said"_s);
        QCOMPARE(window.sizeHint(), before);
        const auto *live = window.findChild<QLabel *>(u"announcement"_s);
        QCOMPARE(live->size(), QSize(0, 0));
        QCOMPARE(live->focusPolicy(), Qt::NoFocus);
    }

    void aForgottenBannerLeavesNothingBehind()
    {
        widgets::Banner banner;
        banner.show({widgets::Kind::ok, u"“Emma” was deleted"_s, {}, {}, {}});
        QVERIFY(test::announced(banner).contains(u"Emma"_s));
        banner.forget();
        QCOMPARE(test::announced(banner), QString());
    }

    void whatAnotherPartSaysIsLeftAlone()
    {
        QWidget window;
        widgets::Banner banner(&window);
        QWidget part(&window);
        QWidget inside(&part);
        banner.show({widgets::Kind::ok, u"“Emma” was deleted"_s, {}, {}, {}});
        widgets::announce(inside, u"More proof"_s);
        banner.forget();
        QCOMPARE(test::announced(window), u"More proof"_s);
        widgets::forgetAnnouncement(part);
        QCOMPARE(test::announced(window), QString());
    }
};

BOOKDESK_PAGE_TEST_MAIN(AnnouncementTest)
#include "announcement-test.moc"
