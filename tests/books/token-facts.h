/// Facts about real tokens, signed and verified, for explanations and predictions.
#pragma once

#include "books/prediction.h"
#include "jose/token-issuer.h"
#include "jose/verify.h"
#include "net/http-client.h"

#include <QByteArray>

namespace bookdesk::books {

class FactsMaker
{
public:
    bool isReady() const { return m_issuer.isReady(); }

    /// Of an access token whose claims are those of Riley Reader (Books.Read, Books.Reader) with @p patch put in.
    TokenFacts of(const QByteArray &patch = "{}", const QByteArray &header = "{}") const
    {
        return ofClaims(jose::patched(claims(), patch), jose::patched({}, header));
    }

    /// Of a token signed with a key that the issuer publishes in a way that we do not accept.
    TokenFacts withKeyLeftOut(const QByteArray &patch = "{}") const
    {
        JsonObject jwk = m_issuer.key().publicJwk();
        jwk.set(QStringLiteral("key_ops"), JsonArray{QStringLiteral("encrypt")});
        const Result<jose::JwkSet> keys =
            jose::parseJwkSet(toCompactJson(JsonObject{{QStringLiteral("keys"), JsonArray{jwk}}}));
        return ofToken(m_issuer.sign(jose::patched(claims(), patch)), *keys);
    }

    /// As above, without the claim @p name.
    TokenFacts without(const QString &name) const
    {
        JsonObject object = claims();
        object.remove(name);
        return ofClaims(object);
    }

    /// Of a token signed with a key that the issuer does not publish.
    TokenFacts withUnknownKey() const { return ofClaims(claims(), {{QStringLiteral("kid"), QStringLiteral("gone")}}); }

    /// Of a token that nobody but the API can read.
    static TokenFacts opaque()
    {
        return {{}, jose::verify(Secret("opaque-reference-token"), {}, jose::TokenPolicy{}, jose::testNow)};
    }

private:
    static JsonObject claims() { return jose::patched(jose::TokenIssuer::accessClaims(), R"({"scp":"Books.Read"})"); }

    TokenFacts ofClaims(const JsonObject &object, const JsonObject &header = {}) const
    {
        return ofToken(m_issuer.sign(object, header), m_issuer.keys());
    }

    static TokenFacts ofToken(const Secret &secret, const jose::JwkSet &keys)
    {
        const jose::InspectedToken token = jose::inspect(secret, keys, jose::TokenIssuer::apiPolicy(), jose::testNow);
        return {token.decoded ? jose::readGrants(*token.decoded, jose::entraNames()) : jose::Grants{},
                token.verification};
    }

    jose::TokenIssuer m_issuer;
};

inline net::HttpResponse answer(int status, const QByteArray &body, const net::Headers &headers = {})
{
    net::HttpResponse response;
    response.status = status;
    response.body = Secret(body);
    response.headers = headers;
    return response;
}

} // namespace bookdesk::books
