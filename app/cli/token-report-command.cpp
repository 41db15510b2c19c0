#include "books/diagnosis.h"
#include "books/token-report.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/token-trust.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenReportCommand)
};

struct Options
{
    QString file;
    TrustChoice choice;
};

void addOptions(CLI::App &command, Options &options)
{
    addText(command, "FILE", options.file, Texts::tr("The token's file; - is standard input."))->required();
    addTrustChoice(command, options.choice);
}

Report run(const Context &context, const Options &options)
{
    JudgedTokens judged;
    if (std::optional<Report> failed = judgeTokens(context, {options.file}, options.choice, judged))
        return *std::move(failed);
    const jose::InspectedToken &token = judged.tokens.front();
    const books::Diagnosis diagnosis = books::diagnoseAccessToken(token.verification);
    const books::TokenReport shared = books::tokenReport(token, diagnosis, judged.names);
    Report report;
    report.json = {{u"outcome"_s, outcomeJson(u"ok"_s, u"token.ok"_s, diagnosis.headline, diagnosis.remedy)}};
    report.json.append(books::toJson(shared));
    report.text = books::toMarkdown(shared);
    return report;
}

} // namespace

Command tokenReportCommand()
{
    return makeCommand(u"report"_s, Texts::tr("Report a token without its values, so that it can be shared."),
                       addOptions, run);
}

} // namespace bookdesk::cli
