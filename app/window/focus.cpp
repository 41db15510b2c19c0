#include "window/focus.h"

#include "widgets/tab-order.h"

#include <QWidget>

namespace bookdesk::window {

void focusFirstControl(QWidget &page)
{
    if (page.focusProxy() && page.focusProxy()->isVisible()) {
        page.setFocus(Qt::OtherFocusReason);
        return;
    }
    const QList<QWidget *> stops = widgets::tabStops(page);
    if (!stops.isEmpty())
        stops.first()->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::window
