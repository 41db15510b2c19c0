#include "lab/json-report.h"

#include "lab/control.h"
#include "lab/lab-words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

Json numberOrNull(int number) { return number == 0 ? Json() : Json(number); }

Json array(const QStringList &texts) { return JsonArray(texts.begin(), texts.end()); }

Json tookJson(const std::optional<std::chrono::milliseconds> &took)
{
    return took ? Json(std::int64_t{took->count()}) : Json();
}

JsonObject endpointJson(const EndpointResult &endpoint)
{
    const books::AccessRule &rule = endpoint.rule.rule;
    const books::ApiOutcome outcome = endpoint.outcome.value_or(books::ApiOutcome());
    return {{u"method"_s, QString::fromUtf8(rule.method)},
            {u"path"_s, rule.path},
            {u"origin"_s, originCode(endpoint.rule.origin)},
            {u"scopes"_s, array(rule.scopes)},
            {u"roles"_s, array(rule.roles)},
            {u"remark"_s, endpoint.rule.remark},
            {u"predicted"_s, numberOrNull(endpoint.prediction.status)},
            {u"reason"_s, endpoint.prediction.reason},
            {u"status"_s, numberOrNull(outcome.status)},
            {u"kind"_s, endpoint.outcome ? Json(books::kindCode(outcome.kind)) : Json()},
            {u"explanation"_s, outcome.explanation},
            {u"comparison"_s, comparisonCode(endpoint.comparison)},
            {u"difference"_s, endpoint.difference}};
}

JsonObject detailJson(const ProbeDetail &detail)
{
    return {{u"name"_s, detail.name}, {u"sent"_s, detail.sent}, {u"expected"_s, detail.expected}};
}

JsonObject probeJson(const ProbeResult &result, const Remedies &remedies)
{
    JsonArray details;
    for (const ProbeDetail &detail : result.details)
        details.push_back(detailJson(detail));
    const Remedy *remedy = isFinding(result.state) ? remedyFor(remedies, result) : nullptr;
    return {{u"id"_s, result.probe.id},
            {u"group"_s, groupCode(result.probe.group)},
            {u"title"_s, result.probe.title},
            {u"source"_s, result.probe.source},
            {u"expected"_s, result.probe.expected},
            {u"state"_s, stateCode(result.state)},
            {u"status"_s, numberOrNull(result.status)},
            {u"tookMs"_s, tookJson(result.took)},
            {u"why"_s, result.why},
            {u"serverSaid"_s, result.serverSaid},
            {u"details"_s, std::move(details)},
            {u"remedy"_s, remedy ? Json(remedy->key) : Json()}};
}

Json controlJson(const std::optional<ProbeResult> &control)
{
    if (!control)
        return {};
    return JsonObject{{u"title"_s, control->probe.title},           {u"state"_s, controlCode(*control)},
                      {u"status"_s, numberOrNull(control->status)}, {u"tookMs"_s, tookJson(control->took)},
                      {u"headline"_s, controlHeadline(*control)},   {u"advice"_s, controlAdvice(*control)},
                      {u"serverSaid"_s, control->serverSaid}};
}

JsonObject totalsJson(const LabReport &report)
{
    const ProbeTotals probes = totalsOf(report.probes);
    const auto count = [&report](auto matches) {
        return std::int64_t{std::count_if(report.endpoints.begin(), report.endpoints.end(), matches)};
    };
    const JsonObject endpoints{
        {u"called"_s, count([](const EndpointResult &endpoint) { return endpoint.outcome.has_value(); })},
        {u"differ"_s, count([](const EndpointResult &endpoint) { return isFinding(endpoint); })}};
    return {{u"endpoints"_s, endpoints},
            {u"probes"_s, JsonObject{{u"accepted"_s, probes.accepted},
                                     {u"crashed"_s, probes.crashed},
                                     {u"noAnswer"_s, probes.noAnswer},
                                     {u"refused"_s, probes.refused},
                                     {u"unproven"_s, probes.unproven},
                                     {u"notPossible"_s, probes.notPossible},
                                     {u"notSent"_s, probes.waiting}}}};
}

JsonObject remedyJson(const Remedy &remedy)
{
    JsonObject changes;
    for (const Framework framework : allFrameworks)
        changes.append(frameworkCode(framework), codeText(remedy.codeFor(framework)));
    return {{u"title"_s, remedy.title}, {u"why"_s, remedy.why}, {u"changes"_s, changes}};
}

JsonObject remediesJson(const LabReport &report, const Remedies &remedies)
{
    JsonObject members;
    for (const ProbeResult &result : report.probes) {
        const Remedy *remedy = isFinding(result.state) ? remedyFor(remedies, result) : nullptr;
        if (remedy)
            members.set(remedy->key, remedyJson(*remedy));
    }
    return members;
}

} // namespace

JsonObject jsonReport(const LabReport &report, const Remedies &remedies)
{
    JsonArray endpoints;
    for (const EndpointResult &endpoint : report.endpoints)
        endpoints.push_back(endpointJson(endpoint));
    JsonArray probes;
    for (const ProbeResult &result : report.probes)
        probes.push_back(probeJson(result, remedies));
    return {{u"bookdesk"_s, report.version},        {u"made"_s, utcText(report.made)},
            {u"connection"_s, report.connection},   {u"api"_s, report.api},
            {u"person"_s, report.person},           {u"totals"_s, totalsJson(report)},
            {u"endpoints"_s, std::move(endpoints)}, {u"control"_s, controlJson(report.control)},
            {u"probes"_s, std::move(probes)},       {u"remedies"_s, remediesJson(report, remedies)}};
}

} // namespace bookdesk::lab
