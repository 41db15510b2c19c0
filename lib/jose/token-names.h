/// The names that tokens usually have.
#pragma once

#include "core/json-names.h"

namespace bookdesk::jose {

/// Header parameters and claims. Sources: RFC 7515 section 4.1, RFC 7519 section 4.1, OpenID Connect Core sections 2
/// and 5.1, Microsoft "Access token claims reference", "ID token claims reference". Any thread.
const JsonNames &tokenNames();

} // namespace bookdesk::jose
