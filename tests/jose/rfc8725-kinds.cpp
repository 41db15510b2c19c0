// RFC 8725 sections 3.11 (use explicit typing) and 3.12 (mutually exclusive validation rules for different kinds of
// JWTs), and what OpenID Connect Core section 3.1.3.7 requires of ID tokens.
#include "jose/rfc8725-attack.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace bookdesk::jose::attacks {
namespace {

QByteArray quoted(const QString &text) { return '"' + text.toUtf8() + '"'; }

Trial idTrial(const Forge &forge, const Claims &claims, const QByteArray &more = {})
{
    return {forge.sign(forge.header(Algorithm::rs256, more), claims.text()), forge.keys(), Forge::clientPolicy()};
}

Trial accessTrial(const Forge &forge, const Claims &claims, const QByteArray &header)
{
    return {forge.sign(header, claims.text()), forge.keys(), Forge::apiPolicy()};
}

/// The ID token with one claim of another value, a JSON text.
auto claiming(const QByteArray &name, const QByteArray &json)
{
    return [name, json](const Forge &forge) { return idTrial(forge, Claims::ofIdToken().with(name, json)); };
}

auto lacking(const QByteArray &name)
{
    return [name](const Forge &forge) { return idTrial(forge, Claims::ofIdToken().without(name)); };
}

QByteArray typed(const Forge &forge, const QByteArray &type)
{
    return R"({"typ":")" + type + R"(","alg":"RS256","kid":")" + forge.keyId() + "\"}";
}

const QByteArray accessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

QByteArray halfHash(const QByteArray &text, QCryptographicHash::Algorithm hash)
{
    const QByteArray digest = QCryptographicHash::hash(text, hash);
    return toBase64Url(digest.left(digest.size() / 2));
}

/// An ID token with this `at_hash` (a JSON text), next to the access token.
auto withAccessTokenHash(const QByteArray &json, Algorithm algorithm = Algorithm::rs256)
{
    return [json, algorithm](const Forge &forge) {
        const QByteArray claims = Claims::ofIdToken().with("at_hash", json).text();
        Trial trial{forge.sign(forge.header(algorithm), claims, algorithm), forge.keys(), Forge::clientPolicy()};
        trial.policy.algorithms = {algorithm};
        trial.policy.accessToken = Secret(accessToken);
        return trial;
    };
}

void addAccessTokenHashes(Attacks &rows)
{
    const auto inQuotes = [](const QByteArray &text) { return '"' + text + '"'; };
    const QByteArray good = halfHash(accessToken, QCryptographicHash::Sha256);
    const auto mismatch = [&rows](const char *name, const QByteArray &json, Algorithm algorithm = Algorithm::rs256) {
        rows.push_back({name, Kind::accessTokenHash, Fault::mismatch, withAccessTokenHash(json, algorithm)});
    };
    mismatch("at_hash of another access token", inQuotes(halfHash("another", QCryptographicHash::Sha256)));
    mismatch("at_hash of the whole hash",
             inQuotes(toBase64Url(QCryptographicHash::hash(accessToken, QCryptographicHash::Sha256))));
    mismatch("at_hash of the hash's other half",
             inQuotes(toBase64Url(QCryptographicHash::hash(accessToken, QCryptographicHash::Sha256).mid(16))));
    mismatch("at_hash cut off", inQuotes(good.chopped(1)));
    mismatch("at_hash with padding", inQuotes(good + "=="));
    mismatch("at_hash with another letter", inQuotes(good.chopped(1) + '!'));
    mismatch("at_hash is empty", "\"\"");
    mismatch("at_hash by SHA-384 in a token of RS256", inQuotes(halfHash(accessToken, QCryptographicHash::Sha384)));
    mismatch("at_hash by SHA-512 in a token of RS256", inQuotes(halfHash(accessToken, QCryptographicHash::Sha512)));
    mismatch("at_hash by SHA-256 in a token of RS512", inQuotes(good), Algorithm::rs512);
    mismatch("at_hash by SHA-256 in a token of ES384", inQuotes(good), Algorithm::es384);
    mismatch("at_hash by SHA-256 in a token of EdDSA", inQuotes(good), Algorithm::edDsa);
    mismatch("at_hash in hexadecimal",
             inQuotes(QCryptographicHash::hash(accessToken, QCryptographicHash::Sha256).left(16).toHex()));
    const auto wrongType = [&rows](const char *name, const QByteArray &json) {
        rows.push_back({name, Kind::accessTokenHash, Fault::wrongType, withAccessTokenHash(json)});
    };
    wrongType("at_hash is a number", "1");
    wrongType("at_hash is null", "null");
    wrongType("at_hash is an array with the right one", '[' + inQuotes(good) + ']');
}

