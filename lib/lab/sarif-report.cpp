#include "lab/sarif-report.h"

#include "core/markdown.h"
#include "lab/control.h"
#include "lab/lab-words.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SarifReport)
};

QString predictionRule() { return u"prediction"_s; }

JsonObject message(const QString &text) { return {{u"text"_s, text}}; }

JsonObject helpOf(const Remedy &remedy)
{
    QString text = remedy.why + u'\n';
    QString markdown = markdownText(remedy.why) + u'\n';
    for (const Framework framework : allFrameworks) {
        const QString code = codeText(remedy.codeFor(framework));
        text += u"\n%1:\n%2"_s.arg(frameworkName(framework), code);
        markdown += u"\n**%1**\n\n```diff\n%2```\n"_s.arg(frameworkName(framework), code);
    }
    return {{u"text"_s, text}, {u"markdown"_s, markdown}};
}

JsonObject ruleJson(const QString &id, const QString &title, const QString &why, const QString &level,
                    const JsonObject &help)
{
    return {{u"id"_s, id},
            {u"shortDescription"_s, message(title)},
            {u"fullDescription"_s, message(why)},
            {u"help"_s, help},
            {u"defaultConfiguration"_s, JsonObject{{u"level"_s, level}}},
            {u"properties"_s, JsonObject{{u"tags"_s, JsonArray{u"security"_s, u"authentication"_s}}}}};
}

JsonObject predictionRuleJson()
{
    const QString why = Texts::tr("The API answered otherwise than its rules and the token predict, so either the "
                                  "rules are out of date or the API grants or refuses something by mistake.");
    return ruleJson(predictionRule(), Texts::tr("The answer differs from its prediction"), why, u"warning"_s,
                    message(Texts::tr("Compare the endpoint's rule with what the API checks: the scopes and roles it "
                                      "asks for, and the audience and issuer it accepts.")));
}

/// The rules that results can name, in one order for their indexes.
class Rules
{
public:
    explicit Rules(const Remedies &remedies)
    {
        for (const Remedy &remedy : remedies.all()) {
            m_ids += remedy.key;
            m_rules.push_back(ruleJson(remedy.key, remedy.title, remedy.why, u"error"_s, helpOf(remedy)));
        }
        m_ids += predictionRule();
        m_rules.push_back(predictionRuleJson());
    }

    const JsonArray &all() const { return m_rules; }

    /// `ruleId` and `ruleIndex`; -1 means that the rule is not described.
    JsonObject reference(const QString &id) const
    {
        return {{u"ruleId"_s, id}, {u"ruleIndex"_s, std::int64_t{m_ids.indexOf(id)}}};
    }

private:
    QStringList m_ids;
    JsonArray m_rules;
};

/// What was called, so that a result is the same one in the next run, whatever the API says then.
Json fingerprints(const LabReport &report, const QString &what)
{
    const QByteArray hash =
        QCryptographicHash::hash((report.api + u'\n' + what).toUtf8(), QCryptographicHash::Sha256).toHex();
    return JsonObject{{u"bookdesk/v1"_s, QString::fromLatin1(hash)}};
}

/// An address in a report may hold anything; SARIF wants a URI.
QString uriOf(const QString &text) { return QString::fromLatin1(QUrl(text).toEncoded(QUrl::RemoveUserInfo)); }

Json locations(const LabReport &report, const QString &name)
{
    JsonObject location;
    if (const QString uri = uriOf(report.api); !uri.isEmpty())
        location.append(u"physicalLocation"_s, JsonObject{{u"artifactLocation"_s, JsonObject{{u"uri"_s, uri}}}});
    location.append(u"logicalLocations"_s,
                    JsonArray{JsonObject{{u"fullyQualifiedName"_s, name}, {u"kind"_s, u"resource"_s}}});
    return JsonArray{std::move(location)};
}

QString kindOf(ProbeState state)
{
    if (isFinding(state))
        return u"fail"_s;
    if (state == ProbeState::notPossible)
        return u"notApplicable"_s;
    return state == ProbeState::refused ? u"pass"_s : u"open"_s;
}

QString probeMessage(const ProbeResult &result)
{
    if (!isFinding(result.state))
        return result.why.isEmpty() ? probeSentence(result) : probeSentence(result) + u". "_s + result.why;
    QStringList parts{probeHeadline(result), probeSentence(result)};
    for (const ProbeDetail &detail : result.details)
        parts += Texts::tr("%1: sent %2, must be %3").arg(detail.name, detail.sent, detail.expected);
    return parts.join(". "_L1);
}

/// A level other than none is for failures alone (section 3.27.10).
JsonObject resultJson(JsonObject rule, const QString &kind, const QString &level, const QString &text)
{
    rule.append(u"kind"_s, kind);
    rule.append(u"level"_s, kind == "fail"_L1 ? level : u"none"_s);
    rule.append(u"message"_s, message(text));
    return rule;
}

