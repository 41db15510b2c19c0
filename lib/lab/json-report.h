/// The report of the access lab as JSON. The README documents its members, which keep their names.
#pragma once

#include "core/json.h"
#include "lab/lab-report.h"
#include "lab/remedies.h"

namespace bookdesk::lab {

/// Remedies are included for findings only. Any thread.
JsonObject jsonReport(const LabReport &report, const Remedies &remedies);

} // namespace bookdesk::lab
