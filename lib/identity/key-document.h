/// KeyDocument: an issuer's published keys, fetched and parsed.
#pragma once

#include "core/task.h"
#include "identity/cache-headers.h"
#include "identity/key-source.h"
#include "jose/jwk-set.h"
#include "net/http-client.h"

#include <memory>
#include <stop_token>

namespace bookdesk::identity {

/// Parsed once, then shared; the keys in it are ready to verify with.
using SharedKeys = std::shared_ptr<const jose::JwkSet>;

/// A plain value; without keys where nothing is known.
struct KeyDocument
{
    SharedKeys keys;
    CacheHeaders headers;
};

/// Fetches the document, or has the server confirm @p known: if that has an entity tag, it is sent as `If-None-Match`,
/// and if the server says that nothing has changed, the known keys are returned. Parsed on another thread, because the
/// largest documents take long. Redirects are not followed: anyone who can redirect the keys can forge every token, and
/// no provider needs it. Errors: keys.unavailable (not reached, no success, too large, too slow, not readable, no
/// usable key), stopped.
/// @param http is not used after the first `co_await`.
Task<KeyDocument> fetchKeys(net::HttpClient &http, KeySource source, KeyDocument known, std::stop_token stop);

/// The error of a wait for keys that was stopped.
Error fetchingStopped();

} // namespace bookdesk::identity
