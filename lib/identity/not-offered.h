/// Not offered: why nobody can sign in at a provider, in whatever way.
#pragma once

#include "core/error.h"
#include "identity/provider.h"

namespace bookdesk::identity {

/// For a provider without `hasSignIn`: sign-in.not-offered. Any thread.
Error notOffered(const Provider &provider);

} // namespace bookdesk::identity
