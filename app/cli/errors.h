/// The error codes of the command line's own failures.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::cli::errors {

inline constexpr ErrorCode usage{"cli.usage"};
inline constexpr ErrorCode fileUnreadable{"cli.file-unreadable"};
/// The connection file's content has not been accepted.
inline constexpr ErrorCode notAccepted{"cli.not-accepted"};
inline constexpr ErrorCode interrupted{"cli.interrupted", ErrorKind::stopped};
inline constexpr ErrorCode toldToEnd{"cli.told-to-end", ErrorKind::stopped};

inline constexpr std::array cliCodes{usage, fileUnreadable, notAccepted, interrupted, toldToEnd};

} // namespace bookdesk::cli::errors
