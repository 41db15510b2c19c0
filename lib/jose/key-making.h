/// Makes OpenSSL's public keys from numbers that strangers publish; for this folder's .cpp files only.
#pragma once

#include "jose/curve.h"
#include "jose/evp.h"

#include <QString>

#include <tl/expected.hpp>

namespace bookdesk::jose {

/// The key, or why these numbers make no usable one, in words that follow "it cannot be used: ".
using KeyOrReason = tl::expected<evp::Key, QString>;

KeyOrReason makeRsaKey(QByteArrayView modulus, QByteArrayView exponent);
KeyOrReason makeEcKey(Curve curve, QByteArrayView x, QByteArrayView y);
KeyOrReason makeEd25519Key(QByteArrayView x);

/// The key of the one certificate in @p pem, rebuilt from its numbers so that the same rules apply to it.
KeyOrReason makeKeyOfCertificate(QByteArrayView pem);

/// The curve of an EC key; nothing for other keys and curves.
std::optional<Curve> curveOf(const EVP_PKEY *key);

} // namespace bookdesk::jose
