/// KeyDocument: an issuer's published keys, asked for and read.
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

/// Fetches the document, or has the server confirm @p known: with `If-None-Match` where that has an entity tag, and
/// its keys come back where the server says that they have not changed. Read off this thread, because the largest
/// documents take long. A redirect is not followed: whoever can redirect the keys decides on every token, and no
/// provider needs it. Errors: keys.unavailable (not reached, no success, larger or slower than is allowed, not
/// readable, no usable key), stopped.
/// @param http is not used after the first wait.
Task<KeyDocument> fetchKeys(net::HttpClient &http, KeySource source, KeyDocument known, std::stop_token stop);

/// How a wait for keys ends that was asked to.
Error fetchingStopped();

} // namespace bookdesk::identity
