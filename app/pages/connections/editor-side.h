/// EditorSide: beside the form: the test of what is written, and what has to be registered.
#pragma once

#include "identity/connection.h"
#include "workspace/connection-check.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QPushButton;

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

class CheckRows;
class RegistrationNote;

/// GUI thread.
class EditorSide : public QWidget
{
    Q_OBJECT

public:
    /// @param workspace must outlive it.
    explicit EditorSide(workspace::Workspace &workspace, QWidget *parent = nullptr);

    /// What is written now; nothing where it makes no connection. What was found before is no longer true, unless just
    /// the name is another.
    void show(const identity::Provider &provider, const std::optional<identity::Connection> &connection);
    void cancel();
    const CheckRows &checks() const { return *m_checks; }
    const RegistrationNote &registration() const { return *m_registration; }

private:
    void toggle();
    void finish();
    void offer();

    workspace::Workspace &m_workspace;
    std::optional<identity::Connection> m_connection;
    std::unique_ptr<workspace::ConnectionCheck> m_check;
    QPushButton *m_run;
    QLabel *m_hint;
    CheckRows *m_checks;
    RegistrationNote *m_registration;
};

} // namespace bookdesk::pages
