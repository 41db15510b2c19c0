#include "cli/lab-output.h"

#include "cli/errors.h"
#include "cli/lab-text.h"
#include "cli/options.h"
#include "core/private-file.h"
#include "core/text.h"
#include "lab/control.h"
#include "lab/json-report.h"
#include "lab/junit-report.h"
#include "lab/markdown-report.h"
#include "lab/sarif-report.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LabOutput)
};

bool lacksAnswer(const lab::EndpointResult &endpoint) { return endpoint.outcome && endpoint.outcome->status == 0; }

/// Nobody could be reached.
bool isUnreachable(const lab::LabReport &results)
{
    const auto isOutOfReach = [](const lab::EndpointResult &endpoint) {
        return lacksAnswer(endpoint) && (endpoint.outcome->kind == books::OutcomeKind::network ||
                                         endpoint.outcome->kind == books::OutcomeKind::tls);
    };
    const ErrorKind failure = results.control ? results.control->failure : ErrorKind::other;
    return failure == ErrorKind::network || failure == ErrorKind::tls ||
           std::any_of(results.endpoints.begin(), results.endpoints.end(), isOutOfReach);
}

bool isIncomplete(const lab::LabReport &results)
{
    const lab::ProbeTotals totals = lab::totalsOf(results.probes);
    return results.wasStopped || totals.noAnswer > 0 || totals.waiting > 0 ||
           std::any_of(results.endpoints.begin(), results.endpoints.end(), lacksAnswer);
}

/// What came of the command, as it is said in `outcome`.
struct LabOutcome
{
    ExitStatus status = ExitStatus::success;
    ErrorCode code = errors::labPassed;
    QString kind;
    QString explanation;
    QString remedy{};
};

LabOutcome outcomeOf(const lab::LabReport &results)
{
    if (lab::hasFindings(results))
        return {ExitStatus::findings, errors::labFindings, u"findings"_s,
                Texts::tr("The API accepts what it must refuse, or answers otherwise than predicted.")};
    if (isUnreachable(results))
        return {ExitStatus::noConnection, errors::labIncomplete, u"network"_s,
                Texts::tr("The API could not be reached.")};
    if (lab::isUnproven(results))
        return {ExitStatus::unproven, errors::labUnproven, u"unproven"_s, lab::controlHeadline(*results.control),
                lab::controlAdvice(*results.control)};
    if (isIncomplete(results))
        return {ExitStatus::refused, errors::labIncomplete, u"incomplete"_s,
                Texts::tr("The run was stopped, or answers are missing; nothing was found in the others.")};
    return {ExitStatus::success, errors::labPassed, u"ok"_s, Texts::tr("The API answered as it should.")};
}

QString problemText(const LabOutcome &outcome)
{
    const QString text =
        outcome.remedy.isEmpty() ? outcome.explanation : Texts::tr("%1. %2").arg(outcome.explanation, outcome.remedy);
    return visible(text) + u'\n';
}

void noteFailure(Report &report, const Result<void> &written)
{
    if (written)
        return;
    report.problem += advised(written.error()) + u'\n';
    if (report.status == ExitStatus::success)
        report.status = ExitStatus::usage;
}

} // namespace

void addLabOutput(CLI::App &command, LabOutput &output)
{
    addFlag(command, "--markdown", output.printsMarkdown, Texts::tr("Print the report as Markdown."));
    addText(command, "--junit", output.junitFile, Texts::tr("Also write the report as JUnit XML."))->type_name("FILE");
    addText(command, "--sarif", output.sarifFile, Texts::tr("Also write the report as SARIF 2.1.0."))
        ->type_name("FILE");
}

Report labReport(const Context &context, const LabOutput &output, const lab::LabReport &results)
{
    const lab::LabReport shown = lab::redacted(results, context.redactor);
    const lab::Remedies remedies = lab::Remedies::forLocale();
    const LabOutcome outcome = outcomeOf(shown);
    Report report;
    report.status = outcome.status;
    report.json = {
        {u"outcome"_s, outcomeJson(outcome.kind, outcome.code.toString(), outcome.explanation, outcome.remedy)}};
    report.json.append(lab::jsonReport(shown, remedies));
    report.text = output.printsMarkdown ? lab::markdownReport(shown, remedies) : labText(shown, remedies);
    if (outcome.status != ExitStatus::success)
        report.problem = problemText(outcome);
    if (!output.junitFile.isEmpty())
        noteFailure(report, writePrivately(output.junitFile, lab::junitReport(shown, remedies)));
    if (!output.sarifFile.isEmpty())
        noteFailure(report,
                    writePrivately(output.sarifFile, context.console.jsonLine(lab::sarifReport(shown, remedies))));
    return report;
}

} // namespace bookdesk::cli
