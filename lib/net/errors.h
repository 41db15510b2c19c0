/// The error codes of lib/net.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::net::errors {

inline constexpr ErrorCode nameNotFound{"net.name-not-found"};
inline constexpr ErrorCode connectionFailed{"net.connection-failed"};
inline constexpr ErrorCode tlsFailed{"net.tls-failed"};
inline constexpr ErrorCode timedOut{"net.timed-out"};
inline constexpr ErrorCode stopped{"net.stopped"};
inline constexpr ErrorCode tooLarge{"net.too-large"};
inline constexpr ErrorCode broken{"net.broken"};
inline constexpr ErrorCode urlRefused{"net.url-refused"};
inline constexpr ErrorCode certificateInvalid{"net.certificate-invalid"};

inline constexpr std::array netCodes{nameNotFound, connectionFailed, tlsFailed,  timedOut,          stopped,
                                     tooLarge,     broken,           urlRefused, certificateInvalid};

} // namespace bookdesk::net::errors
