/// The gate: whether an access token may be sent to the connection's API.
#pragma once

#include "core/error.h"
#include "identity/connection.h"
#include "jose/verify.h"

#include <optional>

namespace bookdesk::identity {

/// Why @p token is not sent: it can be read, and its issuer or audience is not the connection's, so the API could use
/// it elsewhere in the person's name. Nothing if it may be sent: only the API can judge a token that cannot be read,
/// and if authority and API are both on loopback, nothing leaves this computer. Error: net.token-withheld, with the
/// facts of the check that failed. Source: RFC 9700 section 2.3.
std::optional<Error> whyWithheld(const Connection &connection, const jose::InspectedToken &token);

/// It is meant for another API than the connection's. Any thread.
bool isForAnotherAudience(const jose::InspectedToken &token);

} // namespace bookdesk::identity
