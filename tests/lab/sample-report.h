/// A report of the access lab with one result of each kind.
#pragma once

#include "lab/control.h"
#include "lab/lab-report.h"

namespace bookdesk::lab {

inline ProbeResult sampleProbe(const QString &id, const QString &remedy, ProbeState state, int status)
{
    using namespace Qt::StringLiterals;
    ProbeResult result;
    result.probe = {
        id, ProbeGroup::claims, u"Title of "_s + id, u"what "_s + id + u" is"_s, u"RFC 8725, section 3.9"_s, remedy,
        401};
    result.state = state;
    result.status = status;
    return result;
}

inline ProbeResult acceptedProbe()
{
    using namespace Qt::StringLiterals;
    ProbeResult result = sampleProbe(u"audience"_s, u"audience"_s, ProbeState::accepted, 200);
    result.probe.title = u"Made for another API"_s;
    result.probe.accepted = u"a token made for another API"_s;
    result.details = {{u"aud"_s, u"another-api"_s, u"books-api"_s}};
    result.serverSaid = u"{\"books\":[]}"_s;
    result.took = std::chrono::milliseconds{31};
    return result;
}

inline std::vector<ProbeResult> sampleProbes()
{
    using namespace Qt::StringLiterals;
    std::vector<ProbeResult> probes{acceptedProbe(),
                                    sampleProbe(u"kid-path"_s, u"key-id"_s, ProbeState::crashed, 500),
                                    sampleProbe(u"expired"_s, u"expiry"_s, ProbeState::refused, 401),
                                    sampleProbe(u"none"_s, u"algorithm"_s, ProbeState::noAnswer, 0),
                                    sampleProbe(u"tenant"_s, u"issuer"_s, ProbeState::notPossible, 0),
                                    sampleProbe(u"size"_s, u"size"_s, ProbeState::waiting, 0)};
    probes[1].probe.group = ProbeGroup::key;
    probes[3].why = u"The connection was closed."_s;
    probes[4].why = u"Only the tenant could sign it."_s;
    return probes;
}

/// Answered in this way.
inline ProbeResult sampleControl(ProbeState state, int status)
{
    ProbeResult control = waitingControl();
    control.state = state;
    control.status = status;
    return control;
}

/// What is left of a run whose genuine token was refused.
inline LabReport unprovenReport(LabReport report)
{
    using namespace Qt::StringLiterals;
    report.control = sampleControl(ProbeState::refused, 401);
    report.endpoints.clear();
    report.probes = {sampleProbe(u"expired"_s, u"expiry"_s, ProbeState::unproven, 401)};
    report.probes[0].why = u"Nothing is proven: the API refuses the genuine token too, with 401."_s;
    return report;
}

inline EndpointResult sampleEndpoint(const char *method, const QString &path, int predicted, int status,
                                     Comparison comparison)
{
    using namespace Qt::StringLiterals;
    EndpointResult endpoint;
    endpoint.rule.rule = {method, path, {u"Books.Read"_s}, {}};
    endpoint.prediction = {predicted, u"Scope Books.Read is in your token."_s};
    endpoint.comparison = comparison;
    if (comparison != Comparison::notRun) {
        endpoint.outcome = books::ApiOutcome();
        endpoint.outcome->status = status;
        endpoint.outcome->kind = status == 404 ? books::OutcomeKind::notFound : books::OutcomeKind::ok;
        endpoint.outcome->explanation = u"What the API said."_s;
    }
    return endpoint;
}

inline std::vector<EndpointResult> sampleEndpoints()
{
    using namespace Qt::StringLiterals;
    std::vector<EndpointResult> endpoints{
        sampleEndpoint("GET", u"/api/v1/books"_s, 200, 200, Comparison::asPredicted),
        sampleEndpoint("GET", u"/api/v1/loans"_s, 200, 404, Comparison::differs),
        sampleEndpoint("DELETE", u"/api/v1/books/{book_id}"_s, 403, 0, Comparison::notRun),
        sampleEndpoint("GET", u"/api/v1/me"_s, 0, 200, Comparison::unpredicted)};
    endpoints[1].difference = u"no such endpoint"_s;
    return endpoints;
}

inline LabReport sampleReport()
{
    using namespace Qt::StringLiterals;
    return {u"Sandbox"_s,
            u"http://localhost:8031"_s,
            u"ada@example"_s,
            u"0.1.0"_s,
            TimePoint{std::chrono::seconds{1'790'000'000}},
            sampleEndpoints(),
            sampleProbes()};
}

/// A report whose every text from outside is @p text.
inline LabReport hostileReport(const QString &text)
{
    LabReport report = sampleReport();
    report.connection = report.api = report.person = text;
    for (ProbeResult &probe : report.probes) {
        probe.probe.title = probe.probe.accepted = probe.probe.source = probe.serverSaid = probe.why = text;
        probe.details = {{text, text, text}};
    }
    report.control = sampleControl(ProbeState::noAnswer, 404);
    report.control->why = report.control->serverSaid = text;
    for (EndpointResult &endpoint : report.endpoints) {
        endpoint.rule.rule.path = endpoint.prediction.reason = endpoint.difference = endpoint.rule.remark = text;
        endpoint.rule.rule.method = text.toUtf8();
        endpoint.rule.rule.scopes = endpoint.rule.rule.roles = {text};
        if (endpoint.outcome)
            endpoint.outcome->explanation = text;
    }
    return report;
}

} // namespace bookdesk::lab
