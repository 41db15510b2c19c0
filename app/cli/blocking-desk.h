/// BlockingDesk: the desk of one command; its calls return when their work is done.
#pragma once

#include "cli/command.h"
#include "cli/connection-choice.h"
#include "core/result.h"
#include "identity/connection.h"
#include "identity/trust.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <stop_token>
#include <vector>

namespace bookdesk::cli {

/// For the chosen connection or for a Sandbox of its own. Calls run the event loop while they wait; an interrupt ends
/// the work under way. Main thread.
class BlockingDesk : public QObject
{
    Q_OBJECT

public:
    /// The context's parts must outlive the desk.
    explicit BlockingDesk(const Context &context);
    ~BlockingDesk() override;

    /// Reads the connection file and asks whether to use it, or starts a Sandbox, and sets up the desk. Errors: those
    /// of identity::loadConnection, askForConsent and SandboxServer::start, cli.usage (a persona needs a connection on
    /// loopback), cli.interrupted.
    Result<void> open(const ConnectionChoice &choice);

    /// After a successful open. What the person has to know meanwhile is written to the console. Errors:
    /// as workspace::Desk::signIn, cli.told-to-end.
    Result<void> signIn();
    /// Waits and asks again where the API wants that, if it is not for long; says so on the console.
    books::ListOutcome list(books::Sending sending);
    books::DeleteOutcome remove(const QString &id, books::Sending sending);
    /// Errors: as workspace::Desk::inspectToken, cli.interrupted.
    Result<jose::InspectedToken> inspect(const Secret &token);
    /// Errors: as identity::TrustStore::trustFor, cli.interrupted.
    Result<identity::Trust> trustFor(const std::vector<Secret> &tokens);

    const identity::Connection &connection() const { return m_connection; }
    /// The person signed in, or nullptr.
    const identity::SignedIn *signedIn() const;

private:
    Result<identity::Connection> readChosen(const ConnectionChoice &choice);
    Result<identity::Connection> startSandbox();
    void follow();
    void tell(const QString &notice);
    void stop();
    /// False if it was interrupted.
    bool wait(std::chrono::milliseconds time);

    const Context m_context;
    identity::Connection m_connection;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::unique_ptr<workspace::Desk> m_desk;
    bool m_needsBrowser = false; ///< The person has named one.
    bool m_isForPersona = false; ///< Nobody is there to use a link.
    bool m_hasToldLink = false;
    QStringList m_told;
    std::stop_source m_waits;
};

} // namespace bookdesk::cli
