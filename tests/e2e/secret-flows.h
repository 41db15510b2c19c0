/// FlowStage: a desk that goes through the flows in which secrets are made or sent, and what it leaves behind.
#pragma once

#include "core/results.h"
#include "e2e/fault-proxy.h"
#include "e2e/secret-search.h"
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"
#include "workspace/desk.h"

#include <QMap>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace bookdesk::test {

/// A Sandbox behind a proxy, which sees all that is sent, and a vault in the keyring. One thread.
class FlowStage
{
public:
    explicit FlowStage(Redactor redactor, const QString &lockFile);
    ~FlowStage();

    workspace::Desk &desk() { return *m_desks.back(); }
    /// Of whoever signed in before addDesk.
    workspace::Desk &firstDesk() { return *m_desks.front(); }
    sandbox::SandboxServer &sandbox() { return *m_sandbox; }
    FaultProxy &proxy() { return m_proxy; }
    identity::TokenVault &vault() { return *m_vault; }
    /// Knows all secrets that were made or sent.
    SecretSearch &secrets() { return m_secrets; }
    /// What was left behind, by the name of the place.
    const QMap<QString, QByteArray> &places() const { return m_places; }

    /// How many the tenant was asked for.
    int revocations() const { return m_revocations; }

    void note(const QString &place, const QString &text) { m_places[place] += text.toUtf8() + '\n'; }
    /// What has been recorded since the desks began.
    void noteExchanges();
    /// A desk that knows nothing yet, in place of all. @param responseMode of its connection.
    void renewDesk(const QString &responseMode = QStringLiteral("form_post"));
    /// One more, for another account.
    void addDesk(const QString &responseMode = QStringLiteral("form_post"));

    /// With a Visitor in place of a browser.
    Result<void> signIn(sandbox::Visit visit, const identity::SignInOptions &options = {});
    /// Lets no browser come to the sign-ins that begin now.
    void useNoBrowser() { m_visit.reset(); }
    void visit(const QUrl &url, const sandbox::Visit &visit);
    /// Deletes a book and lists them.
    void callApi();

private:
    void learnFrom(const SeenRequest &request);

    QObject m_context;
    FaultProxy m_proxy;
    SecretSearch m_secrets;
    QMap<QString, QByteArray> m_places;
    int m_revocations = 0;
    Redactor m_redactor;
    std::shared_ptr<identity::TokenVault> m_vault;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::optional<sandbox::Visit> m_visit;
    sandbox::Visitor m_visitor{{}};
    std::vector<std::unique_ptr<workspace::Desk>> m_desks; ///< The last one is in use.
};

/// What a person or a server does that makes or sends secrets.
struct Flow
{
    const char *name;
    QString (*go)(FlowStage &at); ///< What went otherwise than it should, if anything.
};

/// Each begins with a desk that knows nothing. A new way to get, send or drop secrets is one line more.
const std::vector<Flow> &allFlows();

} // namespace bookdesk::test
