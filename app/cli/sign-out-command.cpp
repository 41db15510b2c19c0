#include "cli/commands.h"
#include "cli/options.h"
#include "cli/stored-accounts.h"
#include "cli/stored-sign-out.h"
#include "identity/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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

/// What became of one account.
struct SignedOut
{
    StoredAccount account;
    std::optional<Error> error;

    bool isNotRevoked() const { return error && error->code == identity::errors::notRevoked; }
    /// Nothing is kept any more.
    bool isGone() const { return !error || isNotRevoked(); }
};

/// One that fails does not keep the others signed in.
std::vector<SignedOut> signOut(const Context &context, StoredAccounts &stored, std::vector<StoredAccount> accounts)
{
    std::vector<SignedOut> all;
    for (StoredAccount &account : accounts) {
        const Result<void> signedOut = signOutStored(context, stored, account.account);
        all.push_back({std::move(account), signedOut ? std::nullopt : std::optional(signedOut.error())});
    }
    return all;
}

QString textOf(const SignedOut &one)
{
    return one.isGone() ? Texts::tr("Signed out: %1").arg(accountText(one.account)) + u'\n' : QString();
}

QString problemOf(const SignedOut &one)
{
    if (!one.error)
        return {};
    const QString text =
        one.isGone() ? Texts::tr("Signed out on this computer only: %1. %2") : Texts::tr("Not signed out: %1. %2");
    return text.arg(accountText(one.account), advised(*one.error)) + u'\n';
}

/// An outcome of its own where all are signed out; else that of the first who is not.
Report reportOf(const std::vector<SignedOut> &all)
{
    const QString summary = all.empty() ? Texts::tr("Nobody was signed in.")
                                        : Texts::tr("Signed out here; the browser may still be signed in.");
    const auto failed = std::ranges::find_if_not(all, &SignedOut::isGone);
    Report report;
    if (failed == all.end())
        report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"sign-out.ok"_s, summary)}};
    else
        report = refusalReport(*failed->error);
    report.problem.clear(); // Each is told with whom it is about.
    JsonArray gone;
    JsonArray notRevoked;
    JsonArray remaining;
    for (const SignedOut &one : all) {
        report.text += textOf(one);
        report.problem += problemOf(one);
        (one.isGone() ? gone : remaining).emplace_back(accountJson(one.account));
        if (one.isNotRevoked())
            notRevoked.emplace_back(one.account.account.id());
    }
    if (failed == all.end() || !gone.empty())
        report.text += summary + u'\n';
    report.json.set(u"signedOut"_s, std::move(gone));
    report.json.set(u"notRevoked"_s, std::move(notRevoked));
    report.json.set(u"notSignedOut"_s, std::move(remaining));
    return report;
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
    return reportOf(signOut(context, stored, *std::move(accounts)));
}

} // namespace

Command signOutCommand()
{
    return makeCommand(u"sign-out"_s, Texts::tr("Remove a sign-in that is kept on this computer."), addOptions, run);
}

} // namespace bookdesk::cli
