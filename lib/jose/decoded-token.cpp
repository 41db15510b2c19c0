#include "jose/decoded-token.h"

#include "jose/base64url.h"
#include "jose/errors.h"

#include <QCoreApplication>

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

std::vector<QByteArrayView> split(QByteArrayView token)
{
    std::vector<QByteArrayView> parts;
    qsizetype begin = 0;
    // More parts than a JWE has do not matter, however many there are.
    while (static_cast<int>(parts.size()) < partsOfJwe) {
        const qsizetype dot = token.indexOf('.', begin);
        if (dot < 0)
            break;
        parts.push_back(token.sliced(begin, dot - begin));
        begin = dot + 1;
    }
    parts.push_back(token.sliced(begin));
    return parts;
}

tl::unexpected<Error> malformed(const QString &why)
{
    return failure(errors::tokenMalformed,
                   Texts::tr("This token is damaged or incomplete. Get a fresh token, or copy the whole of it again."),
                   why);
}

Result<JsonObject> readPart(QByteArrayView part, const QString &name)
{
    const std::optional<QByteArray> json = fromBase64Url(part);
    if (!json)
        return malformed(Texts::tr("%1: not base64url").arg(name));
    Result<JsonObject> object = parseJsonObject(*json);
    if (object)
        return object;
    const Error &error = object.error();
    return malformed(error.details.isEmpty() ? u"%1: %2"_s.arg(name, error.message)
                                             : u"%1: %2 (%3)"_s.arg(name, error.message, error.details));
}

/// What to say of a token that has not the three parts of a signed JWT.
tl::unexpected<Error> notThreeParts(const std::vector<QByteArrayView> &parts)
{
    const Result<JsonObject> header = readPart(parts.front(), {});
    if (header && static_cast<int>(parts.size()) == partsOfJwe)
        return failure(errors::tokenEncrypted,
                       Texts::tr("This token is encrypted for the API, so only the API can read it."));
    if (header || parts.front().startsWith("eyJ"))
        return malformed(Texts::tr("a signed token has three parts, separated by dots"));
    return failure(errors::tokenOpaque,
                   Texts::tr("This token is opaque: only the one who issued it and the API know what it says."));
}

} // namespace

QString DecodedToken::algorithm() const
{
    const Json *value = header.find(u"alg");
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

QString DecodedToken::keyId() const
{
    const Json *value = header.find(u"kid");
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

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
    using Seconds = std::chrono::duration<double>;
    const Json *value = claims.find(name);
    if (!value || !value->isNumber())
        return std::nullopt;
    const double seconds = std::trunc(value->toDouble());
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
        return failure(errors::tokenTooLarge, Texts::tr("This token is larger than Bookdesk accepts."),
                       Texts::tr("%1 bytes, at most %2").arg(text.size()).arg(largestToken));
    if (text.isEmpty())
        return malformed(Texts::tr("it is empty"));
    const std::vector<QByteArrayView> parts = split(text);
    if (static_cast<int>(parts.size()) != partsOfJws)
        return notThreeParts(parts);
    Result<JsonObject> header = readPart(parts[0], Texts::tr("header"));
    if (!header)
        return failure(header.error());
    Result<JsonObject> claims = readPart(parts[1], Texts::tr("claims"));
    if (!claims)
        return failure(claims.error());
    std::optional<QByteArray> signature = fromBase64Url(parts[2]);
    if (!signature)
        return malformed(Texts::tr("%1: not base64url").arg(Texts::tr("signature")));
    return DecodedToken{std::move(*header), std::move(*claims),
                        Secret(text.first(parts[0].size() + 1 + parts[1].size())), std::move(*signature)};
}

} // namespace bookdesk::jose
