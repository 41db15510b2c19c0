/// CacheHeaders: what an answer's headers say about caching it.
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
    /// How long the answer may be used from now on: `max-age` (the smallest of several) less `Age`; zero for `no-cache`
    /// and `no-store`. Absent if the server does not say. `s-maxage` is for shared caches, and `Expires`, which needs
    /// clocks that agree, is ignored.
    std::optional<std::chrono::seconds> lifetime;
    QByteArray entityTag; ///< As it came, with its quotes; empty where there is none.

    friend bool operator==(const CacheHeaders &, const CacheHeaders &) = default;
};

CacheHeaders readCacheHeaders(const net::Headers &headers);

/// The weak comparison: it ignores whether a tag is strong or weak.
bool areSameEntity(QByteArrayView left, QByteArrayView right);

} // namespace bookdesk::identity
