/// Whether 32 bytes are a point of the curve Ed25519 that can serve as a key: OpenSSL accepts any bytes.
#pragma once

#include <QByteArrayView>

namespace bookdesk::jose {

inline constexpr int ed25519KeySize = 32;

/// True where the bytes are the canonical encoding of a point on the curve. Source: RFC 8032 section 5.1.3.
bool isOnEd25519(QByteArrayView point);

/// True for the points of order 1, 2, 4 and 8.
bool hasSmallOrder(QByteArrayView point);

} // namespace bookdesk::jose
