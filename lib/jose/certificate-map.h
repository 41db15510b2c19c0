/// parseCertificateMap: the keys of issuers that publish X.509 certificates instead of a JWKS (Firebase).
#pragma once

#include "jose/jwk-set.h"

namespace bookdesk::jose {

/// Reads an object of key ID → certificate in PEM. A certificate whose key cannot be used is left out and reported.
/// Errors: keys.invalid (no JSON object). Any thread. Source: Firebase "Verify ID tokens".
Result<JwkSet> parseCertificateMap(QByteArrayView document);

} // namespace bookdesk::jose
