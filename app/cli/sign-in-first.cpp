#include "cli/sign-in-first.h"

#include "cli/blocking-desk.h"
#include "cli/errors.h"
#include "core/text.h"
#include "identity/errors.h"
#include "jose/errors.h"
#include "sandbox/errors.h"
#include "workspace/settings.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInFirst)
};

template <class Codes> bool isOneOf(ErrorCode code, const Codes &codes)
{
    return std::ranges::find(codes, code) != std::end(codes);
}

bool isSandboxTrouble(ErrorCode code)
{
    return isOneOf(code, sandbox::errors::sandboxCodes) || code == jose::errors::signingFailed;
}

bool isKeychainTrouble(ErrorCode code)
{
    using namespace identity::errors;
    return isOneOf(code, std::array{keychainUnavailable, keychainLocked, keychainTimedOut, vaultDamaged});
}

/// What is kept is of no use, so the person has to sign in.
bool needsBrowser(ErrorCode code)
{
    using namespace identity::errors;
    return needsPerson(code) || isKeychainTrouble(code) || code == notKept || code == userChanged;
}

Error notKeeping()
{
    return {errors::usage, Texts::tr("Sign-ins are not kept for this connection, so no account can be named."),
            Texts::tr("Leave out --account. Sign-ins are kept for connections that are stored in Bookdesk, as long as "
                      "Keep me signed in is on.")};
}

/// Without the others, where one of them was shown in the window last.
void keepLastShown(std::vector<StoredAccount> &accounts)
{
    const QString last = workspace::Settings().text(workspace::Setting::lastAccount);
    const auto isLast = [&last](const StoredAccount &one) { return one.account.id() == last; };
    if (std::ranges::any_of(accounts, isLast))
        std::erase_if(accounts, std::not_fn(isLast));
}

/// The account whose stored sign-in is to be used; nothing where none is kept and none was named.
Result<std::optional<identity::Account>> chosenAccount(StoredAccounts &stored, const identity::Connection &connection,
                                                       const QString &name)
{
    if (const Result<void> opened = stored.open(); !opened)
        return failure(opened.error());
    Result<std::vector<StoredAccount>> accounts = stored.list();
    if (!accounts)
        return failure(accounts.error());
    std::erase_if(*accounts, [&](const StoredAccount &one) { return !one.account.belongsTo(connection); });
    if (accounts->empty() && name.isEmpty())
        return std::optional<identity::Account>();
    if (name.isEmpty())
        keepLastShown(*accounts);
    const Result<StoredAccount> chosen = oneAccount(*std::move(accounts), name);
    if (!chosen)
        return failure(chosen.error());
    return std::optional(chosen->account);
}

/// Uses what is kept. A report if that failed and the browser is of no help; else @p options say whom it is to sign in.
std::optional<Report> resumeAt(const Context &context, BlockingDesk &desk, const ConnectionChoice &where,
                               identity::SignInOptions &options)
{
    if (!desk.stored())
        return where.account.isEmpty() ? std::nullopt : std::optional(usageReport(notKeeping()));
    const auto account = chosenAccount(*desk.stored(), desk.connection(), where.account);
    if (!account && (!where.account.isEmpty() || !isKeychainTrouble(account.error().code)))
        return openFailureReport(account.error());
    if (!account || !*account)
        return std::nullopt;
    options.again = *account;
    const Result<void> resumed = desk.resume(**account);
    if (!resumed && !needsBrowser(resumed.error().code))
        return signInFailureReport(resumed.error());
    context.console.note(resumed ? Texts::tr("Signed in as %1, kept on this computer.").arg((*account)->fullName())
                                 : Texts::tr("The sign-in that is kept for %1 cannot be used any more. %2")
                                       .arg((*account)->fullName(), resumed.error().message));
    return std::nullopt;
}

} // namespace

Report openFailureReport(const Error &error)
{
    if (isSandboxTrouble(error.code) || isKeychainTrouble(error.code))
        return refusalReport(error);
    return error.code.kind() == ErrorKind::stopped ? signInFailureReport(error) : usageReport(error);
}

std::optional<Report> signInFirst(const Context &context, BlockingDesk &desk, const ConnectionChoice &where)
{
    const Result<void> opened = desk.open(where);
    return opened ? signInAt(context, desk, where) : openFailureReport(opened.error());
}

std::optional<Report> signInAt(const Context &context, BlockingDesk &desk, const ConnectionChoice &where,
                               const QStringList &scopes)
{
    identity::SignInOptions options;
    options.scopes = scopes;
    if (where.choosesAnew)
        options.prompt = u"select_account"_s;
    else if (std::optional<Report> failed = resumeAt(context, desk, where, options))
        return failed;
    if (desk.signedIn())
        return std::nullopt;
    if (where.persona.isEmpty())
        context.console.note(Texts::tr("Sign in to \"%1\" in the browser that opens. Press Ctrl+C to cancel.")
                                 .arg(desk.connection().name));
    const Result<void> signedIn = desk.signIn(options);
    if (!signedIn)
        return signInFailureReport(signedIn.error());
    return std::nullopt;
}

} // namespace bookdesk::cli
