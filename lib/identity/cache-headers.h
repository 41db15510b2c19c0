/// CacheHeaders: what an answer's headers say about keeping it.
#pragma once

#include "net/exchange.h"

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace bookdesk::identity {

/// A plain value. What is malformed counts as absent. Any thread. Source: RFC 9111 sections 4.2, 5.1 and 5.2.2, RFC
/// 9110 sections 8.8.3 and 13.1.2.
struct CacheHeaders
{
    /// What is left of it on arrival: `max-age` (the smallest, where there are several) less `Age`; nothing is left
    /// where the answer says `no-cache` or `no-store`. Absent where the server leaves it to us. `s-maxage` is for
    /// shared caches, and `Expires` (with its need for agreeing clocks) is not asked.
    std::optional<std::chrono::seconds> lifetime;
    QByteArray entityTag; ///< As it came, with its quotes; empty where there is none.

    friend bool operator==(const CacheHeaders &, const CacheHeaders &) = default;
};

CacheHeaders readCacheHeaders(const net::Headers &headers);

/// The weak comparison: whether one is strong and the other is not does not matter.
bool areSameEntity(QByteArrayView left, QByteArrayView right);

} // namespace bookdesk::identity
