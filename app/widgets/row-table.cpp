#include "widgets/row-table.h"

#include "widgets/focus-selection.h"

#include <QHeaderView>
#include <QResizeEvent>

namespace bookdesk::widgets {

RowTable::RowTable(QWidget *parent)
    : QTableView(parent)
{
    setTabKeyNavigation(false);
    new FocusSelection(this);
    setShowGrid(false);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
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
