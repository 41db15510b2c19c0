/// checkCarelessly: checks a request's token as an API does that leaves something out.
#pragma once

#include "sandbox/bearer-check.h"
#include "sandbox/carelessness.h"
#include "sandbox/http.h"
#include "sandbox/registrations.h"

#include <variant>

namespace bookdesk::sandbox {

/// As checkBearer, but for what @p carelessness says. Any thread.
std::variant<BearerClaims, Response> checkCarelessly(const Request &request, const BearerTrust &trust,
                                                     const Registrations &registrations,
                                                     const CarelessnessSet &carelessness);

} // namespace bookdesk::sandbox
