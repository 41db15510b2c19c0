/// The error codes of lib/workspace.
#pragma once

#include "core/error.h"

#include <array>

namespace bookdesk::workspace::errors {

inline constexpr ErrorCode connectionNameTaken{"connection.name-taken"};
inline constexpr ErrorCode connectionStoreFailed{"connection.store-failed"};
inline constexpr ErrorCode tokenFileUnreadable{"token.file-unreadable"};

inline constexpr std::array workspaceCodes{connectionNameTaken, connectionStoreFailed, tokenFileUnreadable};

} // namespace bookdesk::workspace::errors
