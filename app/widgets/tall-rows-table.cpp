#include "widgets/tall-rows-table.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace bookdesk::widgets {
namespace {

/// How far the key scrolls a table; 0 for other keys.
int distanceOf(const QKeyEvent &event, const QTableView &table)
{
    const int step = 3 * table.fontMetrics().height();
    const int page = std::max(step, table.viewport()->height() - step);
    switch (event.key()) {
    case Qt::Key_Down:
        return step;
    case Qt::Key_Up:
        return -step;
    case Qt::Key_PageDown:
        return page;
    case Qt::Key_PageUp:
        return -page;
    default:
        return 0;
    }
}

} // namespace

TallRowsTable::TallRowsTable(QWidget *parent)
    : RowTable(parent)
{
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
}

void TallRowsTable::keyPressEvent(QKeyEvent *event)
{
    const int distance = distanceOf(*event, *this);
    const QRect row = visualRect(currentIndex());
    const int hidden = distance > 0 ? row.bottom() - viewport()->height() + 1 : -row.top();
    if (distance == 0 || hidden <= 0 || !row.intersects(viewport()->rect()))
        return RowTable::keyPressEvent(event);
    const int way = std::min(std::abs(distance), hidden);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + (distance > 0 ? way : -way));
}

} // namespace bookdesk::widgets
