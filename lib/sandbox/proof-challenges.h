/// The books API's challenges: it answers only tokens that prove what is asked for.
#pragma once

#include "core/clock.h"
#include "sandbox/bearer-check.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"

#include <optional>

namespace bookdesk::sandbox {

/// The challenge that is armed and that the token does not meet, which uses it up; given once the token is accepted.
/// Nothing if there is none. Source: Microsoft "Claims challenges, claims requests and client capabilities", RFC 9470,
/// RFC 6750 section 3.1.
std::optional<Response> challengeTo(SandboxState &state, const BearerClaims &claims, TimePoint now);

} // namespace bookdesk::sandbox
