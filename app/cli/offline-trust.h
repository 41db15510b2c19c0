/// Trust from a file of keys and a few options, without any connection.
#pragma once

#include "cli/commands.h"
#include "core/result.h"
#include "identity/trust.h"

namespace bookdesk::cli {

/// The findings of the trust's keys say what was left out of the file. Errors: cli.usage, cli.file-unreadable, keys.*
/// and json.*.
Result<identity::Trust> readOfflineTrust(const OfflineTrust &options);

} // namespace bookdesk::cli