/// An ID token whose issuer names a tenant, with this `tid` (a JSON text).
auto ofTenant(const QByteArray &json)
{
    return [json](const Forge &forge) {
        const QString issuer = u"https://login.example.test/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"_s;
        Trial trial = idTrial(forge, Claims::ofIdToken().with("iss", quoted(issuer)).with("tid", json));
        trial.policy.issuer = issuer;
        return trial;
    };
}

/// Several audiences, one of which is our client.
auto forSeveral(const QByteArray &azp)
{
    return [azp](const Forge &forge) {
        Claims claims = Claims::ofIdToken().with("aud", '[' + quoted(TokenIssuer::client()) + ",\"another\"]");
        if (!azp.isEmpty())
            claims = claims.with("azp", azp);
        return idTrial(forge, claims);
    };
}

/// A good token but for its header's `typ`, a JSON text.
auto accessTokenOfType(const QByteArray &json)
{
    return [json](const Forge &forge) {
        return accessTrial(forge, Claims::ofAccessToken(),
                           R"({"typ":)" + json + R"(,"alg":"RS256","kid":")" + forge.keyId() + "\"}");
    };
}

auto idTokenOfType(const QByteArray &json)
{
    return [json](const Forge &forge) {
        const QByteArray header = R"({"typ":)" + json + R"(,"alg":"RS256","kid":")" + forge.keyId() + "\"}";
        return Trial{forge.sign(header, Claims::ofIdToken().text()), forge.keys(), Forge::clientPolicy()};
    };
}

void addOtherTypes(Attacks &rows)
{
    const auto access = [&rows](const char *name, const QByteArray &json, Fault fault = Fault::notAllowed) {
        rows.push_back({name, Kind::tokenType, fault, accessTokenOfType(json)});
    };
    access("an access token of the type logout+jwt", "\"logout+jwt\"");
    access("an access token of the type secevent+jwt", "\"secevent+jwt\"");
    access("an access token of the type dpop+jwt", "\"dpop+jwt\"");
    access("an access token of the type application/dpop+jwt", "\"application/dpop+jwt\"");
    access("an access token of the type application/application/jwt", "\"application/application/jwt\"");
    access("an access token of the type application/", "\"application/\"");
    access("an access token of the type text/jwt", "\"text/jwt\"");
    access("an access token of the type JWT with a blank", "\"JWT \"");
    access("an access token of the type JOSE", "\"JOSE\"");
    access("an access token of an empty type", "\"\"");
    access("an access token whose type is a number", "1", Fault::wrongType);
    access("an access token whose type is null", "null", Fault::wrongType);
    access("an access token whose type is an array", "[\"JWT\"]", Fault::wrongType);
    rows.push_back({"an access token with events", Kind::tokenType, Fault::mismatch, [](const Forge &forge) {
                        return accessTrial(forge, Claims::ofAccessToken().with("events", "{}"), forge.header());
                    }});
    rows.push_back({"an ID token with events", Kind::tokenType, Fault::mismatch, claiming("events", "{}")});
    rows.push_back({"an ID token of the type at+jwt", Kind::tokenType, Fault::notAllowed, idTokenOfType("\"at+jwt\"")});
    rows.push_back({"an ID token of the type secevent+jwt", Kind::tokenType, Fault::notAllowed,
                    idTokenOfType("\"secevent+jwt\"")});
}

