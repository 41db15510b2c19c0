/// The error codes of lib/books.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::books::errors {

inline constexpr ErrorCode responseInvalid{"books.response-invalid"};
inline constexpr ErrorCode idUnusable{"books.id-unusable"};

inline constexpr std::array booksCodes{responseInvalid, idUnusable};

} // namespace bookdesk::books::errors