JsonObject probeResultJson(const LabReport &report, const Rules &rules, const ProbeResult &result)
{
    const QString rule = result.state == ProbeState::crashed ? u"crash"_s : result.probe.remedy;
    JsonObject json = resultJson(rules.reference(rule), kindOf(result.state), u"error"_s, probeMessage(result));
    json.append(u"locations"_s, locations(report, u"probes/"_s + result.probe.id));
    json.append(u"partialFingerprints"_s, fingerprints(report, u"probes/"_s + result.probe.id));
    json.append(u"properties"_s, JsonObject{{u"probe"_s, result.probe.id},
                                            {u"state"_s, stateCode(result.state)},
                                            {u"source"_s, result.probe.source},
                                            {u"expected"_s, result.probe.expected},
                                            {u"status"_s, result.status}});
    return json;
}

QString kindOf(const EndpointResult &endpoint)
{
    switch (endpoint.comparison) {
    case Comparison::differs:
        return isFinding(endpoint) ? u"fail"_s : u"open"_s;
    case Comparison::asPredicted:
        return u"pass"_s;
    case Comparison::unpredicted:
        return u"open"_s;
    case Comparison::notRun:
        break;
    }
    return u"notApplicable"_s;
}

QString endpointMessage(const EndpointResult &endpoint)
{
    if (!endpoint.outcome)
        return Texts::tr("%1 was not called.").arg(endpointName(endpoint));
    if (endpoint.outcome->status == 0)
        return Texts::tr("%1 was not answered. %2").arg(endpointName(endpoint), endpoint.outcome->explanation);
    return Texts::tr("%1: predicted %2, got %3. %4")
        .arg(endpointName(endpoint), QString::number(endpoint.prediction.status),
             QString::number(endpoint.outcome->status), endpoint.prediction.reason);
}

JsonObject endpointResultJson(const LabReport &report, const Rules &rules, const EndpointResult &endpoint)
{
    JsonObject json =
        resultJson(rules.reference(predictionRule()), kindOf(endpoint), u"warning"_s, endpointMessage(endpoint));
    json.append(u"locations"_s, locations(report, endpointName(endpoint)));
    json.append(u"partialFingerprints"_s, fingerprints(report, endpointName(endpoint)));
    json.append(u"properties"_s, JsonObject{{u"comparison"_s, comparisonCode(endpoint.comparison)}});
    return json;
}

bool wasSent(const ProbeResult &result)
{
    return result.state != ProbeState::waiting && result.state != ProbeState::running;
}

JsonObject notification(const QString &level, const QString &text)
{
    return {{u"level"_s, level}, {u"message"_s, message(text)}};
}

JsonArray notifications(const LabReport &report)
{
    JsonArray all;
    if (isUnproven(report))
        all.push_back(notification(
            u"error"_s, Texts::tr("%1. %2").arg(controlHeadline(*report.control), controlAdvice(*report.control))));
    if (const int notSent = totalsOf(report.probes).waiting; notSent > 0)
        all.push_back(
            notification(u"warning"_s, Texts::tr("The run was stopped; probes that were not sent: %1").arg(notSent)));
    else if (report.wasStopped)
        all.push_back(notification(u"warning"_s, Texts::tr("The run was stopped before all endpoints were called.")));
    return all;
}

/// Not successful where nothing is proven, so that no results are taken for a sound API.
JsonObject invocation(const LabReport &report)
{
    JsonObject json{{u"executionSuccessful"_s, !isUnproven(report)}, {u"endTimeUtc"_s, utcText(report.made)}};
    JsonArray said = notifications(report);
    if (!said.empty())
        json.append(u"toolExecutionNotifications"_s, std::move(said));
    return json;
}

JsonArray resultsJson(const LabReport &report, const Rules &rules)
{
    JsonArray results;
    for (const ProbeResult &result : report.probes) {
        if (wasSent(result))
            results.push_back(probeResultJson(report, rules, result));
    }
    for (const EndpointResult &endpoint : report.endpoints)
        results.push_back(endpointResultJson(report, rules, endpoint));
    return results;
}

} // namespace

JsonObject sarifReport(const LabReport &report, const Remedies &remedies)
{
    const Rules rules(remedies);
    const JsonObject driver{{u"name"_s, u"Bookdesk"_s}, {u"version"_s, report.version}, {u"rules"_s, rules.all()}};
    const JsonObject run{{u"tool"_s, JsonObject{{u"driver"_s, driver}}},
                         {u"automationDetails"_s, JsonObject{{u"id"_s, u"bookdesk-lab/"_s}}},
                         {u"invocations"_s, JsonArray{invocation(report)}},
                         {u"columnKind"_s, u"utf16CodeUnits"_s},
                         {u"results"_s, resultsJson(report, rules)}};
    return {{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s},
            {u"version"_s, u"2.1.0"_s},
            {u"runs"_s, JsonArray{run}}};
}

} // namespace bookdesk::lab