Attacks namedKinds()
{
    const auto of = [](const char *name, Kind kind, Fault fault, std::function<Trial(const Forge &)> attempt) {
        return Attack{name, kind, fault, std::move(attempt)};
    };
    return {
        of("a logout token (logout+jwt) as an ID token", Kind::tokenType, Fault::notAllowed,
           [](const Forge &forge) {
               const Claims claims = Claims::ofIdToken().without("nonce").with(
                   "events", R"({"http://schemas.openid.net/event/backchannel-logout":{}})");
               return Trial{forge.sign(typed(forge, "logout+jwt"), claims.text()), forge.keys(), Forge::clientPolicy()};
           }),
        of("a security event (secevent+jwt) as an access token", Kind::requiredClaims, Fault::missing,
           [](const Forge &forge) {
               return accessTrial(forge, Claims::ofAccessToken().without("exp").without("sub"),
                                  typed(forge, "secevent+jwt"));
           }),
        of("a proof of possession (dpop+jwt) as an access token", Kind::key, Fault::missing,
           [](const Forge &forge) {
               const QByteArray header =
                   R"({"typ":"dpop+jwt","alg":"RS256","jwk":)" + toCompactJson(forge.stranger().publicJwk()) + '}';
               const QByteArray input = signingInput(header, Claims::ofAccessToken().text());
               return Trial{input + '.' + toBase64Url(*forge.stranger().signature(Algorithm::rs256, input)),
                            forge.keys(), Forge::apiPolicy()};
           }),
        of("a client's assertion (its own issuer) as an access token", Kind::issuer, Fault::mismatch,
           [](const Forge &forge) {
               const QByteArray client = quoted(TokenIssuer::client());
               return accessTrial(forge, Claims::ofAccessToken().with("iss", client).with("sub", client),
                                  typed(forge, "client-authentication+jwt"));
           }),
        of("a request object (oauth-authz-req+jwt) as an access token", Kind::requiredClaims, Fault::missing,
           [](const Forge &forge) {
               return accessTrial(forge, Claims::ofAccessToken().without("sub").with("response_type", "\"code\""),
                                  typed(forge, "oauth-authz-req+jwt"));
           }),
        of("an introspection's answer (token-introspection+jwt) as an access token", Kind::requiredClaims,
           Fault::missing,
           [](const Forge &forge) {
               return accessTrial(forge,
                                  Claims::ofAccessToken().without("exp").without("sub").with("token_introspection",
                                                                                             R"({"active":true})"),
                                  typed(forge, "token-introspection+jwt"));
           }),
        of("a userinfo answer as an ID token", Kind::requiredClaims, Fault::missing,
           [](const Forge &forge) {
               return Trial{forge.sign(typed(forge, "JWT"), Claims::ofIdToken().without("exp").text()), forge.keys(),
                            Forge::clientPolicy()};
           }),
        of("an access token (at+jwt) as an ID token", Kind::audience, Fault::mismatch,
           [](const Forge &forge) {
               return Trial{forge.sign(typed(forge, "at+jwt"), Claims::ofAccessToken().text()), forge.keys(),
                            Forge::clientPolicy()};
           }),
    };
}

} // namespace

Attacks explicitTyping()
{
    Attacks rows = namedKinds();
    addOtherTypes(rows);
    return rows;
}

Attacks mutuallyExclusiveRules()
{
    return {
        {"an ID token as an access token", Kind::audience, Fault::mismatch,
         [](const Forge &forge) {
             Trial trial = idTrial(forge, Claims::ofIdToken());
             trial.policy = Forge::apiPolicy();
             return trial;
         }},
        {"an access token as an ID token", Kind::audience, Fault::mismatch,
         [](const Forge &forge) { return idTrial(forge, Claims::ofAccessToken()); }},
        {"an access token as an ID token, where client and API are one", Kind::nonce, Fault::missing,
         [](const Forge &forge) {
             return idTrial(forge, Claims::ofAccessToken().with("aud", quoted(TokenIssuer::client())));
         }},
        {"an ID token of another sign-in", Kind::nonce, Fault::mismatch, claiming("nonce", "\"another-nonce\"")},
        {"an ID token of another client", Kind::audience, Fault::mismatch, claiming("aud", "\"another-client\"")},
        {"an ID token of another issuer", Kind::issuer, Fault::mismatch, claiming("iss", "\"https://evil.test\"")},
        {"an access token for Microsoft Graph", Kind::audience, Fault::mismatch,
         [](const Forge &forge) {
             return accessTrial(forge, Claims::ofAccessToken().with("aud", "\"00000003-0000-0000-c000-000000000000\""),
                                forge.header());
         }},
        {"an access token of version 1", Kind::issuer, Fault::mismatch,
         [](const Forge &forge) {
             return accessTrial(
                 forge, Claims::ofAccessToken().with("iss", "\"https://sts.windows.net/5c0e/\"").with("ver", "\"1.0\""),
                 forge.header());
         }},
        {"a refresh token as an access token", Kind::structure, Fault::opaque,
         [](const Forge &forge) {
             return Trial{"M.C507_BAY.0.U.-CqJ6g6dRRV!5Jd*Uo", forge.keys(), Forge::apiPolicy()};
         }},
        {"a key of another tenant of the same issuer family", Kind::key, Fault::mismatch,
         [](const Forge &forge) {
             return Trial{forge.goodToken(), keySet({forge.stranger().publicJwk()}), Forge::apiPolicy()};
         }},
    };
}

