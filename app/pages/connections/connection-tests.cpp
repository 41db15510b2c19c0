#include "pages/connections/connection-tests.h"

#include "workspace/workspace.h"

#include <utility>

namespace bookdesk::pages {

ConnectionTests::ConnectionTests(workspace::Workspace &workspace, Clock clock, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_clock(std::move(clock))
{
    connect(&workspace, &workspace::Workspace::connectionEdited, this, &ConnectionTests::forget);
    connect(&workspace, &workspace::Workspace::connectionRemoved, this, &ConnectionTests::forget);
}

void ConnectionTests::run(const QString &id)
{
    const identity::Connection *connection = m_workspace.find(id);
    if (!connection)
        return;
    cancel();
    m_check = m_workspace.newCheck(*connection);
    m_id = id;
    m_outcomes[id] = {};
    connect(m_check.get(), &workspace::ConnectionCheck::rowChanged, this, &ConnectionTests::note);
    connect(m_check.get(), &workspace::ConnectionCheck::ended, this, &ConnectionTests::finish);
    m_check->run();
    note();
}

void ConnectionTests::cancel()
{
    if (m_check)
        m_check->cancel();
}

const ConnectionTests::Outcome *ConnectionTests::of(const QString &id) const
{
    const auto found = m_outcomes.find(id);
    return found == m_outcomes.end() ? nullptr : &found->second;
}

void ConnectionTests::note()
{
    if (!m_check)
        return;
    m_outcomes[m_id].findings = m_check->findings();
    Q_EMIT changed(m_id);
}

void ConnectionTests::finish()
{
    const QString id = m_id;
    m_outcomes[id] = {m_check->findings(), m_clock()};
    // It is telling this just now.
    m_check.release()->deleteLater();
    Q_EMIT changed(id);
    Q_EMIT ended(id);
}

void ConnectionTests::forget(const QString &id)
{
    if (isRunning(id)) {
        m_check->disconnect(this);
        m_check.release()->deleteLater();
    }
    if (m_outcomes.erase(id) > 0)
        Q_EMIT changed(id);
}

} // namespace bookdesk::pages
