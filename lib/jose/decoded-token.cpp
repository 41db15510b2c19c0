#include "jose/decoded-token.h"

#include "core/cleansing.h"
#include "jose/base64url.h"
#include "jose/errors.h"
#include "jose/kept-header.h"
#include "jose/token-names.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(DecodedToken)
};

constexpr qsizetype largestToken = 1024 * 1024;
constexpr int partsOfJws = 3;
constexpr int partsOfJwe = 5;

/// The parts of a compact token; more than a JWE has do not matter, however many there are.
struct Parts
{
    explicit Parts(QByteArrayView token)
    {
        for (qsizetype dot = token.indexOf('.'); dot >= 0 && count < partsOfJwe; dot = token.indexOf('.')) {
            all[count++] = token.first(dot);
            token = token.sliced(dot + 1);
        }
        all[count++] = token;
    }

    std::array<QByteArrayView, partsOfJwe + 1> all;
    std::size_t count = 0;
};

/// Only for messages: made when they are.
enum class Part { header, claims, signature };

QString nameOf(Part part)
{
    switch (part) {
    case Part::header:
        return Texts::tr("header");
    case Part::claims:
        return Texts::tr("claims");
    case Part::signature:
        return Texts::tr("signature");
    }
    return {};
}

tl::unexpected<Error> malformed(const QString &why)
{
    return failure(errors::tokenMalformed, Texts::tr("This token is damaged or incomplete."),
                   Texts::tr("Get a fresh token, or copy the whole of it again."), {{facts::reason, why}});
}

tl::unexpected<Error> notBase64Url(Part part) { return malformed(Texts::tr("%1: not base64url").arg(nameOf(part))); }

Result<JsonObject> readPart(QByteArrayView text, Part part)
{
    std::optional<QByteArray> json = fromBase64Url(text);
    if (!json)
        return notBase64Url(part);
    const auto wiped = qScopeGuard([&json] { cleanse(json->data(), static_cast<std::size_t>(json->size())); });
    Result<JsonObject> object = parseJsonObject(*json, {}, tokenNames());
    if (object)
        return object;
    const Error &error = object.error();
    return malformed(error.facts.empty()
                         ? u"%1: %2"_s.arg(nameOf(part), error.message)
                         : u"%1: %2 (%3)"_s.arg(nameOf(part), error.message, error.facts.front().value));
}

/// Entra's refresh tokens have three parts as well, the first of which is a digit.
bool isTooShortForHeader(QByteArrayView part)
{
    constexpr QByteArrayView shortest = "e30"; // {}
    return !part.isEmpty() && part.size() < shortest.size();
}

Result<JsonObject> readHeader(QByteArrayView text)
{
    if (const JsonObject *kept = keptHeader(text))
        return *kept;
    Result<JsonObject> header = readPart(text, Part::header);
    if (header)
        keepHeader(text, *header);
    return header;
}

/// What to say of a token that has not the three parts of a signed JWT.
tl::unexpected<Error> notThreeParts(const Parts &parts)
{
    // RFC 7515 section 7.2 and RFC 7516 section 7.2; no JWT is written so (RFC 7519 section 1).
    if (parts.all.front().startsWith('{'))
        return malformed(Texts::tr("it is JSON, and APIs take the compact form only: three parts, separated by dots"));
    const Result<JsonObject> header = readPart(parts.all.front(), Part::header);
    // Every JWE names its content encryption (RFC 7516 section 9); two tokens in one text have five parts, too.
    if (header && parts.count == partsOfJwe && header->find(u"enc"))
        return failure(errors::tokenEncrypted,
                       Texts::tr("This token is encrypted for the API, so only the API can read it."));
    if (header || parts.all.front().startsWith("eyJ"))
        return malformed(Texts::tr("a signed token has three parts, separated by dots"));
    return failure(errors::tokenOpaque,
                   Texts::tr("This token is opaque: only the one who issued it and the API know what it says."));
}

QString stringIn(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

} // namespace

QString DecodedToken::keyId() const { return stringIn(header, u"kid"); }

std::optional<QString> DecodedToken::stringClaim(QStringView name) const
{
    const Json *value = claims.find(name);
    const QString *text = value ? value->asString() : nullptr;
    return text ? std::optional(*text) : std::nullopt;
}

QStringList DecodedToken::audience() const
{
    const Json *value = claims.find(u"aud");
    if (!value)
        return {};
    if (const QString *text = value->asString())
        return {*text};
    QStringList all;
    if (const JsonArray *array = value->asArray()) {
        for (const Json &item : *array) {
            const QString *text = item.asString();
            if (!text)
                return {};
            all += *text;
        }
    }
    return all;
}

std::optional<TimePoint> DecodedToken::dateClaim(QStringView name) const
{
    const Json *value = claims.find(name);
    return value ? numericDate(*value) : std::nullopt;
}

std::optional<TimePoint> numericDate(const Json &value)
{
    using Seconds = std::chrono::duration<double>;
    if (!value.isNumber())
        return std::nullopt;
    const double seconds = std::trunc(value.toDouble());
    // The last second is left out at both ends, because as doubles the limits are not exact.
    if (!(seconds > std::chrono::duration_cast<Seconds>(TimePoint::min().time_since_epoch()).count() + 1) ||
        !(seconds < std::chrono::duration_cast<Seconds>(TimePoint::max().time_since_epoch()).count() - 1))
        return std::nullopt;
    return TimePoint(std::chrono::seconds(static_cast<std::chrono::seconds::rep>(seconds)));
}

Result<DecodedToken> decode(const Secret &token)
{
    const QByteArrayView text = token.reveal();
    if (text.size() > largestToken)
        return failure(
            errors::tokenTooLarge, Texts::tr("This token is larger than Bookdesk accepts."),
            Texts::tr("Check that the text is one token and nothing else."),
            {{facts::bytes, QString::number(text.size())}, {facts::mostBytes, QString::number(largestToken)}});
    if (text.isEmpty())
        return malformed(Texts::tr("it is empty"));
    const Parts parts(text);
    if (parts.count != partsOfJws || isTooShortForHeader(parts.all[0]))
        return notThreeParts(parts);
    Result<JsonObject> header = readHeader(parts.all[0]);
    if (!header)
        return failure(header.error());
    Result<JsonObject> claims = readPart(parts.all[1], Part::claims);
    if (!claims)
        return failure(claims.error());
    std::optional<QByteArray> signature = fromBase64Url(parts.all[2]);
    if (!signature)
        return notBase64Url(Part::signature);
    return DecodedToken{std::move(*header), std::move(*claims),
                        token.first(parts.all[0].size() + 1 + parts.all[1].size()), std::move(*signature)};
}

} // namespace bookdesk::jose
