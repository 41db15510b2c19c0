/// An issuer with a real key, and the policies that its tokens meet.
#pragma once

#include "books/claim-types.h"
#include "core/clock.h"
#include "jose/base64url.h"
#include "jose/entra-names.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"
#include "jose/token-policy.h"

#include <QString>
#include <QTest>

#include <cstdint>

namespace bookdesk::jose {

/// Any time will do, as long as all tests of it agree.
inline constexpr TimePoint testNow{std::chrono::seconds{1'800'000'000}};
inline constexpr std::int64_t testNowSeconds = 1'800'000'000;

class TokenIssuer
{
public:
    TokenIssuer()
    {
        if (m_key)
            m_keys = parseJwkSet(toCompactJson(JsonObject{{QStringLiteral("keys"), JsonArray{m_key->publicJwk()}}}));
    }

    bool isReady() const { return m_key && m_keys && m_keys->keys.size() == 1; }
    const SigningKey &key() const { return *m_key; }
    const JwkSet &keys() const { return *m_keys; }

    static QString issuer() { return QStringLiteral("https://login.example.test/5c0e/v2.0"); }
    static QString api() { return QStringLiteral("6f1c2d0a-api"); }
    static QString client() { return QStringLiteral("0d44-client"); }
    static QString nonce() { return QStringLiteral("n-0S6_WzA2Mj"); }

    static TokenPolicy apiPolicy() { return withClaims(accessTokenPolicy(issuer(), api(), client())); }
    static TokenPolicy clientPolicy() { return withClaims(idTokenPolicy(issuer(), client(), nonce())); }

    static JsonObject accessClaims()
    {
        JsonObject claims = commonClaims();
        claims.set(QStringLiteral("aud"), api());
        claims.set(QStringLiteral("azp"), client());
        claims.set(QStringLiteral("scp"), QStringLiteral("Books.Read Books.Write"));
        claims.set(QStringLiteral("roles"), JsonArray{QStringLiteral("Books.Reader")});
        return claims;
    }

    static JsonObject idClaims()
    {
        JsonObject claims = commonClaims();
        claims.set(QStringLiteral("aud"), client());
        claims.set(QStringLiteral("nonce"), nonce());
        return claims;
    }

    Secret sign(const JsonObject &claims, JsonObject header = {}) const
    {
        const Result<Secret> token = m_key->sign(std::move(header), claims);
        return token ? *token : Secret();
    }

private:
    static TokenPolicy withClaims(TokenPolicy policy)
    {
        policy.claims = entraNames();
        policy.claimTypes = books::claimTypes();
        return policy;
    }

    static JsonObject commonClaims()
    {
        return {{QStringLiteral("iss"), issuer()},
                {QStringLiteral("iat"), testNowSeconds - 60},
                {QStringLiteral("nbf"), testNowSeconds - 60},
                {QStringLiteral("exp"), testNowSeconds + 3600},
                {QStringLiteral("sub"), QStringLiteral("Zk3v-subject")},
                {QStringLiteral("oid"), QStringLiteral("a2b7-object")},
                {QStringLiteral("tid"), QStringLiteral("5c0e-tenant")},
                {QStringLiteral("name"), QStringLiteral("Riley Reader")},
                {QStringLiteral("preferred_username"), QStringLiteral("riley.reader@example.test")},
                {QStringLiteral("ver"), QStringLiteral("2.0")}};
    }

    Result<SigningKey> m_key = SigningKey::generateRsa();
    Result<JwkSet> m_keys = JwkSet{};
};

/// The object with the members of a JSON text put in; an error in the text fails the test.
inline JsonObject patched(JsonObject object, const QByteArray &patch)
{
    const Result<JsonObject> changes = parseJsonObject(patch);
    if (!changes)
        qFatal("The test's JSON is not valid: %s", patch.constData());
    for (const auto &[name, value] : changes->members())
        object.set(name, value);
    return object;
}

} // namespace bookdesk::jose
