/// The report of the access lab as JUnit XML, which build servers show: a suite for each group of probes and one for
/// the endpoints. A finding is a failure, no answer an error; what was not possible, or not called, is skipped, with
/// the reason.
#pragma once

#include "lab/lab-report.h"
#include "lab/remedies.h"

#include <QByteArray>

namespace bookdesk::lab {

/// UTF-8. Any thread.
QByteArray junitReport(const LabReport &report, const Remedies &remedies);

} // namespace bookdesk::lab
