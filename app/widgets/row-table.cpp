#include "widgets/row-table.h"

#include "widgets/focus-selection.h"
#include "widgets/round-frame.h"

#include <QHeaderView>
#include <QResizeEvent>

namespace bookdesk::widgets {

RowTable::RowTable(QWidget *parent)
    : QTableView(parent)
    , m_corner(headerCorner(*this))
{
    new RoundFrame(this);
    setTabKeyNavigation(false);
    new FocusSelection(this);
    setShowGrid(false);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
}

/// The scroll bar begins below the header.
void RowTable::updateGeometries()
{
    QTableView::updateGeometries();
    m_corner->setFixedHeight(horizontalHeader()->height());
}

void RowTable::resizeEvent(QResizeEvent *event)
{
    const QRect row = visualRect(currentIndex());
    const bool wasInSight = row.isValid() && row.top() >= 0 && row.bottom() <= event->oldSize().height();
    QTableView::resizeEvent(event);
    if (wasInSight)
        scrollTo(currentIndex());
}

/// Qt 6.4 reports each change of the current row as a move of the accessibility focus, wherever the focus is.
void RowTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    if (hasFocus())
        QTableView::currentChanged(current, previous);
    else
        QAbstractItemView::currentChanged(current, previous); // NOLINT(bugprone-parent-virtual-call)
}

} // namespace bookdesk::widgets
