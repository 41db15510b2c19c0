#include "style/metrics.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace bookdesk::style {

namespace {

constexpr double drawnLineHeight = 16;
constexpr int columnCharacters = 120;

QFont scaled(QFont font, double factor)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(font.pixelSize() * factor))));
    else
        font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

} // namespace

Metrics::Metrics(const QFont &body)
    : m_scale(std::max(1.0, QFontMetricsF(body).height() / drawnLineHeight))
    , m_textColumn(static_cast<int>(std::ceil(QFontMetricsF(body).averageCharWidth() * columnCharacters)))
{}

int Metrics::px(double logical) const { return static_cast<int>(std::lround(logical * m_scale)); }

Metrics metricsOf(const QWidget &widget) { return Metrics(widget.font()); }

QFont titleFont(const QFont &body)
{
    QFont font = scaled(body, 1.55);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont sectionFont(const QFont &body)
{
    QFont font = body;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont(const QFont &body) { return scaled(body, 0.92); }

QFont monoFont(const QFont &body)
{
    QFont font = smallFont(body);
    font.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

} // namespace bookdesk::style