Attacks idTokens()
{
    const QString nonce = TokenIssuer::nonce();
    const auto other = [](const char *name, const QByteArray &json) {
        return Attack{name, Kind::nonce, Fault::mismatch, claiming("nonce", json)};
    };
    const QByteArray client = quoted(TokenIssuer::client());
    Attacks rows{
        {"nonce is missing", Kind::nonce, Fault::missing, lacking("nonce")},
        {"nonce is null", Kind::nonce, Fault::missing, claiming("nonce", "null")},
        other("nonce is empty", "\"\""),
        other("nonce in capitals", quoted(nonce.toUpper())),
        other("nonce cut off", quoted(nonce.chopped(1))),
        other("nonce with something behind", quoted(nonce + u'x')),
        other("nonce with a zero byte behind", quoted(nonce + u"\\u0000"_s)),
        {"nonce is in the header only", Kind::nonce, Fault::missing,
         [](const Forge &forge) {
             return idTrial(forge, Claims::ofIdToken().without("nonce"), ",\"nonce\":" + quoted(TokenIssuer::nonce()));
         }},
        {"an empty nonce, where none was sent", Kind::nonce, Fault::mismatch,
         [](const Forge &forge) {
             Trial trial = idTrial(forge, Claims::ofIdToken().with("nonce", "\"\""));
             trial.policy.nonce = QString();
             return trial;
         }},
        {"azp of another client", Kind::authorizedParty, Fault::mismatch, claiming("azp", "\"another-client\"")},
        {"azp in capitals", Kind::authorizedParty, Fault::mismatch,
         claiming("azp", quoted(TokenIssuer::client().toUpper()))},
        {"azp is empty", Kind::authorizedParty, Fault::mismatch, claiming("azp", "\"\"")},
        {"several audiences and no azp", Kind::authorizedParty, Fault::missing, forSeveral({})},
        {"several audiences and azp of another client", Kind::authorizedParty, Fault::mismatch,
         forSeveral("\"another\"")},
        {"several audiences and azp is an array", Kind::authorizedParty, Fault::mismatch,
         forSeveral('[' + client + ']')},
        {"aud is an array without our client", Kind::audience, Fault::mismatch,
         claiming("aud", R"(["another","a-third"])")},
        {"sub is missing in an ID token", Kind::requiredClaims, Fault::missing, lacking("sub")},
        {"exp is missing in an ID token", Kind::requiredClaims, Fault::missing, lacking("exp")},
        {"iat is missing in an ID token", Kind::requiredClaims, Fault::missing, lacking("iat")},
        {"iat is null in an ID token", Kind::requiredClaims, Fault::missing, claiming("iat", "null")},
        {"the key was published with its private part", Kind::key, Fault::exposedKey,
         [](const Forge &forge) {
             Trial trial = idTrial(forge, Claims::ofIdToken());
             trial.keys = keySet({changed(forge.jwk(), u"d"_s, u"AQ"_s)});
             return trial;
         }},
        {"tid of another tenant than the issuer's", Kind::tenant, Fault::mismatch,
         ofTenant("\"9188040d-6c67-4c5b-b112-36a304b66dad\"")},
        {"tid with something behind the issuer's tenant", Kind::tenant, Fault::mismatch,
         ofTenant("\"72f988bf-86f1-41af-91ab-2d7cd011db47x\"")},
        {"tid is a number", Kind::tenant, Fault::wrongType, ofTenant("1")},
    };
    const auto wrongType = [&rows](const char *name, const QByteArray &json) {
        rows.push_back({name, Kind::nonce, Fault::mismatch, claiming("nonce", json)});
    };
    wrongType("nonce is a number", "1");
    wrongType("nonce is true", "true");
    wrongType("nonce is an array with the right one", '[' + quoted(nonce) + ']');
    wrongType("nonce is an object", "{}");
    addAccessTokenHashes(rows);
    return rows;
}

} // namespace bookdesk::jose::attacks
