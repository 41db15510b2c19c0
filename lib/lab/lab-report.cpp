#include "lab/lab-report.h"

#include "lab/control.h"

#include <algorithm>

namespace bookdesk::lab {

bool isFinding(const EndpointResult &endpoint)
{
    return endpoint.comparison == Comparison::differs && endpoint.outcome && endpoint.outcome->status != 0;
}

bool hasFindings(const LabReport &report)
{
    return std::any_of(report.probes.begin(), report.probes.end(),
                       [](const ProbeResult &probe) { return isFinding(probe.state); }) ||
           std::any_of(report.endpoints.begin(), report.endpoints.end(),
                       [](const EndpointResult &endpoint) { return isFinding(endpoint); });
}

bool isUnproven(const LabReport &report) { return report.control && hasFailed(*report.control); }

LabReport redacted(LabReport report, const Redactor &redactor)
{
    const auto clean = [&redactor](QString &text) { text = redactor.redacted(text); };
    for (ProbeResult &result : report.probes) {
        clean(result.serverSaid);
        clean(result.why);
        for (ProbeDetail &detail : result.details)
            clean(detail.sent);
    }
    if (report.control) {
        clean(report.control->serverSaid);
        clean(report.control->why);
    }
    for (EndpointResult &endpoint : report.endpoints) {
        clean(endpoint.rule.rule.path);
        clean(endpoint.difference);
        if (endpoint.outcome)
            clean(endpoint.outcome->explanation);
    }
    return report;
}

} // namespace bookdesk::lab
