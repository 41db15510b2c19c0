#include "style/style.h"

#include "style/metrics.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>

namespace bookdesk::style {

using namespace Qt::StringLiterals;

namespace {

/// Of the application object.
constexpr const char *desktopProperty = "bookdeskDesktopTheme";

/// A third of a state's colour, for the borders of banners.
QString lineOf(Role role, Theme theme)
{
    const QColor ink = color(role, theme);
    return u"rgba(%1, %2, %3, 90)"_s.arg(ink.red()).arg(ink.green()).arg(ink.blue());
}

QString faded(Role role, Theme theme)
{
    const QColor ink = color(role, theme);
    return u"rgba(%1, %2, %3, 140)"_s.arg(ink.red()).arg(ink.green()).arg(ink.blue());
}

/// `@12px@` is a length that grows with the font.
void fillInLengths(QString &sheet, const Metrics &metrics)
{
    static const QRegularExpression mark(u"@(\\d+)px@"_s);
    for (auto match = mark.match(sheet); match.hasMatch(); match = mark.match(sheet)) {
        const QString length = QString::number(metrics.px(match.captured(1).toInt())) + u"px"_s;
        sheet.replace(match.capturedStart(), match.capturedLength(), length);
    }
}

} // namespace

QString styleSheetFor(Theme theme, const Metrics &metrics)
{
    QFile file(u":/style/bookdesk.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const RoleColor &entry : roleColors)
        sheet.replace(u'@' + QString::fromLatin1(entry.name) + u'@', color(entry.role, theme).name());
    sheet.replace(u"@ok-line@"_s, lineOf(Role::ok, theme));
    sheet.replace(u"@bad-line@"_s, lineOf(Role::bad, theme));
    sheet.replace(u"@warn-line@"_s, lineOf(Role::warn, theme));
    sheet.replace(u"@accent-line@"_s, lineOf(Role::accent, theme));
    sheet.replace(u"@accent-faded@"_s, faded(Role::accent, theme));
    sheet.replace(u"@theme@"_s, themeText(theme));
    fillInLengths(sheet, metrics);
    return sheet;
}

void apply(QApplication &application, Theme theme)
{
    noteDesktopTheme(desktopTheme());
    if (application.style()->name() != u"fusion"_s && application.styleSheet().isEmpty())
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(paletteFor(theme));
    application.setStyleSheet(styleSheetFor(theme, Metrics(QApplication::font())));
}

QString themeText(Theme theme) { return theme == Theme::light ? u"light"_s : u"dark"_s; }

std::optional<Theme> themeFromText(const QString &text)
{
    if (text == "light"_L1)
        return Theme::light;
    if (text == "dark"_L1)
        return Theme::dark;
    return std::nullopt;
}

Theme desktopTheme()
{
    const QVariant known = QApplication::instance()->property(desktopProperty);
    return known.isValid() ? static_cast<Theme>(known.toInt()) : themeOf(QApplication::palette());
}

void noteDesktopTheme(Theme theme) { QApplication::instance()->setProperty(desktopProperty, static_cast<int>(theme)); }

} // namespace bookdesk::style
