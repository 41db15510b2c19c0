/// The error codes of lib/lab.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::lab::errors {

inline constexpr ErrorCode documentUnavailable{"lab.document-unavailable"};
inline constexpr ErrorCode documentInvalid{"lab.document-invalid"};
inline constexpr ErrorCode ruleInvalid{"lab.rule-invalid"};

inline constexpr std::array labCodes{documentUnavailable, documentInvalid, ruleInvalid};

} // namespace bookdesk::lab::errors
