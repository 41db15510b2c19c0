/// All commands, each from the file that is named like it.
#pragma once

#include "cli/command.h"

#include <vector>

namespace bookdesk::cli {

Command signInCommand();
Command signOutCommand();
Command accountsListCommand();
Command booksListCommand();
Command booksDeleteCommand();
Command tokenShowCommand();
Command tokenVerifyCommand();
Command tokenCompareCommand();
Command tokenReportCommand();
Command labRunCommand();
Command labProbeCommand();
Command connectionListCommand();
Command connectionTestCommand();
Command connectionAddCommand();
Command connectionRemoveCommand();
Command connectionExportCommand();
Command explainCommand();
Command sandboxCommand();

/// In the order of the help. Each call makes new options.
std::vector<Command> allCommands();

} // namespace bookdesk::cli
