#include "widgets/row-delegate.h"

#include "style/colors.h"
#include "style/metrics.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

QRect RowDelegate::textRect(const QStyleOptionViewItem &option) const
{
    const style::Metrics metrics(option.font);
    const int side = metrics.px(12);
    const int edge = metrics.px(6);
    return option.rect.adjusted(side, edge, -side, -edge);
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    if (item.state & QStyle::State_Selected)
        painter->fillRect(item.rect, item.palette.brush(QPalette::Highlight));
    QColor line = style::color(style::Role::line, item.palette);
    line.setAlphaF(0.55F);
    painter->setPen(line);
    painter->drawLine(item.rect.bottomLeft(), item.rect.bottomRight());
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    drawText(*painter, textRect(option), item.text, item.displayAlignment);
    painter->restore();
}

void RowDelegate::drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::TextSingleLine), shown);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const style::Metrics metrics(option.font);
    return {item.fontMetrics.horizontalAdvance(item.text) + metrics.px(24) + 2, metrics.px(31)};
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                            const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = index.data(Qt::DisplayRole).toString();
    // A tool tip would interpret text that looks like HTML.
    QToolTip::showText(event->globalPos(), text.isEmpty() ? QString() : u"<p>"_s + text.toHtmlEscaped() + u"</p>"_s,
                       view);
    return true;
}

} // namespace bookdesk::widgets
