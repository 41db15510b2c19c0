// The look as data: the contrast of text and background, icons, the style sheet.
#include "style/icons.h"
#include "style/metrics.h"
#include "style/style.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPalette>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using style::Role;
using style::Theme;

Q_DECLARE_METATYPE(bookdesk::style::Role)
Q_DECLARE_METATYPE(bookdesk::style::Theme)

class StyleTest : public QObject
{
    Q_OBJECT

private:
    static double luminance(const QColor &color)
    {
        const auto linear = [](double channel) {
            return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    }

    /// WCAG 2 contrast ratio, 1 to 21.
    static double contrast(const QColor &one, const QColor &other)
    {
        const double first = luminance(one);
        const double second = luminance(other);
        return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
    }

    static bool hasInk(const QImage &image, const QColor &ink)
    {
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() == 255 && image.pixelColor(x, y).rgb() == ink.rgb())
                    return true;
        return false;
    }

private Q_SLOTS:
    void textStandsOutFromItsBackground_data()
    {
        QTest::addColumn<Role>("ink");
        QTest::addColumn<Role>("ground");
        QTest::addColumn<Theme>("theme");
        struct Pair
        {
            Role ink;
            Role ground;
        };
        const std::vector<Pair> pairs{
            {Role::text, Role::ground},     {Role::text, Role::surface},        {Role::text, Role::raised},
            {Role::text, Role::chip},       {Role::text, Role::selection},      {Role::text, Role::accentGround},
            {Role::text, Role::okGround},   {Role::text, Role::badGround},      {Role::text, Role::warnGround},
            {Role::muted, Role::ground},    {Role::muted, Role::surface},       {Role::muted, Role::raised},
            {Role::muted, Role::selection}, {Role::muted, Role::accentGround},  {Role::muted, Role::badGround},
            {Role::muted, Role::okGround},  {Role::muted, Role::warnGround},    {Role::accent, Role::ground},
            {Role::accent, Role::surface},  {Role::accent, Role::accentGround}, {Role::accent, Role::selection},
            {Role::onAccent, Role::accent}, {Role::ok, Role::surface},          {Role::ok, Role::okGround},
            {Role::bad, Role::surface},     {Role::bad, Role::badGround},       {Role::warn, Role::surface},
            {Role::warn, Role::warnGround}, {Role::onBad, Role::bad},
        };
        for (const Theme theme : {Theme::light, Theme::dark})
            for (const Pair &pair : pairs)
                QTest::addRow("%s on %s in the %s theme", nameOf(pair.ink), nameOf(pair.ground),
                              theme == Theme::light ? "light" : "dark")
                    << pair.ink << pair.ground << theme;
    }

    void textStandsOutFromItsBackground()
    {
        QFETCH(const Role, ink);
        QFETCH(const Role, ground);
        QFETCH(const Theme, theme);
        const double ratio = contrast(style::color(ink, theme), style::color(ground, theme));
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void bordersOfControlsStandOutFromTheirBackground()
    {
        for (const Theme theme : {Theme::light, Theme::dark})
            QVERIFY(contrast(style::color(Role::controlLine, theme), style::color(Role::surface, theme)) >= 3);
    }

    void placeholdersStandOutFromTheirField_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::newRow("light") << Theme::light;
        QTest::newRow("dark") << Theme::dark;
    }

