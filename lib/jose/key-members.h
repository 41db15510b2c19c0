/// The numbers of a public key as members of a JWK; for this folder's .cpp files only.
#pragma once

#include "core/json.h"

struct evp_pkey_st;

namespace bookdesk::jose {

/// The members that RFC 7638 requires, `kty` first.
JsonObject numbersOf(const evp_pkey_st *key);

} // namespace bookdesk::jose
