/// KeySource: where an issuer publishes its keys, and in which form.
#pragma once

#include <QString>
#include <QUrl>

namespace bookdesk::identity {

/// The format in which an issuer publishes its keys.
enum class KeyFormat {
    jwks,          ///< RFC 7517 section 5.
    certificateMap ///< Firebase: an object of key IDs and X.509 certificates.
};

/// Only configured issuers are ever asked. A plain value. Any thread.
struct KeySource
{
    QString issuer;
    QUrl jwksUri;
    KeyFormat format = KeyFormat::jwks;

    friend bool operator==(const KeySource &, const KeySource &) = default;
};

} // namespace bookdesk::identity
