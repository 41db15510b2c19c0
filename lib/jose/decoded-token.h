/// DecodedToken: what stands in a JWT, believed by nobody yet.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace bookdesk::jose {

/// A compact JWS taken apart (RFC 7515 section 3.1, RFC 7519). Nothing in it has been verified. Any thread.
struct DecodedToken
{
    JsonObject header;
    JsonObject claims;
    Secret signingInput; ///< The first two parts with their dot, in the memory of the token they came from.
    QByteArray signature;

    /// The header's `kid` where it is a string, else empty.
    QString keyId() const;

    /// A claim where it is a string, else nothing.
    std::optional<QString> stringClaim(QStringView name) const;
    /// `aud` as a list: a string gives one entry, anything else but strings gives none (RFC 7519 section 4.1.3).
    QStringList audience() const;
    /// A claim such as `exp` as numericDate reads it.
    std::optional<TimePoint> dateClaim(QStringView name) const;
};

/// A NumericDate (RFC 7519 section 2), fractions cut off; nothing where it is no number or beyond the clock.
std::optional<TimePoint> numericDate(const Json &value);

/// Takes a compact token apart. Strict: exactly three parts, strict base64url, header and claims are JSON objects
/// without duplicate members, at most 1 MiB, nothing around it.
/// Errors: token.opaque (no JWT at all), token.encrypted (JWE, five parts), token.malformed, token.too-large.
Result<DecodedToken> decode(const Secret &token);

} // namespace bookdesk::jose
