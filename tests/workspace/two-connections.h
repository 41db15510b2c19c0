/// TwoConnections: a workspace with two stored connections, both to one Sandbox that is not the workspace's own.
#pragma once

#include "core/json.h"
#include "sandbox/sandbox-server.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QCoroTask>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

namespace bookdesk::test {

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? QStringLiteral("ok") : result.error().code.toString();
}

inline QStringList namesOf(const std::vector<identity::Connection> &connections)
{
    QStringList names;
    for (const identity::Connection &connection : connections)
        names += connection.name;
    return names;
}

/// The base of the tests that need it: "First" is in use.
class TwoConnections : public QObject
{
protected:
    using Edit = std::function<void(identity::Connection &)>;

    void startServer()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("bookdesk-test"));
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_server = *server;
        const auto connection = identity::readConnection(toCompactJson(m_server->connectionFile()));
        QVERIFY(connection);
        m_sample = *connection;
    }
    void stopServer()
    {
        QSettings().clear();
        m_server.reset();
    }
    void makeBoth()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_browser = [](const QUrl &) -> Result<void> { return {}; };
        workspace::ConnectionStore store(m_folder->path());
        m_sample.name = QStringLiteral("First");
        m_first = store.add(m_sample)->id;
        m_sample.name = QStringLiteral("Second");
        m_second = store.add(m_sample)->id;
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) { return m_browser(url); };
        m_workspace = std::make_unique<workspace::Workspace>(surroundings, store);
        QCOMPARE(m_workspace->currentId(), m_first);
    }

    Result<workspace::ConnectionChange> edit(const QString &id, const Edit &change)
    {
        identity::Connection connection = *m_workspace->find(id);
        change(connection);
        return QCoro::waitFor(m_workspace->update(connection));
    }
    Result<workspace::ConnectionChange> remove(const QString &id) { return QCoro::waitFor(m_workspace->remove(id)); }
    bool signIn(const QString &persona = QStringLiteral("riley"))
    {
        m_browser = workspace::personaBrowser({persona}, {});
        return QCoro::waitFor(m_workspace->desk()->signIn({})).has_value();
    }
    std::vector<identity::Connection> stored() const
    {
        return workspace::ConnectionStore(m_folder->path()).load().connections;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_server;
    identity::Connection m_sample;
    identity::OpenUrl m_browser;
    std::unique_ptr<workspace::Workspace> m_workspace;
    QString m_first;
    QString m_second;
};

} // namespace bookdesk::test
