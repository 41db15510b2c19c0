/// The error codes of the command line's own failures.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::cli::errors {

inline constexpr ErrorCode usage{"cli.usage"};
inline constexpr ErrorCode fileUnreadable{"cli.file-unreadable"};
/// The connection file's content has not been accepted.
inline constexpr ErrorCode notAccepted{"cli.not-accepted"};
/// The text to explain holds no AADSTS number.
inline constexpr ErrorCode numberMissing{"cli.number-missing"};
inline constexpr ErrorCode interrupted{"cli.interrupted", ErrorKind::stopped};
inline constexpr ErrorCode toldToEnd{"cli.told-to-end", ErrorKind::stopped};

/// What came of a command of the access lab that could do its work.
inline constexpr ErrorCode labPassed{"lab.passed"};
inline constexpr ErrorCode labFindings{"lab.findings"};
/// The API did not accept the genuine token, so its refusals of forged ones prove nothing.
inline constexpr ErrorCode labUnproven{"lab.unproven"};
/// It was stopped, or answers are missing; nothing was found in the others.
inline constexpr ErrorCode labIncomplete{"lab.incomplete"};

inline constexpr std::array cliCodes{usage,     fileUnreadable, notAccepted, numberMissing, interrupted,
                                     toldToEnd, labPassed,      labFindings, labUnproven,   labIncomplete};

} // namespace bookdesk::cli::errors
