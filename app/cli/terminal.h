/// Whether somebody is there who can answer.
#pragma once

namespace bookdesk::cli {

/// True if standard input and standard error are a terminal.
bool canAsk();

} // namespace bookdesk::cli
