/// KeyDocument: an issuer's published keys, asked for and read.
#pragma once

#include "core/task.h"
#include "identity/cache-headers.h"
#include "jose/jwk-set.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

#include <memory>
#include <stop_token>

namespace bookdesk::identity {

/// How an issuer writes its keys down.
enum class KeyFormat {
    jwks,          ///< RFC 7517 section 5.
    certificateMap ///< Firebase: an object of key IDs and X.509 certificates.
};

/// Where a configured issuer publishes its keys. Only configured issuers are ever asked.
struct KeySource
{
    QString issuer;
    QUrl jwksUri;
    KeyFormat format = KeyFormat::jwks;

    friend bool operator==(const KeySource &, const KeySource &) = default;
};

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
/// provider needs it. Errors: keys.unavailable (not reached, no success, larger or slower than @p bounds, not readable,
/// no usable key), stopped.
/// @param http is not used after the first wait.
Task<KeyDocument> fetchKeys(net::HttpClient &http, KeySource source, KeyDocument known, net::AnswerBounds bounds,
                            std::stop_token stop);

/// How a wait for keys ends that was asked to.
Error fetchingStopped();

} // namespace bookdesk::identity
