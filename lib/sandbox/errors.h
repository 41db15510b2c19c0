/// The error codes of lib/sandbox.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::sandbox::errors {

inline constexpr ErrorCode portTaken{"sandbox.port-taken"};
inline constexpr ErrorCode listenFailed{"sandbox.listen-failed"};
inline constexpr ErrorCode certificateFailed{"sandbox.certificate-failed"};
inline constexpr ErrorCode visitFailed{"sandbox.visit-failed"};

inline constexpr std::array sandboxCodes{portTaken, listenFailed, certificateFailed, visitFailed};

} // namespace bookdesk::sandbox::errors
