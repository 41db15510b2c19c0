#include "pages/books/sort-header.h"

#include "style/colors.h"
#include "widgets/announcement.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionHeader>

#include <algorithm>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;

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
    widgets::announce(*this, title(m_chosen));
}

void SortHeader::sortByChosen()
{
    const bool isAscendingHere = sortIndicatorSection() == m_chosen && sortIndicatorOrder() == Qt::AscendingOrder;
    setSortIndicator(m_chosen, isAscendingHere ? Qt::DescendingOrder : Qt::AscendingOrder);
    widgets::announce(*this, isAscendingHere ? tr("Sorted by %1, descending").arg(title(m_chosen))
                                             : tr("Sorted by %1, ascending").arg(title(m_chosen)));
}

QString SortHeader::title(int section) const { return model()->headerData(section, orientation()).toString(); }

/// The style's own arrow would point downwards if it ascends, and cover the last letter of a narrow column.
void SortHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    option->sortIndicator = QStyleOptionHeader::None;
    if (isSortIndicatorShown() && section == sortIndicatorSection())
        option->text += sortIndicatorOrder() == Qt::AscendingOrder ? u" \u25B2"_s : u" \u25BC"_s;
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
