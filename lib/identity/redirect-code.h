/// The code in a redirect, checked before it is sent anywhere.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "identity/discovery.h"
#include "identity/provider-rules.h"
#include "identity/redirect.h"

#include <QString>

namespace bookdesk::identity {

/// The code of a redirect that has our state and came in @p mode. Any thread. Errors: sign-in.redirect-invalid where
/// another server has answered than the one of @p discovery, and those of signInError. Source: RFC 9207 section 2.4.
Result<Secret> codeFrom(const Redirect &redirect, ResponseMode mode, const DiscoveryDocument &discovery,
                        const QString &redirectUri);

} // namespace bookdesk::identity
