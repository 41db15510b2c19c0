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
    StoredAccounts stored(context);
    if (const Result<void> opened = stored.open(); !opened)
        return refusalReport(opened.error());
    const Result<std::vector<StoredAccount>> accounts = stored.list();
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
