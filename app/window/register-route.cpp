#include "window/register-route.h"

#include "pages/register/register-form.h"
#include "pages/register/register-page.h"
#include "window/focus.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCoroTask>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace bookdesk::window {
namespace {

/// Whether a form about one is still about the other: a connection that was edited is the same one.
bool isSame(const std::optional<identity::Connection> &one, const std::optional<identity::Connection> &other)
{
    if (!one || !other || one->id.isEmpty())
        return one == other;
    return one->id == other->id;
}

/// Entra says so itself; another failure says nothing about the tenant.
bool isUnknownTenant(const Error &error)
{
    const QString number = factValue(error.facts, facts::aadsts);
    return number == "90002"_L1 || number == "900023"_L1;
}

} // namespace

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
    if (!m_hasBegun || !isSame(connection, m_connection))
        beginFor(connection);
    m_stack.setCurrentWidget(m_page);
    focusFirstControl(*m_page);
}

void RegisterRoute::beginFor(const std::optional<identity::Connection> &connection)
{
    m_hasBegun = true;
    m_connection = connection;
    m_search.reset();
    const registration::Plan plan = registration::planFor(connection);
    m_page->begin(plan);
    if (connection && !connection->isSandbox && plan.tenant.isEmpty())
        m_page->form().showTenant(
            {pages::TenantPhase::none,
             {},
             tr("“%1” signs in at another provider. Only its name and address are taken over: this registers in Entra.")
                 .arg(connection->name)});
}

void RegisterRoute::close() { m_isOpen = false; }

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
    const QString message = found.error().message;
    m_page->form().showTenant(
        {pages::TenantPhase::notFound,
         {},
         isUnknownTenant(found.error()) ? tr("Not found. %1").arg(message) : tr("Not looked up: %1").arg(message)});
}

void RegisterRoute::leave()
{
    close();
    Q_EMIT left();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::window
