/// The error codes of lib/core.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::errors {

inline constexpr ErrorCode jsonInvalid{"json.invalid"};
inline constexpr ErrorCode jsonTooLarge{"json.too-large"};
inline constexpr ErrorCode jsonDuplicateMember{"json.duplicate-member"};
inline constexpr ErrorCode jsonWrongType{"json.wrong-type"};
inline constexpr ErrorCode jsonMemberMissing{"json.member-missing"};
inline constexpr ErrorCode jsonMemberUnknown{"json.member-unknown"};
inline constexpr ErrorCode fileNotWritten{"file.not-written"};
inline constexpr ErrorCode stopped{"stopped", ErrorKind::stopped};

inline constexpr std::array coreCodes{jsonInvalid,       jsonTooLarge,      jsonDuplicateMember, jsonWrongType,
                                      jsonMemberMissing, jsonMemberUnknown, fileNotWritten,      stopped};

} // namespace bookdesk::errors
