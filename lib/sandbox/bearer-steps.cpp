#include "sandbox/bearer-steps.h"

#include "jose/base64url.h"
#include "jose/token-policy.h"
#include "jose/verify.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {

using jose::CheckKind;

std::optional<Secret> bearerToken(const Request &request)
{
    const QByteArray header = request.header("authorization").value_or(QByteArray());
    const qsizetype blank = header.indexOf(' ');
    const QByteArrayView all(header);
    const QByteArrayView scheme = blank < 0 ? all : all.first(blank);
    if (scheme.compare("bearer", Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return Secret(blank < 0 ? QByteArrayView() : all.sliced(blank + 1));
}

Result<jose::DecodedToken> decodeAsPythonDoes(const Secret &token)
{
    static const QRegularExpression tooLarge(
        u"(?<=[:,\\[\\s])-?(?:Infinity|[0-9]+(?:\\.[0-9]+)?[eE]\\+?[0-9]{3,})(?=[,\\]}\\s])"_s);
    Result<jose::DecodedToken> decoded = jose::decode(token);
    const QByteArrayList parts = token.reveal().toByteArray().split('.');
    if (decoded || parts.size() != 3)
        return decoded;
    QString claims = QString::fromUtf8(jose::fromBase64Url(parts[1]).value_or(QByteArray()));
    claims.replace(tooLarge, largestNumber());
    const QByteArray readable = parts[0] + '.' + jose::toBase64Url(claims.toUtf8()) + '.' + parts[2];
    decoded = jose::decode(Secret(readable));
    if (decoded)
        decoded->signingInput = Secret(parts[0] + '.' + parts[1]);
    return decoded;
}

TokenTrouble undecodable(const Secret &token)
{
    const bool hasThreeParts = token.reveal().toByteArray().count('.') >= 2;
    return invalidToken(hasThreeParts ? u"Invalid token structure"_s : u"Not enough segments"_s);
}

std::optional<TokenTrouble> unverifiedTrouble(const jose::DecodedToken &token, const BearerTrust &trust)
{
    const Json *keyId = token.header.find(u"kid");
    if (!keyId)
        return invalidToken(u"Missing 'kid' in header"_s);
    if (!keyId->asString())
        return invalidToken(u"Key ID header parameter must be a string"_s);
    const Json *issuer = token.claims.find(u"iss");
    if (!issuer)
        return invalidToken(u"Missing 'iss' in payload"_s);
    if (issuer->asArray() || issuer->asObject())
        return stumble();
    const QString *text = issuer->asString();
    if (!text || *text != trust.issuer)
        return invalidToken(u"Invalid 'iss': '%1'"_s.arg(text ? *text : QString::fromUtf8(toCompactJson(*issuer))));
    if (!trust.keys.find(*keyId->asString()))
        return invalidToken({});
    return std::nullopt;
}

std::optional<TokenTrouble> signatureTrouble(const jose::DecodedToken &token, const BearerTrust &trust)
{
    const jose::Verification verification =
        jose::verify(token, trust.keys, jose::accessTokenPolicy(trust.issuer, trust.audience), trust.now);
    const auto failed = [&verification](CheckKind kind) {
        const jose::Check *check = verification.find(kind);
        return !check || check->result == jose::CheckResult::failed;
    };
    if (failed(CheckKind::algorithm))
        return invalidToken(u"The specified alg value is not allowed"_s);
    if (failed(CheckKind::structure) || failed(CheckKind::key) || failed(CheckKind::signature))
        return invalidToken(u"Signature verification failed"_s);
    return std::nullopt;
}

Response answerTo(const TokenTrouble &trouble)
{
    switch (trouble.kind) {
    case TokenTrouble::Kind::stumble:
        return internalServerError();
    case TokenTrouble::Kind::expired:
        return jsonResponse(401, {{u"detail"_s, u"Token expired"_s}});
    case TokenTrouble::Kind::invalid:
        break;
    }
    return jsonResponse(401, {{u"detail"_s, u"Invalid token: "_s + trouble.reason}});
}

BearerClaims believedClaims(const JsonObject &claims)
{
    const Json *name = claims.find(u"preferred_username");
    const QString *text = name ? name->asString() : nullptr;
    return {text ? std::optional(*text) : std::nullopt, scopesIn(claims), rolesIn(claims), contextsIn(claims),
            signInTimeIn(claims)};
}

Response notAuthenticated()
{
    return jsonResponse(401, {{u"detail"_s, u"Not authenticated"_s}}, {{"www-authenticate", "Bearer"}});
}

} // namespace bookdesk::sandbox
