#include "pages/token/wrapping-delegate.h"

#include "style/metrics.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextOption>

#include <algorithm>

namespace bookdesk::pages {
namespace {

/// So that a row of a huge value does not take seconds to paint.
constexpr qsizetype mostLetters = 20'000;

QString shownPart(const QString &text)
{
    return text.size() <= mostLetters ? text : text.left(mostLetters) + QChar(0x2026);
}

/// Breaks the layout's text into lines of @p width. Returns their height.
qreal breakLines(QTextLayout &layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

} // namespace

void WrappingDelegate::drawFormatted(QPainter &painter, const QRect &rect, const QString &text, const Formats &formats)
{
    QTextLayout layout(shownPart(text), painter.font());
    layout.setFormats(formats);
    breakLines(layout, rect.width());
    layout.draw(&painter, rect.topLeft());
}

void WrappingDelegate::drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment) const
{
    drawFormatted(painter, rect, text, {});
}

QSize WrappingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const style::Metrics metrics(option.font);
    QTextLayout layout(shownPart(item.text), item.font);
    const auto height = static_cast<int>(breakLines(layout, std::max(textRect(option).width(), metrics.px(20))));
    return {RowDelegate::sizeHint(option, index).width(), std::max(height + 2 * metrics.px(8), metrics.px(30))};
}

bool WrappingDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                 const QModelIndex &index)
{
    return event->type() == QEvent::ToolTip || RowDelegate::helpEvent(event, view, option, index);
}

} // namespace bookdesk::pages
