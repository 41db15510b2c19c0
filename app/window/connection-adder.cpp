#include "window/connection-adder.h"

#include "pages/connections/add-connection-dialog.h"
#include "workspace/workspace.h"

#include <QFileDialog>

#include <memory>

namespace bookdesk::window {

ConnectionAdder::ConnectionAdder(workspace::Workspace &workspace, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_window(window)
{}

void ConnectionAdder::choose()
{
    auto *dialog = new QFileDialog(m_window, tr("Add connection"), {}, tr("Connection files (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ConnectionAdder::offer, Qt::QueuedConnection);
    dialog->open();
}

void ConnectionAdder::offer(const QString &path)
{
    const auto id = std::make_shared<QString>();
    const auto add = [this, id](const identity::Connection &connection) -> Result<void> {
        const Result<QString> stored = m_workspace.add(connection);
        if (!stored)
            return failure(stored.error());
        *id = *stored;
        return {};
    };
    const auto read = [this](const QString &file) { return m_workspace.imported(file); };
    auto *dialog = new pages::AddConnectionDialog(path, read, add, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, id] {
        if (!id->isEmpty())
            use(*id);
    });
    dialog->open();
}

void ConnectionAdder::use(const QString &id)
{
    workspace::Desk *desk = m_workspace.desk();
    // A person who is signed in stays signed in; the new connection can be chosen after signing out.
    if (!desk || !desk->session().current())
        m_workspace.use(id);
    Q_EMIT added(id);
}

} // namespace bookdesk::window
