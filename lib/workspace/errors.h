/// The error codes of lib/workspace.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::workspace::errors {

inline constexpr ErrorCode connectionNameTaken{"connection.name-taken"};
inline constexpr ErrorCode connectionNotStored{"connection.not-stored"};
inline constexpr ErrorCode connectionBuiltIn{"connection.built-in"};
inline constexpr ErrorCode connectionStoreFailed{"connection.store-failed"};
inline constexpr ErrorCode tokenFileUnreadable{"token.file-unreadable"};

inline constexpr std::array workspaceCodes{connectionNameTaken, connectionNotStored, connectionBuiltIn,
                                           connectionStoreFailed, tokenFileUnreadable};

} // namespace bookdesk::workspace::errors
