/// Comparison of what was predicted for a call with what the API did.
#pragma once

#include "lab/endpoint-result.h"

namespace bookdesk::lab {

/// Sets the result's comparison and difference from its prediction and outcome. Any thread.
void compare(EndpointResult &result);

} // namespace bookdesk::lab
