#include "widgets/painted-chip.h"

#include "style/icons.h"
#include "style/metrics.h"

#include <QFontMetrics>
#include <QPainter>
#include <QRect>

namespace bookdesk::widgets {
namespace {

constexpr int side = 9;
constexpr int iconSize = 13;
constexpr int iconGap = 5;

QFont chipFont(const QFont &body)
{
    QFont font = style::smallFont(body);
    font.setWeight(QFont::Medium);
    return font;
}

int iconWidth(const QString &icon, const style::Metrics &metrics)
{
    return icon.isEmpty() ? 0 : metrics.px(iconSize) + metrics.px(iconGap);
}

void paintContent(QPainter &painter, const QString &icon, const QString &text, style::Role ink, QRect rect,
                  const style::Metrics &metrics)
{
    if (!icon.isEmpty()) {
        const int size = metrics.px(iconSize);
        const QRect place(rect.left(), rect.center().y() - (size - 1) / 2, size, size);
        style::icon(icon, ink).paint(&painter, place);
        rect.setLeft(rect.left() + iconWidth(icon, metrics));
    }
    painter.setPen(style::color(ink));
    painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::TextSingleLine), text);
}

} // namespace

int chipWidth(const PaintedChip &chip, const QFont &body)
{
    const style::Metrics metrics(body);
    return 2 * metrics.px(side) + iconWidth(chip.icon, metrics) +
           QFontMetrics(chipFont(body)).horizontalAdvance(chip.text) + 1;
}

void paintChip(QPainter &painter, const PaintedChip &chip, QPoint at, const QFont &body)
{
    const style::Metrics metrics(body);
    painter.save();
    painter.setFont(chipFont(body));
    painter.setRenderHint(QPainter::Antialiasing);
    const int height = painter.fontMetrics().height() + 2 * metrics.px(2);
    const QRect rect(at.x(), at.y() - height / 2, chipWidth(chip, body), height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::color(kindGround(chip.kind)));
    painter.drawRoundedRect(rect, height / 2.0, height / 2.0);
    const int edge = metrics.px(side);
    paintContent(painter, chip.icon, chip.text, kindInk(chip.kind), rect.adjusted(edge, 0, 0, 0), metrics);
    painter.restore();
}

void paintMark(QPainter &painter, const QString &icon, const QString &text, style::Role ink, QPoint at,
               const QFont &body)
{
    const style::Metrics metrics(body);
    painter.save();
    painter.setFont(style::smallFont(body));
    const int height = painter.fontMetrics().height();
    const QRect rect(at.x(), at.y() - height / 2, painter.fontMetrics().horizontalAdvance(text) + metrics.px(40),
                     height);
    paintContent(painter, icon, text, ink, rect, metrics);
    painter.restore();
}

} // namespace bookdesk::widgets
