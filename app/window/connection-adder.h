/// ConnectionAdder: *Add connection*, from the choice of a file to the use of the connection.
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::window {

/// Shows its dialogs over the window. GUI thread.
class ConnectionAdder : public QObject
{
    Q_OBJECT

public:
    /// @param workspace must outlive this. @param window becomes the parent.
    ConnectionAdder(workspace::Workspace &workspace, QWidget *window);

    /// Lets the person choose a connection file, then offers it.
    void choose();
    /// Asks whether to add the connection in this file.
    void offer(const QString &path);

Q_SIGNALS:
    /// The connection was added, or several were and this was the last; it is in use unless somebody is signed in.
    void added(const QString &id);

private:
    void use(const QString &id);

    workspace::Workspace &m_workspace;
    QWidget *m_window;
};

} // namespace bookdesk::window
