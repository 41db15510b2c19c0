/// The error codes of lib/net.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::net::errors {

inline constexpr ErrorCode nameNotFound{"net.name-not-found", ErrorKind::network};
inline constexpr ErrorCode connectionFailed{"net.connection-failed", ErrorKind::network};
inline constexpr ErrorCode tlsFailed{"net.tls-failed", ErrorKind::tls};
inline constexpr ErrorCode timedOut{"net.timed-out", ErrorKind::network};
inline constexpr ErrorCode proxyUnreachable{"net.proxy-unreachable", ErrorKind::network};
inline constexpr ErrorCode proxyRefused{"net.proxy-refused", ErrorKind::network};
inline constexpr ErrorCode proxyUnsupported{"net.proxy-unsupported", ErrorKind::network};
inline constexpr ErrorCode stopped{"net.stopped", ErrorKind::stopped};
inline constexpr ErrorCode tooLarge{"net.too-large"};
inline constexpr ErrorCode broken{"net.broken", ErrorKind::network};
inline constexpr ErrorCode urlRefused{"net.url-refused"};
inline constexpr ErrorCode certificateInvalid{"net.certificate-invalid"};

/// Decided by identity, on the way of the data to the API.
inline constexpr ErrorCode tokenWithheld{"net.token-withheld"};

inline constexpr std::array netCodes{nameNotFound, connectionFailed,   tlsFailed,    timedOut, proxyUnreachable,
                                     proxyRefused, proxyUnsupported,   stopped,      tooLarge, broken,
                                     urlRefused,   certificateInvalid, tokenWithheld};

} // namespace bookdesk::net::errors
