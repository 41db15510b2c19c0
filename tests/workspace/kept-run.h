/// Run: one run of the program that keeps sign-ins in the keyring of the test; and what two accounts have left there.
#pragma once

#include "core/json.h"
#include "identity/system-keychain.h"
#include "identity/token-vault.h"
#include "sandbox/sandbox-server.h"
#include "workspace/kept-sign-ins.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QCoroTask>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace bookdesk::test {

struct Run
{
    explicit Run(const QString &folder, const QString &connection = {},
                 std::chrono::milliseconds lockLimit = std::chrono::seconds(60))
        : vault(std::make_shared<identity::TokenVault>(
              std::make_unique<identity::SystemKeychain>(QStringLiteral("Bookdesk test")),
              identity::TokenVault::Settings{folder + QStringLiteral("/vault.lock"), lockLimit}, Redactor()))
    {
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) -> identity::Opening {
            ++browsers;
            browser = workspace::personaBrowser({persona}, {});
            return browser(url);
        };
        surroundings.vault = vault;
        workspace =
            std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(folder), connection);
        kept = std::make_unique<workspace::KeptSignIns>(*workspace);
    }

    /// The stored sign-ins are known.
    bool begin()
    {
        kept->begin();
        return QTest::qWaitFor([this] { return vault->state() == identity::TokenVault::State::ready && !isBusy(); });
    }
    bool isBusy() const
    {
        return std::ranges::any_of(workspace->desks().opened(),
                                   [](workspace::Desk *desk) { return desk->isSigningIn(); });
    }

    bool signInAs(const QString &who)
    {
        persona = who;
        const std::size_t before = stored().size();
        return QCoro::waitFor(workspace->desk()->signIn({})).has_value() &&
               QTest::qWaitFor([&] { return stored().size() > before; });
    }
    std::vector<identity::Account> stored() const
    {
        return QCoro::waitFor(vault->accounts()).value_or(std::vector<identity::Account>());
    }

    /// The desk of the account with this name, or nullptr.
    workspace::Desk *deskOf(const QString &name) const
    {
        for (workspace::Desk *desk : workspace->desks().opened()) {
            if (desk->account() && desk->account()->name == name)
                return desk;
        }
        return nullptr;
    }
    QString nameInUse() const
    {
        const workspace::Desk *desk = workspace->desk();
        const bool isSignedIn = desk && workspace->desk()->session().current();
        return isSignedIn ? workspace->desk()->session().current()->identity.name() : QString();
    }

    QString persona;
    int browsers = 0;
    identity::OpenUrl browser; ///< Lives as long as its visits.
    std::shared_ptr<identity::TokenVault> vault;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<workspace::KeptSignIns> kept;
};

/// What is there when a run begins: Riley and Ada have signed in at a stored connection, and are kept. The test class
/// calls it from its slots.
class KeptAccountsBench
{
protected:
    void startSandbox()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("bookdesk-test"));
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_sandbox = *server;
    }
    void stopSandbox()
    {
        QSettings().clear();
        m_sandbox.reset();
    }

    void keepAccounts()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        auto connection = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
        QVERIFY(connection);
        connection->name = QStringLiteral("Contoso");
        Run first(m_folder->path());
        const Result<QString> id = first.workspace->add(*connection);
        QVERIFY(id);
        m_connection = *id;
        QVERIFY(first.begin());
        QVERIFY(first.signInAs(QStringLiteral("riley")));
        first.workspace->useAnotherAccount();
        QVERIFY(first.signInAs(QStringLiteral("ada")));
        QCOMPARE(first.stored().size(), std::size_t{2});
        m_rileysId = first.deskOf(QStringLiteral("Riley Reader"))->account()->id();
        m_adasId = first.deskOf(QStringLiteral("Ada Admin"))->account()->id();
    }
    void keepNobody()
    {
        Run last(m_folder->path());
        if (QCoro::waitFor(last.vault->check()))
            QVERIFY(QCoro::waitFor(last.vault->turnOff()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    QString m_connection; ///< Its ID.
    QString m_rileysId;
    QString m_adasId;
};

} // namespace bookdesk::test
