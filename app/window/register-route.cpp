#include "window/register-route.h"

#include "pages/register/register-form.h"
#include "pages/register/register-page.h"
#include "window/focus.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCoroTask>
#include <QStackedWidget>

namespace bookdesk::window {

RegisterRoute::RegisterRoute(workspace::Workspace &workspace, QStackedWidget &stack)
    : QObject(&stack)
    , m_workspace(workspace)
    , m_stack(stack)
    , m_page(new pages::RegisterPage(&stack))
{
    m_stack.addWidget(m_page);
    connect(m_page, &pages::RegisterPage::left, this, &RegisterRoute::leave);
    connect(m_page, &pages::RegisterPage::tenantAsked, this, &RegisterRoute::findTenant);
    connect(m_page, &pages::RegisterPage::tenantCancelled, this, [this] {
        m_search.reset();
        m_page->form().showTenant({});
    });
}

QWidget *RegisterRoute::page() const { return m_page; }

void RegisterRoute::open(const std::optional<identity::Connection> &connection)
{
    if (!m_isOpen)
        m_focusBefore = QApplication::focusWidget();
    m_isOpen = true;
    m_search.reset();
    m_page->begin(registration::planFor(connection));
    m_stack.setCurrentWidget(m_page);
    focusFirstControl(*m_page);
}

void RegisterRoute::close()
{
    m_isOpen = false;
    m_search.reset();
}

void RegisterRoute::findTenant(const registration::Plan &plan)
{
    const Result<identity::Connection> connection = registration::tenantConnection(plan);
    if (!connection)
        return;
    m_search = m_workspace.newTenantSearch(*connection);
    m_page->form().showTenant({pages::TenantPhase::asking, {}, {}});
    const workspace::TenantSearch *search = m_search.get();
    QCoro::connect(m_search->find(), this, [this, search](const Result<QString> &found) {
        // Unless it was cancelled, or another tenant was entered meanwhile.
        if (search == m_search.get())
            showTenant(found);
    });
}

void RegisterRoute::showTenant(const Result<QString> &found)
{
    if (found)
        return m_page->form().showTenant({pages::TenantPhase::found, *found, {}});
    m_page->form().showTenant({pages::TenantPhase::notFound, {}, tr("Not found. %1").arg(found.error().message)});
}

void RegisterRoute::leave()
{
    close();
    Q_EMIT left();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::window