    void placeholdersStandOutFromTheirField()
    {
        QFETCH(const Theme, theme);
        style::apply(*qApp, theme);
        QLineEdit line;
        QPlainTextEdit text;
        line.setPlaceholderText(u"\u2588\u2588\u2588\u2588"_s);
        text.setPlaceholderText(line.placeholderText());
        for (QWidget *field : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&text)}) {
            field->resize(200, 40);
            field->show();
            QCOMPARE(field->palette().color(QPalette::PlaceholderText), style::color(Role::muted, theme));
            QCOMPARE(field->palette().color(QPalette::Text), style::color(Role::text, theme));
            QVERIFY(hasInk(field->grab().toImage(), style::color(Role::muted, theme)));
        }
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(qRound(contrast(Qt::white, Qt::black) * 10), 210);
        QCOMPARE(qRound(contrast(Qt::white, Qt::white) * 10), 10);
        // As measured by the specification.
        QCOMPARE(qRound(contrast(style::color(Role::text, Theme::light), Qt::white) * 10), 164);
    }

    void aPaletteRevealsItsTheme()
    {
        for (const Theme theme : {Theme::light, Theme::dark})
            QCOMPARE(style::themeOf(style::paletteFor(theme)), theme);
    }

    void themesAreNamed()
    {
        for (const Theme theme : {Theme::light, Theme::dark})
            QCOMPARE(style::themeFromText(style::themeText(theme)), theme);
        QCOMPARE(style::themeFromText(u"light"_s), Theme::light);
        QCOMPARE(style::themeFromText(u"dark"_s), Theme::dark);
        QVERIFY(!style::themeFromText(u"Dark"_s));
        QVERIFY(!style::themeFromText({}));
    }

    void everyIconOfTheSourcesIsCompiledIn()
    {
        const QDir folder(QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/icons"));
        const QStringList files = folder.entryList({u"*.svg"_s});
        QVERIFY(files.size() > 20);
        for (const QString &file : files)
            QVERIFY2(QFile::exists(u":/icons/"_s + file), qPrintable(file));
    }

    void aSteadyIconKeepsItsColourWhenDisabled()
    {
        const auto drawn = [](const QIcon &icon, QIcon::Mode mode) { return icon.pixmap(16, 16, mode).toImage(); };
        const QIcon steady = style::steadyIcon(u"square"_s, Role::signaturePart);
        QCOMPARE(drawn(steady, QIcon::Disabled), drawn(steady, QIcon::Normal));
        const QIcon usual = style::icon(u"square"_s, Role::signaturePart);
        QVERIFY(drawn(usual, QIcon::Disabled) != drawn(usual, QIcon::Normal));
    }

    void iconsFollowTheTheme()
    {
        const QIcon icon = style::icon(u"stop"_s, Role::accent);
        for (const Theme theme : {Theme::light, Theme::dark}) {
            style::apply(*qApp, theme);
            const QImage drawn = icon.pixmap(QSize(80, 80)).toImage();
            QVERIFY(hasInk(drawn, style::color(Role::accent, theme)));
            QVERIFY(!hasInk(drawn, Qt::black));
        }
    }

    void theStyleSheetHasNoMarkLeft()
    {
        for (const Theme theme : {Theme::light, Theme::dark}) {
            const QString sheet = style::styleSheetFor(theme, style::Metrics(QApplication::font()));
            QVERIFY(!sheet.isEmpty());
            QVERIFY2(!sheet.contains(u'@'), qPrintable(sheet.mid(sheet.indexOf(u'@'), 60)));
            QVERIFY(sheet.count(u'\n') < 150);
        }
    }

    void theChosenTabIsMarkedWithAndWithoutTheFocus()
    {
        style::apply(*qApp, Theme::light);
        QTabBar tabs;
        tabs.addTab(u"Access token"_s);
        tabs.addTab(u"ID token"_s);
        tabs.show();
        tabs.activateWindow();
        for (const bool hasFocus : {false, true}) {
            hasFocus ? tabs.setFocus() : tabs.clearFocus();
            QTRY_COMPARE(tabs.hasFocus(), hasFocus);
            for (const int chosen : {0, 1}) {
                tabs.setCurrentIndex(chosen);
                QTRY_VERIFY(isUnderlined(tabs, chosen));
                QVERIFY(!isUnderlined(tabs, 1 - chosen));
            }
        }
    }

    void sizesGrowWithTheFont()
    {
        QFont font = QApplication::font();
        font.setPixelSize(13);
        const style::Metrics usual(font);
        font.setPixelSize(26);
        const style::Metrics large(font);
        QVERIFY(large.px(100) > usual.px(100) * 3 / 2);
        QVERIFY(large.textColumn() > usual.textColumn() * 3 / 2);
    }

private:
    static bool isUnderlined(QTabBar &tabs, int tab)
    {
        const QImage picture = tabs.grab().toImage();
        const QRect place = tabs.tabRect(tab);
        return picture.pixelColor(place.center().x(), place.bottom()) == style::color(Role::accent);
    }

    static const char *nameOf(Role role) { return style::roleColors.at(static_cast<std::size_t>(role)).name; }
};

QTEST_MAIN(StyleTest)
#include "style-test.moc"
