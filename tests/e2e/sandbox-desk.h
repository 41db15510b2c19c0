/// SandboxDesk: a running Sandbox and a desk connected to it, for tests of the main job over real sockets.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/secret.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QCoroTask>

#include <memory>
#include <vector>

namespace bookdesk::test {

/// One thread. Collects every secret that either side makes.
class SandboxDesk
{
public:
    /// @param changes to the connection file. @param clock the desk's.
    explicit SandboxDesk(sandbox::SandboxOptions options = {}, const JsonObject &changes = {}, Clock clock = systemNow);

    sandbox::SandboxServer &sandbox() { return *m_sandbox; }
    workspace::Desk &desk() { return *m_desk; }
    /// Tokens, codes and refresh tokens made so far.
    const std::vector<Secret> &secrets() const { return *m_secrets; }

    /// Signs in with a Visitor in place of a browser and waits for the end.
    Result<void> signIn(sandbox::Visit visit);
    /// For sign-ins that the test begins itself.
    void useBrowser(identity::OpenUrl open) { m_browser = std::move(open); }
    /// Shuts down tenant and API.
    void stopSandbox() { m_sandbox.reset(); }

    books::ListOutcome list() { return QCoro::waitFor(m_desk->books().list()); }
    books::DeleteOutcome remove(const QString &id) { return QCoro::waitFor(m_desk->books().remove(id)); }

private:
    std::shared_ptr<std::vector<Secret>> m_secrets = std::make_shared<std::vector<Secret>>();
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    identity::OpenUrl m_browser;
    std::unique_ptr<workspace::Desk> m_desk;
};

} // namespace bookdesk::test
