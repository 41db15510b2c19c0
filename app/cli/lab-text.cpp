#include "cli/lab-text.h"

#include "core/text-cells.h"
#include "core/text.h"
#include "lab/control.h"
#include "lab/endpoint-rules.h"
#include "lab/lab-words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LabText)
};

QString endpointLine(const QString &name, const QString &needs, const QString &predicted, const QString &actual,
                     const QString &difference)
{
    return fitted(visible(name), 40) + u"  "_s + fitted(visible(needs), 28) + u"  "_s + padded(predicted, 10) +
           u"  "_s + padded(actual, 8) + u"  "_s + visible(difference) + u'\n';
}

QString statusCell(int status) { return status == 0 ? u"-"_s : QString::number(status); }

QString differenceText(const lab::EndpointResult &endpoint)
{
    switch (endpoint.comparison) {
    case lab::Comparison::asPredicted:
        return Texts::tr("as predicted");
    case lab::Comparison::differs:
        return Texts::tr("differs: %1").arg(endpoint.difference);
    case lab::Comparison::unpredicted:
        return Texts::tr("not predicted");
    case lab::Comparison::notRun:
        break;
    }
    return Texts::tr("not called");
}

QString endpointsText(const lab::LabReport &results)
{
    if (results.endpoints.empty())
        return {};
    QString text = endpointLine(Texts::tr("Endpoint"), Texts::tr("Needs"), Texts::tr("Predicted"), Texts::tr("Actual"),
                                Texts::tr("Difference"));
    for (const lab::EndpointResult &endpoint : results.endpoints)
        text += endpointLine(lab::endpointName(endpoint), lab::needsText(endpoint.rule),
                             statusCell(endpoint.prediction.status),
                             statusCell(endpoint.outcome ? endpoint.outcome->status : 0), differenceText(endpoint));
    return text;
}

QString findingText(const lab::ProbeResult &result, const lab::Remedies &remedies)
{
    QString text = visible(lab::probeHeadline(result)) + u"\n  "_s + visible(lab::probeSentence(result)) + u'\n';
    for (const lab::ProbeDetail &detail : result.details)
        text += u"  "_s +
                Texts::tr("%1: sent %2, must be %3")
                    .arg(visible(detail.name), visible(detail.sent), visible(detail.expected)) +
                u'\n';
    if (const lab::Remedy *remedy = lab::remedyFor(remedies, result))
        text += u"  "_s + Texts::tr("%1. %2").arg(remedy->title, remedy->why) + u'\n';
    return text;
}

QString probesText(const lab::LabReport &results, const lab::Remedies &remedies)
{
    if (results.probes.empty())
        return {};
    QString text;
    for (const lab::ProbeResult &result : results.probes) {
        if (lab::isFinding(result.state))
            text += findingText(result, remedies);
    }
    if (!text.isEmpty())
        text +=
            Texts::tr("With --markdown the lines to change are printed, for FastAPI, ASP.NET Core and Spring.") + u'\n';
    if (results.control)
        text += visible(lab::controlHeadline(*results.control)) + u'\n';
    return text + Texts::tr("Probes: %1").arg(lab::totalsText(lab::totalsOf(results.probes))) + u'\n';
}

} // namespace

QString labText(const lab::LabReport &report, const lab::Remedies &remedies)
{
    return endpointsText(report) + probesText(report, remedies);
}

} // namespace bookdesk::cli
