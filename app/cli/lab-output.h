/// LabOutput: in which forms a command of the access lab reports, with the options that choose them.
#pragma once

#include "cli/command.h"
#include "lab/lab-report.h"

#include <QString>

namespace CLI {
class App;
}

namespace bookdesk::cli {

/// A plain value.
struct LabOutput
{
    bool printsMarkdown = false; ///< In place of the text for a terminal.
    QString junitFile;           ///< Empty for none, as the next one.
    QString sarifFile;
};

/// Adds `--markdown`, `--junit` and `--sarif`; @p output must outlive parsing.
void addLabOutput(CLI::App &command, LabOutput &output);

/// Writes the files that were asked for, and makes the command's report. A file that cannot be written is usage, unless
/// there is something worse.
Report labReport(const Context &context, const LabOutput &output, const lab::LabReport &results);

} // namespace bookdesk::cli
