#include "cli/commands.h"
#include "cli/connection-text.h"
#include "cli/errors.h"
#include "cli/options.h"
#include "cli/stored-accounts.h"
#include "cli/terminal.h"
#include "core/address-text.h"
#include "core/text.h"
#include "identity/errors.h"
#include "workspace/accepted-connections.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QCoroTask>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionRemoveCommand)
};

struct Options
{
    QString name;
    bool isAccepted = false;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "NAME", options.name, Texts::tr("The connection's name or ID."))->required();
    addFlag(command, "--yes", options.isAccepted, Texts::tr("Remove it without a question."));
}

using Accounts = std::vector<identity::Account>;

/// The workspace of the window, without the window. An interrupt ends it.
class BlockingWorkspace
{
public:
    explicit BlockingWorkspace(const Context &context)
        : m_context(context)
        , m_stored(context)
    {
        workspace::Surroundings surroundings;
        surroundings.redactor = context.redactor;
        surroundings.vault = m_stored.vault();
        m_workspace = std::make_unique<workspace::Workspace>(
            std::move(surroundings), workspace::ConnectionStore(workspace::connectionsFolder()));
        QObject::connect(&context.interrupts, &Interrupts::came, &m_waiting, [this] { m_workspace.reset(); });
    }

    /// Whose sign-ins are kept; nobody's without a keychain.
    Result<Accounts> accountsOf(const QString &id)
    {
        const Result<void> opened = m_stored.open();
        const bool hasNone = !opened && opened.error().code == identity::errors::keychainUnavailable;
        if (!opened && !hasNone)
            return failure(opened.error());
        return waited<Accounts>([&id](workspace::Workspace &workspace) { return workspace.accountsOf(id); });
    }

    Result<workspace::ConnectionChange> remove(const QString &id)
    {
        return waited<workspace::ConnectionChange>(
            [&id](workspace::Workspace &workspace) { return workspace.remove(id); });
    }

private:
    template <class T, class Ask> Result<T> waited(const Ask &ask)
    {
        if (m_context.interrupts.haveCome())
            return failure(interruptedError(m_context.interrupts));
        Result<T> answer = QCoro::waitFor(ask(*m_workspace));
        if (m_context.interrupts.haveCome())
            return failure(interruptedError(m_context.interrupts));
        return answer;
    }

    const Context m_context;
    StoredAccounts m_stored;
    QObject m_waiting;
    std::unique_ptr<workspace::Workspace> m_workspace;
};

QString question(const identity::Connection &connection, const Accounts &accounts)
{
    QString text =
        Texts::tr("Connection \"%1\", API %2").arg(visible(connection.name), hostText(connection.apiBaseUrl)) + u'\n';
    for (const identity::Account &account : accounts)
        text += Texts::tr("Will be signed out: %1").arg(visible(account.fullName())) + u'\n';
    return text;
}

Result<void> ask(const Context &context, const QString &description)
{
    if (!canAsk())
        return failure(Error{errors::notAccepted,
                             Texts::tr("Nobody can be asked whether to remove the connection."),
                             Texts::tr("Use --yes to remove it without a question."),
                             {{facts::reason, description.trimmed()}}});
    const QString asked = Texts::tr("Remove it, with the sign-ins that are kept for it and your own rules? [y/N]");
    if (!context.console.ask(description + asked + u' ', context.interrupts))
        return failure(errors::notAccepted, Texts::tr("Nothing was removed, because you did not accept it."));
    return {};
}

/// Says of everybody what came of it; an account that is still kept makes it a refusal.
Report reportOf(const identity::Connection &connection, const workspace::ConnectionChange &change)
{
    const QString summary = Texts::tr("Removed: %1").arg(visible(connection.name));
    const auto kept = std::ranges::find_if_not(change.signedOut, &workspace::SignedOutAccount::isGone);
    Report report;
    if (kept != change.signedOut.end())
        report = refusalReport(*kept->error);
    else if (!change.problems.empty())
        report = refusalReport(change.problems.front());
    else
        report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"connection.ok"_s, summary)}};
    report.problem.clear(); // Each is told with whom it is about.
    JsonArray signedOut;
    JsonArray notRevoked;
    JsonArray notSignedOut;
    for (const workspace::SignedOutAccount &one : change.signedOut) {
        const StoredAccount account{one.account, connection.name};
        (one.isGone() ? signedOut : notSignedOut).emplace_back(accountJson(account));
        if (one.isGone() && one.error)
            notRevoked.emplace_back(one.account.id());
        if (one.isGone())
            report.text += Texts::tr("Signed out: %1").arg(accountText(account)) + u'\n';
        if (one.error)
            report.problem +=
                Texts::tr("%1: %2", "account, what went wrong").arg(accountText(account), advised(*one.error)) + u'\n';
    }
    for (const Error &problem : change.problems)
        report.problem += advised(problem) + u'\n';
    report.text += summary + u'\n';
    report.json.set(u"removed"_s, connectionJson(connection));
    report.json.set(u"signedOut"_s, std::move(signedOut));
    report.json.set(u"notRevoked"_s, std::move(notRevoked));
    report.json.set(u"notSignedOut"_s, std::move(notSignedOut));
    return report;
}

Report run(const Context &context, const Options &options)
{
    const Result<identity::Connection> connection = storedConnection(options.name);
    if (!connection)
        return usageReport(connection.error());
    BlockingWorkspace workspace(context);
    const Result<Accounts> accounts = workspace.accountsOf(connection->id);
    if (!accounts)
        return refusalReport(accounts.error());
    if (!options.isAccepted) {
        if (const Result<void> accepted = ask(context, question(*connection, *accounts)); !accepted)
            return usageReport(accepted.error());
    }
    const Result<workspace::ConnectionChange> change = workspace.remove(connection->id);
    return change ? reportOf(*connection, *change) : refusalReport(change.error());
}

} // namespace

Command connectionRemoveCommand()
{
    return makeCommand(u"remove"_s, Texts::tr("Remove a stored connection and the sign-ins that are kept for it."),
                       addOptions, run);
}

} // namespace bookdesk::cli
