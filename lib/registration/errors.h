/// The error codes of lib/registration.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::registration::errors {

inline constexpr ErrorCode idInvalid{"registration.id-invalid"};

inline constexpr std::array registrationCodes{idInvalid};

} // namespace bookdesk::registration::errors
