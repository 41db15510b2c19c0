/// FaultyDesk: a Sandbox behind a fault proxy, and a desk connected to it.
#pragma once

#include "core/secret.h"
#include "e2e/fault-proxy.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"

#include <QCoroTask>

#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

/// One thread. The Sandbox lives as long as this, each desk until the next one.
class FaultyDesk
{
public:
    explicit FaultyDesk(bool usesTls = false);

    FaultProxy &proxy() { return m_proxy; }
    workspace::Desk &desk() { return *m_desk; }
    /// A desk that knows nothing yet, with nobody signed in.
    void renew();

    /// Arms the fault. Where only time ends it, there is little of it.
    void arm(Step step, Wrong what);
    /// Likewise, for every connection that is opened for that step.
    void armConnections(Step step, Wrong what);
    /// Arms a stall that only a cancellation can end soon: answers have as much time as ever.
    void stall(Step step) { m_proxy.arm(step, Wrong::stall); }
    void clear();

    /// As Ada, who may do everything.
    Result<void> signIn();
    Result<void> refresh() { return QCoro::waitFor(m_desk->session().refresh()); }
    books::ListOutcome list() { return QCoro::waitFor(m_desk->books().list()); }
    books::DeleteOutcome remove(const QString &id) { return QCoro::waitFor(m_desk->books().remove(id)); }

    /// The first part of a secret found in @p text or in the exchanges of this desk; empty if there is none.
    QByteArray leakIn(const QString &text) const;

private:
    void hurry(Step step, Wrong what);

    std::shared_ptr<std::vector<Secret>> m_secrets = std::make_shared<std::vector<Secret>>();
    FaultProxy m_proxy;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::shared_ptr<std::optional<net::RequestKind>> m_hurried = std::make_shared<std::optional<net::RequestKind>>();
    identity::OpenUrl m_browser;
    std::unique_ptr<workspace::Desk> m_desk;
};

} // namespace bookdesk::test
