/// Whether a connection file may be used: asked once for each content.
#pragma once

#include "cli/command.h"
#include "core/result.h"
#include "identity/connection.h"

namespace bookdesk::cli {

/// Shows where @p connection signs in and whom it sends the token to, and asks on a terminal, unless this content was
/// accepted before or is that of a stored connection. What is accepted is remembered.
/// @param isAccepted with `--yes` nobody is asked. Errors: cli.not-accepted.
Result<void> askForConsent(const Context &context, const identity::Connection &connection, bool isAccepted);

} // namespace bookdesk::cli
