/// TenantKeys: the keys the tenant signs with and those it publishes.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "core/secret.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"

#include <QString>

#include <vector>

namespace bookdesk::sandbox {

/// One thread. Source: RFC 7517, Microsoft "Signing key rollover".
class TenantKeys
{
public:
    /// @param keys at least one; the first signs, all are published.
    explicit TenantKeys(std::vector<jose::SigningKey> keys);

    /// The published keys of @p issuer as Entra shows them; `alg` only where @p carryAlgorithm.
    JsonObject published(const QString &issuer, bool carryAlgorithm) const;
    /// The published keys, to check signatures with.
    const jose::JwkSet &current() const { return m_current; }
    QString signingKeyId() const { return m_keys.front().keyId(); }

    /// Errors: signing.failed.
    Result<Secret> sign(const JsonObject &claims) const;
    /// With RS256, whatever @p header says, which goes out as it is given. Errors: signing.failed.
    Result<Secret> signAsGiven(const JsonObject &header, const JsonObject &claims) const;
    /// Of the tenant's own tokens.
    JsonObject header() const;

    /// Replaces the signing key by @p next; the old one is no longer published.
    void rotate(jose::SigningKey next);

private:
    void refreshCurrent();

    std::vector<jose::SigningKey> m_keys;
    jose::JwkSet m_current;
};

} // namespace bookdesk::sandbox
