/// ConnectionsRoute: what the Connections page asks of the window, and the question before unsaved changes are lost.
#pragma once

#include <QObject>

namespace bookdesk::pages {
class ConnectionsPage;
}

namespace bookdesk::window {

class ConnectionAdder;
class MainWindow;

/// GUI thread.
class ConnectionsRoute : public QObject
{
    Q_OBJECT

public:
    /// @param window becomes the parent; it has its pages.
    ConnectionsRoute(ConnectionAdder &adder, MainWindow &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    MainWindow &m_window;
    pages::ConnectionsPage &m_page;
};

} // namespace bookdesk::window
