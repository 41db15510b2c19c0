/// API challenges: what the books API asks for in an answer before it does what it was asked to do.
#pragma once

#include "identity/claims-request.h"
#include "net/http-client.h"

#include <QString>

#include <optional>

namespace bookdesk::identity {

/// The API's machine-readable reason, if it gives one. Any thread. Source: RFC 6750 section 3.
std::optional<QString> challengeError(const net::HttpResponse &response);

/// What the API wants proven; nothing where it does not say so, or cannot be understood. Any thread. Source: RFC 9470,
/// Microsoft "Claims challenges".
std::optional<ClaimsRequest> proofAskedBy(const net::HttpResponse &response);

} // namespace bookdesk::identity
