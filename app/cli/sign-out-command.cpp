#include "cli/commands.h"
#include "cli/errors.h"
#include "cli/options.h"
#include "cli/stored-accounts.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QCoroTask>

#include <algorithm>

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

bool isNamed(const StoredAccount &stored, const QString &text)
{
    const identity::Account &account = stored.account;
    return account.id() == text || account.userName.compare(text, Qt::CaseInsensitive) == 0 ||
           account.name.compare(text, Qt::CaseInsensitive) == 0;
}

Error listHelps(const QString &message)
{
    return {errors::usage, message, Texts::tr("Run bookdesk-cli accounts list to see the IDs.")};
}

/// The one account that is meant, or all.
Result<std::vector<StoredAccount>> chosen(std::vector<StoredAccount> accounts, const Options &options)
{
    if (options.isForAll)
        return accounts;
    if (!options.account.isEmpty())
        std::erase_if(accounts, [&](const StoredAccount &stored) { return !isNamed(stored, options.account); });
    if (accounts.empty())
        return failure(listHelps(options.account.isEmpty()
                                     ? Texts::tr("No sign-in is kept on this computer.")
                                     : Texts::tr("No sign-in of \"%1\" is kept.").arg(visible(options.account))));
    if (accounts.size() > 1)
        return failure(listHelps(Texts::tr("Several sign-ins are kept; name one by its ID, or use --all.")));
    return accounts;
}

Report run(const Context &context, const Options &options)
{
    const Result<std::shared_ptr<identity::TokenVault>> vault = openVault(context);
    if (!vault)
        return refusalReport(vault.error());
    Result<std::vector<StoredAccount>> accounts = storedAccounts(**vault);
    if (!accounts)
        return refusalReport(accounts.error());
    accounts = chosen(*std::move(accounts), options);
    if (!accounts)
        return usageReport(accounts.error());
    Report report;
    JsonArray list;
    for (const StoredAccount &account : *accounts) {
        if (const Result<void> removed = QCoro::waitFor((*vault)->remove(account.account.id())); !removed)
            return refusalReport(removed.error());
        list.emplace_back(accountJson(account));
        report.text += Texts::tr("Signed out: %1").arg(accountText(account)) + u'\n';
    }
    const QString summary = list.empty() ? Texts::tr("Nobody was signed in.")
                                         : Texts::tr("Signed out here; the browser may still be signed in.");
    report.text += summary + u'\n';
    report.json =
        JsonObject{{u"outcome"_s, outcomeJson(u"ok"_s, u"sign-out.ok"_s, summary)}, {u"signedOut"_s, std::move(list)}};
    return report;
}

} // namespace

Command signOutCommand()
{
    return makeCommand(u"sign-out"_s, Texts::tr("Remove a sign-in that is kept on this computer."), addOptions, run);
}

} // namespace bookdesk::cli
