#include "widgets/row-delegate.h"

#include "style/colors.h"
#include "style/metrics.h"
#include "widgets/labels.h"

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
    const int edge = metrics.px(8);
    return option.rect.adjusted(side, edge, -side, -edge);
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    painter->save();
    paintRow(*painter, item);
    painter->setFont(item.font);
    painter->setPen(item.palette.color(QPalette::Text));
    drawText(*painter, textRect(option), item.text, item.displayAlignment);
    painter->restore();
}

namespace {

/// Whether what is around the view is at this row's lower edge.
bool endsTheView(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view && option.index.isValid() && option.index.row() == option.index.model()->rowCount() - 1 &&
           option.rect.bottom() >= view->viewport()->height() - 2;
}

} // namespace

void RowDelegate::paintRow(QPainter &painter, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    if (endsTheView(option))
        return;
    QColor line = style::color(style::Role::line, option.palette);
    line.setAlphaF(0.55F);
    painter.setPen(line);
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void RowDelegate::drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::TextSingleLine | Qt::TextDontClip), shown);
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
    QToolTip::showText(event->globalPos(), plainToolTip(text), view);
    return true;
}

} // namespace bookdesk::widgets
