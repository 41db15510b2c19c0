/// labText: the results of the access lab for a terminal.
#pragma once

#include "lab/lab-report.h"
#include "lab/remedies.h"

#include <QString>

namespace bookdesk::cli {

/// A table of the endpoints, then the findings of the probes and how many there were. What an API says cannot add lines
/// or control the terminal. Any thread.
QString labText(const lab::LabReport &report, const lab::Remedies &remedies);

} // namespace bookdesk::cli
