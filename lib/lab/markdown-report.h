/// The report of the access lab as Markdown, for the owner of the API: findings with what to change first, then all
/// results. Texts of tokens and servers stay text.
#pragma once

#include "lab/lab-report.h"
#include "lab/remedies.h"

#include <QString>

namespace bookdesk::lab {

/// Any thread.
QString markdownReport(const LabReport &report, const Remedies &remedies);

/// One finding alone, as in the report: what happened, why that matters and what to change. Any thread.
QString markdownFinding(const ProbeResult &finding, const Remedies &remedies);

} // namespace bookdesk::lab
