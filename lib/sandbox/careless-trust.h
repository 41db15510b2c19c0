/// What a careless API takes for a good signature; for careless-check.cpp only.
#pragma once

#include "jose/decoded-token.h"
#include "jose/jwk-set.h"
#include "sandbox/carelessness.h"

namespace bookdesk::sandbox {

/// Whether the token is believed without the check that a sound API makes.
bool isCarelesslyTrusted(const jose::DecodedToken &token, const jose::JwkSet &keys,
                         const CarelessnessSet &carelessness);

/// Makes the header name the key that the signature fits, if there is one.
void nameFittingKey(jose::DecodedToken &token, const jose::JwkSet &keys);

} // namespace bookdesk::sandbox
