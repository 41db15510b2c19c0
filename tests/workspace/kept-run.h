/// Run: one run of the program that keeps sign-ins in the keyring of the test.
#pragma once

#include "identity/system-keychain.h"
#include "identity/token-vault.h"
#include "workspace/kept-sign-ins.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QCoroTask>
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

} // namespace bookdesk::test
