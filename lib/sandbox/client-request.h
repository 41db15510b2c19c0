/// What the endpoints that clients post to have in common.
#pragma once

#include "sandbox/http.h"
#include "sandbox/oauth-failure.h"
#include "sandbox/registrations.h"

#include <QString>

#include <optional>

namespace bookdesk::sandbox {

/// The fields of a posted form; none where the body is no form.
FormFields postedFields(const Request &request);

/// Why the request is not one form, posted once.
std::optional<OAuthFailure> wrongForm(const Request &request, const FormFields &fields);

/// Why it is not from the registered client, which is public and presents no secret.
std::optional<OAuthFailure> wrongClient(const Request &request, const FormFields &fields,
                                        const Registrations &registrations);

/// An answer that no cache keeps.
Response clientAnswer(int status, const JsonObject &body);
/// A refusal, with the client's own correlation ID where it sent one.
Response clientRefusal(const OAuthFailure &failure, const Request &request, const FormFields &fields, TimePoint now);

} // namespace bookdesk::sandbox
