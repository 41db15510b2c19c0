/// The report of the access lab as SARIF, which code hosts show among their security alerts: a rule for each check that
/// an API may lack, with its remedy as help, and one for endpoints that answer otherwise than predicted.
///
/// Source: SARIF 2.1.0 (OASIS), sections 3.14 (run), 3.20 (invocation), 3.27 (result) and 3.49 (reportingDescriptor).
#pragma once

#include "core/json.h"
#include "lab/lab-report.h"
#include "lab/remedies.h"

namespace bookdesk::lab {

/// A probe that was not possible is `notApplicable`, one without an answer `open`, both with the reason; those that
/// were not sent are left out, and named in a notification. Any thread.
JsonObject sarifReport(const LabReport &report, const Remedies &remedies);

} // namespace bookdesk::lab
