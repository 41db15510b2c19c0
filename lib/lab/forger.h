/// Forger: the parts that forged tokens are made of, some genuine and some not.
#pragma once

#include "core/json.h"
#include "jose/decoded-token.h"
#include "jose/signing-key.h"
#include "lab/forgery.h"
#include "lab/probe-setup.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace bookdesk::lab {

/// An access token of the person is used only if it is for this API and has not expired. Where no token is at hand,
/// what needs a genuine signature is made with the tenant's keys, or is not possible. Holds references to what it is
/// made from. Any thread.
class Forger
{
public:
    Forger(const ProbeSetup &setup, const Result<jose::SigningKey> &proberKey, TimePoint now);

    const ProbeSetup &setup() const { return m_setup; }
    TimePoint now() const { return m_now; }

    /// As the tenant's tokens have it: `typ`, `alg`, `kid`.
    JsonObject header() const;
    /// That the API would accept from the tenant: the person's where they can be read, valid for an hour from now.
    JsonObject claims() const;

    /// A token that the API accepts.
    Possible<Secret> genuine() const;
    /// As genuine, also where it cannot be read.
    Possible<Secret> accepted() const;
    /// The key of the tenant that its tokens name.
    Possible<jose::PublicKey> tenantsKey() const;
    /// Signed with the tenant's key.
    Possible<Secret> byTenant(const JsonObject &header, const JsonObject &claims) const;

    /// The prober's own key, which no tenant knows.
    Possible<jose::SigningKey> proberKey() const;
    /// Signed with it, in RS256 whatever @p header says.
    Possible<Secret> byProber(const JsonObject &header, const JsonObject &claims) const;

private:
    const ProbeSetup &m_setup;
    const Result<jose::SigningKey> &m_proberKey;
    TimePoint m_now;
    Possible<jose::DecodedToken> m_live; ///< The person's token.
};

/// Header and claims as JSON in base64url with a dot between, as they are signed.
QByteArray signingInput(const JsonObject &header, const JsonObject &claims);
/// A compact token with this signature, whatever it is.
Secret withSignature(const QByteArray &signingInput, QByteArrayView signature);
/// Signed by HS256 (RFC 7518 section 3.2), which our verifier does not know.
Secret withSecret(const JsonObject &header, const JsonObject &claims, const QByteArray &secret);

/// A copy with the member set.
JsonObject with(JsonObject object, const QString &name, Json value);
/// Seconds since 1970, as tokens carry them.
Json numericDate(TimePoint time);

} // namespace bookdesk::lab
