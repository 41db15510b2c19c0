/// The error codes of lib/workspace.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::workspace::errors {

inline constexpr ErrorCode connectionNameTaken{"connection.name-taken"};
inline constexpr ErrorCode connectionNotStored{"connection.not-stored"};
inline constexpr ErrorCode connectionBuiltIn{"connection.built-in"};
/// What *Test connection* warns of.
inline constexpr ErrorCode connectionApiOpen{"connection.api-open"};
inline constexpr ErrorCode connectionApiForbids{"connection.api-forbids"};
inline constexpr ErrorCode connectionKeyExposed{"connection.key-exposed"};
inline constexpr ErrorCode connectionCertificateEnds{"connection.certificate-ends"};
inline constexpr ErrorCode connectionClockOff{"connection.clock-off"};
inline constexpr ErrorCode connectionStoreFailed{"connection.store-failed"};
inline constexpr ErrorCode tokenFileUnreadable{"token.file-unreadable"};

inline constexpr std::array workspaceCodes{
    connectionNameTaken,  connectionNotStored,       connectionBuiltIn,  connectionApiOpen,     connectionApiForbids,
    connectionKeyExposed, connectionCertificateEnds, connectionClockOff, connectionStoreFailed, tokenFileUnreadable,
};

} // namespace bookdesk::workspace::errors
