#include "lab/markdown-report.h"

#include "core/markdown.h"
#include "lab/control.h"
#include "lab/endpoint-rules.h"
#include "lab/lab-words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(MarkdownReport)
};

QString numberCell(int number) { return number == 0 ? u"\u2013"_s : QString::number(number); }

QString headText(const LabReport &report)
{
    QString text = u"# "_s + Texts::tr("Access lab report: %1").arg(markdownText(report.connection)) + u"\n\n"_s;
    text += markdownTableHead({Texts::tr("What"), Texts::tr("Value")});
    text += markdownRow({Texts::tr("API"), markdownCodeCell(report.api)});
    if (!report.person.isEmpty())
        text += markdownRow({Texts::tr("Signed in as"), markdownCodeCell(report.person)});
    text += markdownRow({Texts::tr("Made"), utcText(report.made)});
    text += markdownRow({Texts::tr("Bookdesk"), markdownCodeCell(report.version)});
    return text;
}

QString detailsText(const std::vector<ProbeDetail> &details)
{
    if (details.empty())
        return {};
    QString text = u'\n' + markdownTableHead({Texts::tr("Member"), Texts::tr("Sent"), Texts::tr("Must be")});
    for (const ProbeDetail &detail : details)
        text += markdownRow(
            {markdownCodeCell(detail.name), markdownCodeCell(detail.sent), markdownCodeCell(detail.expected)});
    return text;
}

QString remedyText(const Remedy &remedy)
{
    QString text = u"\n**"_s + Texts::tr("Why that matters") + u"**: "_s + markdownText(remedy.why) + u"\n\n**"_s +
                   Texts::tr("What to change") + u"**\n"_s;
    for (const Framework framework : allFrameworks)
        text += u"\n%1\n\n```diff\n%2```\n"_s.arg(frameworkName(framework), codeText(remedy.codeFor(framework)));
    return text;
}

QString findingsText(const LabReport &report, const Remedies &remedies)
{
    QString text;
    for (const ProbeResult &result : report.probes) {
        if (isFinding(result.state))
            text += u'\n' + markdownFinding(result, remedies);
    }
    if (text.isEmpty() && !report.probes.empty() && !isUnproven(report))
        text = u'\n' + Texts::tr("No findings.") + u'\n';
    return text.isEmpty() ? QString() : u"\n## "_s + Texts::tr("Findings") + u'\n' + text;
}

/// Bold where it has failed, because nothing else in the report counts then.
QString controlText(const LabReport &report)
{
    if (!report.control)
        return {};
    const QString headline = markdownText(controlHeadline(*report.control));
    if (!isUnproven(report))
        return u'\n' + headline + u".\n"_s;
    return u"\n**"_s + headline + u".** "_s + markdownText(controlAdvice(*report.control)) + u'\n';
}

QString stateCell(ProbeState state)
{
    return isFinding(state) ? u"**"_s + stateName(state) + u"**"_s : stateName(state);
}

QString probeRow(const ProbeResult &result)
{
    return markdownRow({markdownText(result.probe.title), QString::number(result.probe.expected),
                        numberCell(result.status), stateCell(result.state), markdownText(result.why),
                        markdownText(result.probe.source)});
}

QString groupText(const LabReport &report, ProbeGroup group)
{
    QString rows;
    for (const ProbeResult &result : report.probes) {
        if (result.probe.group == group)
            rows += probeRow(result);
    }
    if (rows.isEmpty())
        return {};
    return u"\n### "_s + groupTitle(group) + u"\n\n"_s +
           markdownTableHead({Texts::tr("Probe"), Texts::tr("Expected"), Texts::tr("Actual"), Texts::tr("Result"),
                              Texts::tr("Remark"), Texts::tr("Source")}) +
           rows;
}

QString probesText(const LabReport &report)
{
    if (report.probes.empty())
        return {};
    QString text = u"\n## "_s + Texts::tr("Probes") + u"\n\n"_s + totalsText(totalsOf(report.probes)) + u"\n"_s;
    for (const ProbeGroup group : allProbeGroups)
        text += groupText(report, group);
    return text;
}

QString differenceCell(const EndpointResult &endpoint)
{
    if (endpoint.comparison == Comparison::differs)
        return u"**"_s + Texts::tr("differs") + u"** "_s + markdownText(endpoint.difference);
    return endpoint.comparison == Comparison::notRun ? Texts::tr("not called") : QString();
}

QString endpointsText(const LabReport &report)
{
    if (report.endpoints.empty())
        return {};
    QString text = u"\n## "_s + Texts::tr("Endpoints") + u"\n\n"_s +
                   markdownTableHead({Texts::tr("Endpoint"), Texts::tr("Needs"), Texts::tr("Predicted"),
                                      Texts::tr("Actual"), Texts::tr("Difference"), Texts::tr("Why predicted")});
    for (const EndpointResult &endpoint : report.endpoints)
        text += markdownRow({markdownCodeCell(endpointName(endpoint)), markdownText(needsText(endpoint.rule)),
                             numberCell(endpoint.prediction.status),
                             numberCell(endpoint.outcome ? endpoint.outcome->status : 0), differenceCell(endpoint),
                             markdownText(endpoint.prediction.reason)});
    return text;
}

} // namespace

QString markdownFinding(const ProbeResult &finding, const Remedies &remedies)
{
    QString text =
        u"### "_s + markdownText(probeHeadline(finding)) + u"\n\n"_s + markdownText(probeSentence(finding)) + u".\n"_s;
    if (!finding.probe.source.isEmpty())
        text += u'\n' + Texts::tr("Source: %1").arg(markdownText(finding.probe.source)) + u'\n';
    text += detailsText(finding.details);
    if (!finding.serverSaid.isEmpty())
        text += u'\n' + Texts::tr("The API said: %1").arg(markdownCode(finding.serverSaid)) + u'\n';
    if (const Remedy *remedy = remedyFor(remedies, finding))
        text += remedyText(*remedy);
    return text;
}

QString markdownReport(const LabReport &report, const Remedies &remedies)
{
    return headText(report) + controlText(report) + findingsText(report, remedies) + probesText(report) +
           endpointsText(report);
}

} // namespace bookdesk::lab
