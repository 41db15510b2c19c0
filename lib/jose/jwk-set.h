/// JwkSet: the public keys that an issuer publishes (its JWKS).
#pragma once

#include "core/result.h"
#include "jose/left-out-key.h"
#include "jose/public-key.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bookdesk::jose {

/// One usable key of a set. Source: RFC 7517 section 4. Any thread.
struct Jwk
{
    QString keyId;
    std::optional<Algorithm> algorithm; ///< The `alg` member, nothing where absent (Entra's keys carry none).
    QString issuer;                     ///< Microsoft's `issuer` member, empty where absent.
    PublicKey key;
    bool isExposed = false; ///< It was published with its private part, so anybody can sign with it.
};

/// `keys` contains usable signature keys only; `findings` says what was left out, and why.
struct JwkSet
{
    std::vector<Jwk> keys;
    QStringList findings;            ///< Sentences for people: "The key abc was left out: …".
    std::vector<LeftOutKey> leftOut; ///< Other readers may use them.
    QStringList replaced;            ///< The IDs of keys that the issuer published before, as far as they are known.

    /// Whether a key with this ID was left out.
    bool leavesOut(QStringView keyId) const;

    /// The first key with that ID, whatever its issuer.
    const Jwk *find(QStringView keyId) const;
    /// Keys for different issuers may share an ID. @param issuer as the key's member spells it, empty where absent.
    const Jwk *find(QStringView keyId, QStringView issuer) const;
};

/// Reads a JWKS document as real issuers write them: a member that is null or empty is absent, and one key may have
/// several entries, one for each algorithm. A key that cannot be used (encryption, unknown type, too short,
/// contradicting `use`, `key_ops` or `alg`) is left out and reported; two different keys with the same key ID and
/// issuer are both left out. Errors: keys.invalid (no JSON, no `keys` array).
Result<JwkSet> parseJwkSet(QByteArrayView document);

} // namespace bookdesk::jose
