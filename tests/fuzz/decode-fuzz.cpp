// Token decoding: the result is exactly what the text says. An input is a token; one of several lines is also tried as
// header, claims and signature before their encoding, because mutations get nowhere behind base64url.
#include "fuzz/target.h"
#include "jose/base64url.h"
#include "jose/decoded-token.h"
#include "jose/entra-names.h"
#include "jose/errors.h"
#include "jose/grants.h"
#include "jose/verify.h"

#include <QList>

#include <algorithm>
#include <array>

namespace bookdesk::fuzz {
namespace {

using namespace jose;

constexpr qsizetype largestToken = 1024 * 1024;

void requireOneEncoding(QByteArrayView part)
{
    const std::optional<QByteArray> bytes = fromBase64Url(part);
    require(bytes.has_value(), "what was decoded is base64url");
    require(toBase64Url(*bytes) == part, "bytes have one spelling in base64url");
}

void requireSameJson(const JsonObject &object, QByteArrayView part)
{
    const Result<JsonObject> fromPart = parseJsonObject(*fromBase64Url(part));
    require(fromPart && *fromPart == object, "an object is the one that stands in its part");
    const Result<JsonObject> again = parseJsonObject(toCompactJson(object), {4 * largestToken});
    require(again && *again == object, "an object survives being written and read");
}

void requireFaithful(const DecodedToken &token, QByteArrayView text)
{
    require(text.size() <= largestToken, "no token beyond 1 MiB is decoded");
    const QByteArray again = token.signingInput.reveal().toByteArray() + '.' + toBase64Url(token.signature);
    require(QByteArrayView(again) == text, "a decoded token encodes to the bytes that it came from");
    const QList<QByteArray> parts = text.toByteArray().split('.');
    require(parts.size() == 3, "a decoded token has three parts");
    for (const QByteArray &part : parts)
        requireOneEncoding(part);
    requireSameJson(token.header, parts[0]);
    requireSameJson(token.claims, parts[1]);
}

void requireSaneReading(const DecodedToken &token)
{
    const Json *audience = token.claims.find(u"aud");
    require(audience || token.audience().isEmpty(), "without aud there is no audience");
    for (const QStringView name : {QStringView(u"exp"), QStringView(u"iat"), QStringView(u"nbf")}) {
        const Json *value = token.claims.find(name);
        require(!token.dateClaim(name) || (value && value->isNumber()), "a date comes from a number");
    }
    require(readGrants(token, entraNames()).isKnown, "what can be read has known grants");
}

void requireKnownError(const Error &error, QByteArrayView text)
{
    constexpr std::array known{errors::tokenOpaque, errors::tokenEncrypted, errors::tokenMalformed,
                               errors::tokenTooLarge};
    require(std::find(known.begin(), known.end(), error.code) != known.end(), "the error's code is one of decode's");
    require((error.code == errors::tokenTooLarge) == (text.size() > largestToken), "too large is beyond 1 MiB");
    require(!error.message.isEmpty(), "an error says something");
}

void tryToken(QByteArrayView text)
{
    const Secret token(text);
    const Result<DecodedToken> decoded = decode(token);
    if (decoded) {
        requireFaithful(*decoded, text);
        requireSaneReading(*decoded);
    } else {
        requireKnownError(decoded.error(), text);
    }
    const TokenPolicy policy = accessTokenPolicy(QStringLiteral("https://issuer.test/"), QStringLiteral("api"));
    const Verification verification = verify(token, {}, policy, TimePoint(std::chrono::seconds{1'800'000'000}));
    require(!verification.passed(), "without keys no token passes");
    const Check *structure = verification.find(CheckKind::structure);
    require(structure && (decoded || structure->result == CheckResult::failed),
            "what cannot be decoded fails at its structure");
}

} // namespace

void tryInput(QByteArrayView input)
{
    tryToken(input);
    const QList<QByteArray> lines = input.toByteArray().split('\n');
    if (lines.size() < 2)
        return;
    const QByteArray signature = lines.size() > 2 ? lines.at(2) : QByteArray();
    tryToken(toBase64Url(lines[0]) + '.' + toBase64Url(lines[1]) + '.' + toBase64Url(signature));
}

} // namespace bookdesk::fuzz
