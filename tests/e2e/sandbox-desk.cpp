#include "e2e/sandbox-desk.h"

#include "core/results.h"
#include "identity/connection.h"
#include "workspace/sandbox-signer.h"

#include <utility>

namespace bookdesk::test {

SandboxDesk::SandboxDesk(sandbox::SandboxOptions options, const JsonObject &changes, Clock clock)
{
    options.onSecretMade = [secrets = m_secrets](const Secret &secret) { secrets->push_back(secret); };
    m_sandbox = valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
    workspace::Surroundings surroundings;
    surroundings.clock = std::move(clock);
    surroundings.open = [this](const QUrl &url) { return m_browser(url); };
    surroundings.signer = [this] {
        return m_sandbox ? std::optional(workspace::sandboxSigner(*m_sandbox)) : std::nullopt;
    };
    JsonObject file = m_sandbox->connectionFile();
    for (const auto &[name, value] : changes.members())
        file.set(name, value);
    m_desk = std::make_unique<workspace::Desk>(valueOf(identity::readConnection(toCompactJson(file))), surroundings);
}

Result<void> SandboxDesk::signIn(sandbox::Visit visit)
{
    m_browser = workspace::personaBrowser(std::move(visit), m_sandbox->certificateAuthority());
    return QCoro::waitFor(m_desk->signIn({}));
}

} // namespace bookdesk::test
