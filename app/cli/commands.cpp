#include "cli/commands.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

Command group(const QString &name, const QString &about, std::vector<Command> members)
{
    return {name, about, {}, {}, std::move(members)};
}

} // namespace

std::vector<Command> allCommands()
{
    return {
        signInCommand(),
        signOutCommand(),
        group(u"accounts"_s, Texts::tr("See the sign-ins that are kept on this computer."), {accountsListCommand()}),
        group(u"connection"_s, Texts::tr("See, test, add and remove the stored connections."),
              {
                  connectionListCommand(),
                  connectionTestCommand(),
                  connectionAddCommand(),
                  connectionRemoveCommand(),
                  connectionExportCommand(),
              }),
        group(u"books"_s, Texts::tr("Call the books API."),
              {
                  booksListCommand(),
                  booksDeleteCommand(),
              }),
        group(u"token"_s, Texts::tr("Inspect and verify tokens."),
              {
                  tokenShowCommand(),
                  tokenVerifyCommand(),
                  tokenCompareCommand(),
                  tokenReportCommand(),
              }),
        group(u"lab"_s, Texts::tr("Compare what the API allows with what it should."),
              {
                  labRunCommand(),
                  labProbeCommand(),
              }),
        explainCommand(),
        sandboxCommand(),
    };
}

} // namespace bookdesk::cli
