/// LabReport: what is written down about a run: where, when, with what, and all results. Its formats have files of
/// their own.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "lab/endpoint-result.h"
#include "lab/probe-result.h"

#include <QString>

#include <optional>
#include <vector>

namespace bookdesk::lab {

/// A plain value without secrets; texts in it are untrusted. Any thread.
struct LabReport
{
    QString connection; ///< Its name.
    QString api;        ///< The API's base URL.
    QString person;     ///< The sign-in name, or empty.
    QString version;    ///< Bookdesk's.
    TimePoint made;
    std::vector<EndpointResult> endpoints; ///< Empty where none were called.
    std::vector<ProbeResult> probes;       ///< Empty where none were sent.
    std::optional<ProbeResult> control{};  ///< Of the probes, if any: see control.h.
    bool wasStopped = false;               ///< Before all endpoints were called.
};

/// The API answered, and otherwise than predicted. Where no answer came, nothing is known of it.
bool isFinding(const EndpointResult &endpoint);
/// A forged token was accepted or crashed the API, or an endpoint answered otherwise than predicted.
bool hasFindings(const LabReport &report);
/// The control has failed, so refusals prove nothing.
bool isUnproven(const LabReport &report);

/// @p report without secrets that an API may have echoed.
LabReport redacted(LabReport report, const Redactor &redactor);

} // namespace bookdesk::lab
