/// Tokens with the members and the size of those that Entra issues for an API.
#pragma once

#include "books/claim-types.h"
#include "jose/entra-names.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"
#include "jose/token-policy.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace bookdesk::bench {

inline QString tenant() { return QStringLiteral("72f988bf-86f1-41af-91ab-2d7cd011db47"); }
inline QString issuer() { return QStringLiteral("https://login.microsoftonline.com/%1/v2.0").arg(tenant()); }
inline QString audience() { return QStringLiteral("6f1c2d0a-5d4e-4c6f-9a57-0f6f3a0c9b11"); }

/// @param number makes each token different, but of the same size. An RS256 token has 1.6 KB.
inline JsonObject entraLikeClaims(std::int64_t now, int number)
{
    return {{QStringLiteral("aud"), audience()},
            {QStringLiteral("iss"), issuer()},
            {QStringLiteral("iat"), now - 300},
            {QStringLiteral("nbf"), now - 300},
            {QStringLiteral("exp"), now + 86400},
            {QStringLiteral("aio"), QString(QStringLiteral("AXQAi/8WAAAAbT1y")).repeated(5)},
            {QStringLiteral("azp"), QStringLiteral("0d44a3f2-77b1-4c1e-8f0a-2f6f0f3b7c55")},
            {QStringLiteral("azpacr"), QStringLiteral("0")},
            {QStringLiteral("name"), QStringLiteral("Riley Reader")},
            {QStringLiteral("oid"), QStringLiteral("a2b7c9d4-1e2f-4a3b-8c5d-6e7f8091a2b3")},
            {QStringLiteral("preferred_username"), QStringLiteral("riley.reader@example.test")},
            {QStringLiteral("rh"), QStringLiteral("0.AXkAv4j5cvGGr0GRqy180BHbRwotHG9OXW9MmlcPbzoMmxF5AAA.")},
            {QStringLiteral("roles"), JsonArray{QStringLiteral("Books.Reader"), QStringLiteral("Books.Admin")}},
            {QStringLiteral("scp"), QStringLiteral("Books.Read Books.Write")},
            {QStringLiteral("sid"), QStringLiteral("b7c9d4a2-2f1e-4b3a-9c5d-8091a2b36e7f")},
            {QStringLiteral("sub"), QStringLiteral("Zk3vJ0pQ9yX7wV5uT3sR1qP8oN6mL4kJ2iH0gF9eD7c")},
            {QStringLiteral("tid"), tenant()},
            {QStringLiteral("uti"), QStringLiteral("%1").arg(number, 22, 10, QLatin1Char('0'))},
            {QStringLiteral("ver"), QStringLiteral("2.0")},
            {QStringLiteral("xms_ftd"), QString(QStringLiteral("q1W2e3R4t5Y6u7I8")).repeated(4)}};
}

template <class T> T orThrow(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message.toStdString());
    return *std::move(result);
}

inline QByteArray entraLikeToken(const jose::SigningKey &key, std::int64_t now, int number = 0)
{
    return orThrow(key.sign({}, entraLikeClaims(now, number))).reveal().toByteArray();
}

/// The key set as an issuer publishes it: the key is among others.
inline QByteArray publishedWith(const jose::SigningKey &key)
{
    JsonArray keys;
    for (const jose::SigningKey &other :
         {orThrow(jose::SigningKey::generateRsa()), orThrow(jose::SigningKey::generateEc(jose::Curve::p256)),
          orThrow(jose::SigningKey::generateRsa()), orThrow(jose::SigningKey::generateEd25519())})
        keys.push_back(other.publicJwk());
    keys.push_back(key.publicJwk());
    return toCompactJson(JsonObject{{QStringLiteral("keys"), keys}});
}

inline jose::TokenPolicy entraLikePolicy(jose::Algorithm algorithm)
{
    jose::TokenPolicy policy = jose::accessTokenPolicy(issuer(), audience());
    policy.claims = jose::entraNames();
    policy.claimTypes = books::claimTypes();
    policy.algorithms = {algorithm};
    return policy;
}

} // namespace bookdesk::bench
