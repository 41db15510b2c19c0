/// RegisterRoute: *Register it for me* on top of whatever page is shown, and back to where the focus was.
#pragma once

#include "identity/connection.h"
#include "registration/plan.h"
#include "workspace/tenant-search.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

class QStackedWidget;

namespace bookdesk::pages {
class RegisterPage;
}

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::window {

/// GUI thread.
class RegisterRoute : public QObject
{
    Q_OBJECT

public:
    /// @param stack of the window's pages, to which its own is added; it and @p workspace outlive this.
    RegisterRoute(workspace::Workspace &workspace, QStackedWidget &stack);

    /// Opens the form, about @p connection where there is one. What was written is still there, with its IDs, until
    /// the form is opened about another connection.
    void open(const std::optional<identity::Connection> &connection);
    /// Nothing is asked: the form is kept.
    void close();
    bool isOpen() const { return m_isOpen; }
    QWidget *page() const;

Q_SIGNALS:
    /// The person went back; another page is to be shown.
    void left();

private:
    void beginFor(const std::optional<identity::Connection> &connection);
    void leave();
    void findTenant(const registration::Plan &plan);
    void showTenant(const Result<QString> &found);

    workspace::Workspace &m_workspace;
    QStackedWidget &m_stack;
    pages::RegisterPage *m_page;
    QPointer<QWidget> m_focusBefore;
    bool m_isOpen = false;
    bool m_hasBegun = false;
    std::optional<identity::Connection> m_connection; ///< What the form is about.
    std::unique_ptr<workspace::TenantSearch> m_search;
};

} // namespace bookdesk::window
