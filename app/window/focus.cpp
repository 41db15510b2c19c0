#include "window/focus.h"

#include <QWidget>

namespace bookdesk::window {

void focusFirstControl(QWidget &page)
{
    if (page.focusProxy() && page.focusProxy()->isVisible()) {
        page.setFocus(Qt::OtherFocusReason);
        return;
    }
    for (QWidget *next = page.nextInFocusChain(); next && next != &page; next = next->nextInFocusChain()) {
        const bool takesTab = (next->focusPolicy() & Qt::TabFocus) && next->isEnabled() && next->isVisible();
        if (takesTab && page.isAncestorOf(next)) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

} // namespace bookdesk::window
