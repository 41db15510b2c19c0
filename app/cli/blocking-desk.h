/// BlockingDesk: the desk of one command; its calls return when their work is done.
#pragma once

#include "cli/command.h"
#include "cli/connection-choice.h"
#include "cli/stored-accounts.h"
#include "core/result.h"
#include "identity/connection.h"
#include "identity/trust.h"
#include "lab/lab-report.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
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

    /// Finds the stored connection, reads the connection file and asks whether to use it, or starts a Sandbox, and sets
    /// up the desk. Errors: those of identity::loadConnection, askForConsent, SandboxServer::start and
    /// StoredAccounts::connectionOf, cli.usage (a persona needs a connection on loopback), cli.interrupted.
    Result<void> open(const ConnectionChoice &choice);

    /// Where sign-ins are kept for the connection; nullptr where they are not: the connection is not stored, a persona
    /// signs in, or the person does not want it.
    StoredAccounts *stored() { return m_isKeeping ? &m_stored : nullptr; }
    /// Signs in with what is kept. Errors: as workspace::Desk::resume, cli.told-to-end.
    Result<void> resume(const identity::Account &account);

    /// After a successful open. What the person has to know meanwhile is written to the console. Errors:
    /// as workspace::Desk::signIn, cli.told-to-end.
    Result<void> signIn(identity::SignInOptions options = {});
    /// As signIn, but with the browser of another device: code and link are written to the console.
    Result<void> signInByDeviceCode();
    /// Waits and asks again where the API wants that, if it is not for long; says so on the console.
    books::ListOutcome list(books::Sending sending);
    /// Gets a scope that the API asks for, where the connection lists it, and sends once more.
    books::DeleteOutcome remove(const QString &id, books::Sending sending);
    /// The names of the scopes that deleting needs, by the rules that are known.
    QStringList scopesForDeleting() const;
    /// Reads the API's rules and calls its endpoints with GET and HEAD. An interrupt ends the calls; what was done
    /// before stays. What could not be read is said on the console.
    lab::LabReport runSafeEndpoints(books::Sending sending);
    /// Sends the forged tokens, at the pace that the API's host asks for, and says on the console what came of them. An
    /// interrupt lets the request under way end; what was done before stays. Errors: as identity::TrustStore::trustFor.
    Result<lab::LabReport> runProbes();
    /// Errors: as workspace::Desk::inspectToken, cli.interrupted.
    Result<jose::InspectedToken> inspect(const Secret &token);
    /// Errors: as identity::TrustStore::trustFor, cli.interrupted.
    Result<identity::Trust> trustFor(const std::vector<Secret> &tokens);

    const identity::Connection &connection() const { return m_connection; }
    /// As workspace::Desk::clockAhead.
    std::optional<std::chrono::seconds> clockAhead() const;
    /// The person signed in, or nullptr.
    const identity::SignedIn *signedIn() const;

private:
    Result<identity::Connection> readChosen(const ConnectionChoice &choice);
    Result<identity::Connection> startSandbox();
    Result<void> signedInAfter(Task<void> signingIn);
    Result<void> prepareKeeping();
    Result<void> waitUntilKept();
    bool getScopes(const QStringList &names);
    void tellAsked(const QStringList &scopes);
    void followAttempt();
    void follow();
    void followDeviceCode();
    void tellCode(const identity::DeviceCode &code);
    void tell(const QString &notice);
    void tellProgress(int index);
    void tellControl();
    void stop();
    /// False if it was interrupted.
    bool wait(std::chrono::milliseconds time);

    const Context m_context;
    identity::Connection m_connection;
    StoredAccounts m_stored;
    bool m_isKeeping = false;
    bool m_hasToldNotKept = false;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    std::unique_ptr<workspace::Desk> m_desk;
    bool m_needsBrowser = false; ///< The person has named one.
    QString m_persona;           ///< Who signs in without a person, who could use a link; or empty.
    identity::OpenUrl m_visit;   ///< Where the persona types the code for another device.
    bool m_hasToldLink = false;
    QStringList m_told;
    std::function<void()> m_endRun; ///< Of the access lab, while it is under way.
    std::stop_source m_waits;
};

} // namespace bookdesk::cli
