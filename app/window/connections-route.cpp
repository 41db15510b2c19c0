#include "window/connections-route.h"

#include "pages/connections/connection-editor.h"
#include "pages/connections/connections-page.h"
#include "window/connection-adder.h"
#include "window/main-window.h"

#include <QCloseEvent>

namespace bookdesk::window {

ConnectionsRoute::ConnectionsRoute(ConnectionAdder &adder, MainWindow &window)
    : QObject(&window)
    , m_window(window)
    , m_page(window.page<pages::ConnectionsPage>())
{
    connect(&m_page, &pages::ConnectionsPage::fileDropped, &adder, &ConnectionAdder::offer);
    connect(&m_page, &pages::ConnectionsPage::sandboxAsked, &window, &MainWindow::startSandbox);
    connect(&m_page, &pages::ConnectionsPage::registerAsked, &window, &MainWindow::showRegister);
    connect(&adder, &ConnectionAdder::added, &m_page, &pages::ConnectionsPage::select);
    window.installEventFilter(this);
}

bool ConnectionsRoute::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Close || !m_page.editor().hasChanges())
        return QObject::eventFilter(watched, event);
    event->ignore();
    m_window.showPage(m_page);
    m_page.editor().leave([this] { m_window.close(); });
    return true;
}

} // namespace bookdesk::window
