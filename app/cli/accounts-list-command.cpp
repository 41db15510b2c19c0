#include "cli/commands.h"
#include "cli/stored-accounts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AccountsListCommand)
};

struct Options
{};

void addOptions(CLI::App &, Options &) {}

Report run(const Context &context, const Options &)
{
    const Result<std::shared_ptr<identity::TokenVault>> vault = openVault(context);
    if (!vault)
        return refusalReport(vault.error());
    const Result<std::vector<StoredAccount>> accounts = storedAccounts(**vault);
    if (!accounts)
        return refusalReport(accounts.error());
    Report report;
    JsonArray list;
    for (const StoredAccount &account : *accounts) {
        list.emplace_back(accountJson(account));
        report.text += account.account.id() + u"  "_s + accountText(account) + u'\n';
    }
    const QString summary = accounts->empty() ? Texts::tr("No sign-in is kept on this computer.")
                                              : Texts::tr("These sign-ins are kept on this computer.");
    if (accounts->empty())
        report.text = summary + u'\n';
    report.json =
        JsonObject{{u"outcome"_s, outcomeJson(u"ok"_s, u"accounts.ok"_s, summary)}, {u"accounts"_s, std::move(list)}};
    return report;
}

} // namespace

Command accountsListCommand()
{
    return makeCommand(u"list"_s, Texts::tr("List the sign-ins that are kept on this computer."), addOptions, run);
}

} // namespace bookdesk::cli
