// The window's frame: where it opens, its panel, and what it is to screen readers.
#include "app/window-fixture.h"
#include "window/accessible-roles.h"
#include "window/placing.h"
#include "window/side-button.h"
#include "workspace/settings.h"

#include <QAccessible>
#include <QScreen>

using namespace Qt::StringLiterals;
using namespace bookdesk;

class WindowFrameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { window::installAccessibleRoles(); }

    void aWindowIsFittedToItsScreen_data()
    {
        QTest::addColumn<QRect>("space");
        QTest::addColumn<QRect>("wanted");
        QTest::addColumn<QRect>("placed");
        QTest::newRow("it fits") << QRect(0, 24, 1920, 1056) << QRect(300, 100, 1180, 760)
                                 << QRect(300, 100, 1180, 760);
        QTest::newRow("too wide") << QRect(0, 24, 1024, 744) << QRect(100, 100, 1180, 760) << QRect(0, 24, 1024, 744);
        QTest::newRow("too high") << QRect(0, 24, 1280, 696) << QRect(50, 100, 1180, 760) << QRect(50, 24, 1180, 696);
        QTest::newRow("beyond the right edge")
            << QRect(0, 24, 1280, 776) << QRect(900, 24, 1180, 760) << QRect(100, 24, 1180, 760);
        QTest::newRow("on a screen that is gone")
            << QRect(0, 24, 1280, 776) << QRect(2500, -900, 1180, 760) << QRect(100, 24, 1180, 760);
        QTest::newRow("on a screen at the left")
            << QRect(-1920, 0, 1920, 1080) << QRect(-300, 50, 1180, 760) << QRect(-1180, 50, 1180, 760);
    }

    void aWindowIsFittedToItsScreen()
    {
        QFETCH(QRect, space);
        QFETCH(QRect, wanted);
        QTEST(window::fittedTo(space, wanted), "placed");
    }

    void aRememberedSizeIsFittedToTheScreen()
    {
        QWidget large;
        large.setGeometry(10, 30, 5000, 4000);
        QWidget again;
        window::placeWindow(again, large.saveGeometry(), {400, 300});
        QVERIFY(again.screen()->availableGeometry().contains(again.geometry()));
        QWidget first;
        window::placeWindow(first, {}, {5000, 4000});
        QVERIFY(first.width() <= first.screen()->availableGeometry().width());
        QVERIFY(first.height() < first.screen()->availableGeometry().height());
        window::placeWindow(first, {}, {400, 300});
        QCOMPARE(first.size(), QSize(400, 300));
    }

    void theWindowOpensAsHighAsUsualOrAsTheScreen()
    {
        test::WindowFixture first;
        QCOMPARE(first.window->height(), 760);
        QWidget high;
        high.setGeometry(0, 30, 900, 4000);
        workspace::Settings().setBytes(workspace::Setting::windowGeometry, high.saveGeometry());
        const test::WindowFixture again;
        workspace::Settings().setBytes(workspace::Setting::windowGeometry, {});
        QVERIFY(again.window->height() > 600);
        QVERIFY(again.window->height() <= again.window->screen()->availableGeometry().height());
    }

    void theAccountPanelClosesWhenTheFocusLeavesIt()
    {
        test::WindowFixture at;
        QVERIFY(QTest::qWaitForWindowActive(at.window.get()));
        const window::AccountPanel &panel = at.window->accountPanel();
        QTest::mouseClick(at.window->sideBar().account(), Qt::LeftButton);
        QVERIFY(panel.isVisible());
        QVERIFY(panel.isAncestorOf(QApplication::focusWidget()));
        const auto isInside = [&panel] { return panel.isAncestorOf(QApplication::focusWidget()); };
        for (int i = 0; i < 20 && isInside(); ++i) {
            QVERIFY(panel.isVisible());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY(!isInside());
        QVERIFY(!panel.isVisible());
        QVERIFY(!at.window->sideBar().account()->isChecked());
    }

    void itIsAWindowWithPageTabs()
    {
        test::WindowFixture at;
        QAccessibleInterface *window = QAccessible::queryAccessibleInterface(at.window.get());
        QCOMPARE(window->role(), QAccessible::Window);
        QCOMPARE(window->text(QAccessible::Name), u"Bookdesk"_s);
        const QList<window::SideButton *> buttons = at.window->findChildren<window::SideButton *>();
        QVERIFY(buttons.size() >= 2);
        for (window::SideButton *button : buttons) {
            QAccessibleInterface *tab = QAccessible::queryAccessibleInterface(button);
            QCOMPARE(tab->role(), QAccessible::PageTab);
            QCOMPARE(tab->text(QAccessible::Name), button->text());
            QCOMPARE(tab->state().selected != 0, button->isChecked());
            QVERIFY(tab->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
        }
        QAccessible::queryAccessibleInterface(buttons.at(1))
            ->actionInterface()
            ->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(buttons.at(1)->isChecked());
    }

    void aNarrowWindowShowsIconsWithToolTips()
    {
        test::WindowFixture at;
        const window::SideButton *button = at.window->findChild<window::SideButton *>();
        at.window->resize(1180, 760);
        QVERIFY(button->toolTip().isEmpty());
        at.window->resize(999, 760);
        QVERIFY(button->toolTip().startsWith(button->text()));
        QVERIFY(at.window->sideBar().width() < 100);
    }
};

BOOKDESK_PAGE_TEST_MAIN(WindowFrameTest)
#include "window-frame-test.moc"
