/// A certificate for a key, signed by the key itself.
#pragma once

#include "core/clock.h"
#include "jose/signing-key.h"
#include "lab/forgery.h"

#include <QByteArray>

namespace bookdesk::lab {

/// DER, valid for a day around @p now. @p key an RSA key. Any thread. Source: RFC 5280 section 4.1.
Possible<QByteArray> selfSigned(const jose::SigningKey &key, TimePoint now);

} // namespace bookdesk::lab
