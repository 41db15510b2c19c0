/// Faulty answers of the books API, in the shapes that real APIs and the gateways in front of them give.
#pragma once

#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"

#include <optional>

namespace bookdesk::sandbox {

/// The answer to a call whose fault is armed, which uses it up; given before the token is looked at. Nothing if there
/// is none.
std::optional<Response> faultyAnswer(SandboxState &state, const Request &request);

/// The same for the deletion of a book, once the token is accepted.
std::optional<Response> faultyDeletion(SandboxState &state, const QString &bookId);

} // namespace bookdesk::sandbox
