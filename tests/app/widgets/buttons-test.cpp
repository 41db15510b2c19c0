// How buttons look: what is told by their pixels.
#include "app/page-fixture.h"
#include "style/colors.h"
#include "widgets/buttons.h"

#include <QImage>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using style::Role;
using style::Theme;
using widgets::ButtonLook;

namespace {

/// The colours along a line, each named once where it begins.
QStringList coloursAlong(const QImage &image, QPoint from, QPoint step, int length)
{
    QStringList colours;
    for (int i = 0; i < length; ++i) {
        const QString colour = image.pixelColor(from + i * step).name();
        if (colours.isEmpty() || colours.last() != colour)
            colours += colour;
    }
    return colours;
}

} // namespace

class ButtonsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFocusIsOneRing_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::addColumn<bool>("isDefault");
        QTest::newRow("light") << Theme::light << false;
        QTest::newRow("dark") << Theme::dark << false;
        QTest::newRow("light, the default of a dialog") << Theme::light << true;
        QTest::newRow("dark, the default of a dialog") << Theme::dark << true;
    }

    void theFocusIsOneRing()
    {
        QFETCH(Theme, theme);
        QFETCH(bool, isDefault);
        style::apply(*qApp, theme);
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        // Without a text, which would have colours of its own.
        QPushButton *button = widgets::pushButton({}, {}, ButtonLook::plain, &window);
        button->setFixedWidth(120);
        button->setDefault(isDefault);
        column->addWidget(button);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus(Qt::TabFocusReason);
        QVERIFY(button->hasFocus());
        const QImage image = button->grab().toImage();
        const QString ring = style::color(Role::accent, theme).name();
        const QStringList expected{ring, style::color(Role::surface, theme).name(), ring};
        for (const int x : {20, 60, 100})
            QCOMPARE(coloursAlong(image, {x, 0}, {0, 1}, image.height()), expected);
        for (const int y : {12, 15, 18})
            QCOMPARE(coloursAlong(image, {0, y}, {1, 0}, image.width()), expected);
        QCOMPARE(image.pixelColor(60, 1).name(), ring);
        QVERIFY(image.pixelColor(60, 2).name() != ring);
    }
};

BOOKDESK_PAGE_TEST_MAIN(ButtonsTest)
#include "buttons-test.moc"
