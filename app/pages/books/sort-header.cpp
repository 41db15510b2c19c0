#include "pages/books/sort-header.h"

#include "style/colors.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace bookdesk::pages {

SortHeader::SortHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Sort by column"));
    setSectionsClickable(true);
    setHighlightSections(false);
    setSortIndicatorShown(true);
}

void SortHeader::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(m_chosen - 1);
    case Qt::Key_Right:
        return choose(m_chosen + 1);
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return sortByChosen();
    default:
        QHeaderView::keyPressEvent(event);
    }
}

void SortHeader::choose(int section)
{
    m_chosen = std::clamp(section, 0, std::max(count() - 1, 0));
    viewport()->update();
}

void SortHeader::sortByChosen()
{
    const bool isAscendingHere = sortIndicatorSection() == m_chosen && sortIndicatorOrder() == Qt::AscendingOrder;
    setSortIndicator(m_chosen, isAscendingHere ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void SortHeader::focusInEvent(QFocusEvent *event)
{
    QHeaderView::focusInEvent(event);
    viewport()->update();
}

void SortHeader::focusOutEvent(QFocusEvent *event)
{
    QHeaderView::focusOutEvent(event);
    viewport()->update();
}

void SortHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    QHeaderView::paintSection(painter, rect, section);
    painter->restore();
    if (!hasFocus() || section != m_chosen)
        return;
    painter->save();
    painter->setPen(QPen(style::color(style::Role::accent, palette()), 2));
    painter->drawRect(rect.adjusted(1, 1, -1, -1));
    painter->restore();
}

} // namespace bookdesk::pages
