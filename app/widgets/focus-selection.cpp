#include "widgets/focus-selection.h"

#include <QAbstractItemView>
#include <QFocusEvent>

namespace bookdesk::widgets {

FocusSelection::FocusSelection(QAbstractItemView *view)
    : QObject(view)
    , m_view(view)
{
    view->installEventFilter(this);
}

bool FocusSelection::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        // A click selects by itself, and a window that becomes active changes nothing.
        if (reason != Qt::MouseFocusReason && reason != Qt::ActiveWindowFocusReason)
            selectCurrent();
    }
    return QObject::eventFilter(watched, event);
}

void FocusSelection::selectCurrent()
{
    const QAbstractItemModel *model = m_view->model();
    if (!model || model->rowCount() == 0 || m_view->selectionModel()->hasSelection())
        return;
    const QModelIndex current = m_view->currentIndex();
    const bool isByRows = m_view->selectionBehavior() == QAbstractItemView::SelectRows;
    m_view->selectionModel()->setCurrentIndex(
        current.isValid() ? current : model->index(0, 0),
        QItemSelectionModel::ClearAndSelect | (isByRows ? QItemSelectionModel::Rows : QItemSelectionModel::NoUpdate));
}

} // namespace bookdesk::widgets
