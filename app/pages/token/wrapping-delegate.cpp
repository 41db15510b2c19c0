#include "pages/token/wrapping-delegate.h"

#include "style/metrics.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace bookdesk::pages {
namespace {

constexpr int mostLines = 6;

/// Breaks @p text into lines of @p width; the callback gets each line and its top. Returns the height.
template <class OnLine> int breakLines(const QString &text, const QFont &font, int width, OnLine onLine)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal height = 0;
    int count = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid() && count < mostLines; line = layout.createLine()) {
        line.setLineWidth(width);
        const bool isLast = ++count == mostLines;
        onLine(text.mid(line.textStart(), isLast ? -1 : line.textLength()), height);
        height += line.height();
    }
    layout.endLayout();
    return static_cast<int>(height);
}

} // namespace

void WrappingDelegate::drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment) const
{
    breakLines(text, painter.font(), rect.width(), [&painter, &rect](const QString &line, qreal top) {
        const QRectF place = QRectF(rect).adjusted(0, top, 0, 0);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(line.trimmed(), Qt::ElideRight, rect.width()));
    });
}

QSize WrappingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const style::Metrics metrics(option.font);
    const int width = std::max(textRect(option).width(), metrics.px(20));
    const int height = breakLines(item.text, item.font, width, [](const QString &, qreal) {});
    return {RowDelegate::sizeHint(option, index).width(), std::max(height + 2 * metrics.px(6), metrics.px(30))};
}

} // namespace bookdesk::pages
