#include "cli/commands.h"
#include "cli/options.h"
#include "cli/stored-accounts.h"
#include "cli/stored-sign-out.h"
#include "identity/errors.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignOutCommand)
};

struct Options
{
    QString account;
    bool isForAll = false;
};

void addOptions(CLI::App &command, Options &options)
{
    CLI::Option *account =
        addText(command, "--account", options.account, Texts::tr("Whom to sign out: an ID, a sign-in name or a name."));
    addFlag(command, "--all", options.isForAll, Texts::tr("Sign everybody out."))->excludes(account);
}

/// The one account that is meant, or all.
Result<std::vector<StoredAccount>> chosen(std::vector<StoredAccount> accounts, const Options &options)
{
    if (options.isForAll)
        return accounts;
    Result<StoredAccount> account = oneAccount(std::move(accounts), options.account);
    if (!account)
        return failure(account.error());
    return std::vector{*std::move(account)};
}

Report run(const Context &context, const Options &options)
{
    StoredAccounts stored(context);
    if (const Result<void> opened = stored.open(); !opened)
        return refusalReport(opened.error());
    Result<std::vector<StoredAccount>> accounts = stored.list();
    if (!accounts)
        return refusalReport(accounts.error());
    accounts = chosen(*std::move(accounts), options);
    if (!accounts)
        return usageReport(accounts.error());
    Report report;
    JsonArray list;
    JsonArray notRevoked;
    for (const StoredAccount &account : *accounts) {
        const Result<void> signedOut = signOutStored(context, stored, account.account);
        const bool isRevoked = signedOut || signedOut.error().code != identity::errors::notRevoked;
        if (!signedOut && isRevoked)
            return refusalReport(signedOut.error());
        if (!isRevoked) {
            notRevoked.emplace_back(account.account.id());
            report.problem += accountText(account) + u": "_s + advised(signedOut.error()) + u'\n';
        }
        list.emplace_back(accountJson(account));
        report.text += Texts::tr("Signed out: %1").arg(accountText(account)) + u'\n';
    }
    const QString summary = list.empty() ? Texts::tr("Nobody was signed in.")
                                         : Texts::tr("Signed out here; the browser may still be signed in.");
    report.text += summary + u'\n';
    report.json = JsonObject{{u"outcome"_s, outcomeJson(u"ok"_s, u"sign-out.ok"_s, summary)},
                             {u"signedOut"_s, std::move(list)},
                             {u"notRevoked"_s, std::move(notRevoked)}};
    return report;
}

} // namespace

Command signOutCommand()
{
    return makeCommand(u"sign-out"_s, Texts::tr("Remove a sign-in that is kept on this computer."), addOptions, run);
}

} // namespace bookdesk::cli
