/// How a careless API finds a token in a request and reads it; for careless-check.cpp only.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "jose/decoded-token.h"
#include "sandbox/carelessness.h"
#include "sandbox/http.h"

#include <optional>

namespace bookdesk::sandbox {

/// Nothing where the request carries none in any place that counts.
std::optional<Secret> carelesslyFound(const Request &request, const CarelessnessSet &carelessness);

/// @p token as the careless API decodes it.
Result<jose::DecodedToken> carelesslyDecoded(const Secret &token, const CarelessnessSet &carelessness);

} // namespace bookdesk::sandbox
