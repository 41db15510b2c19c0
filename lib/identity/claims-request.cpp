#include "identity/claims-request.h"

#include "core/durations.h"
#include "core/text.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ClaimsRequest)
};

constexpr qsizetype mostBytes = 8 * 1024 - 1;
constexpr JsonLimits claimsLimits{mostBytes, 16};
constexpr qsizetype longestName = 100;
constexpr int longestAge = 366 * 24 * 3600;

tl::unexpected<Error> unusable(const QString &reason)
{
    return failure(
        errors::challengeUnusable, Texts::tr("The API asks for more proof in a way that Bookdesk does not understand."),
        Texts::tr("Tell the API's owner. Signing in again may help all the same."), {{facts::reason, reason}});
}

/// In either alphabet, with or without padding; nothing where it is neither.
std::optional<QByteArray> fromBase64(QByteArray text)
{
    text.replace('-', '+').replace('_', '/');
    while (text.endsWith('='))
        text.chop(1);
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

Result<JsonObject> readClaims(const QString &parameter)
{
    const QByteArray text = parameter.trimmed().toUtf8();
    if (text.size() > 2 * mostBytes)
        return unusable(Texts::tr("Its claims are too long."));
    const std::optional<QByteArray> json = text.startsWith('{') ? text : fromBase64(text);
    if (!json)
        return unusable(Texts::tr("Its claims are neither base64 nor JSON."));
    Result<JsonObject> claims = parseJsonObject(*json, claimsLimits);
    if (!claims)
        return unusable(Texts::tr("Its claims are not a JSON object of less than 8 KiB."));
    const Json *forAccess = claims->find(u"access_token");
    if (forAccess && !forAccess->asObject())
        return unusable(Texts::tr("Its claims for the access token are not a JSON object."));
    return claims;
}

Result<std::optional<std::chrono::seconds>> readAge(const QString &parameter)
{
    if (parameter.isEmpty())
        return std::optional<std::chrono::seconds>();
    const bool isDigits =
        std::ranges::all_of(parameter, [](QChar character) { return character >= u'0' && character <= u'9'; });
    bool isNumber = false;
    const int seconds = parameter.toInt(&isNumber);
    if (!isDigits || !isNumber || seconds > longestAge)
        return unusable(Texts::tr("Its greatest age of a sign-in (max_age) is not a number of seconds."));
    return std::optional(std::chrono::seconds(seconds));
}

bool isEssential(const Json &wanted)
{
    const JsonObject *object = wanted.asObject();
    const Json *essential = object ? object->find(u"essential") : nullptr;
    return essential && essential->asBool() && *essential->asBool();
}

/// The `value` or the `values` that would do; empty where any would.
QString valuesOf(const Json &wanted)
{
    const JsonObject *object = wanted.asObject();
    if (!object)
        return {};
    QStringList texts;
    const auto add = [&texts](const Json &value) {
        const QString *text = value.asString();
        texts += text ? *text : QString::fromUtf8(toCompactJson(value));
    };
    if (const Json *value = object->find(u"value"))
        add(*value);
    const Json *values = object->find(u"values");
    if (values && values->asArray())
        std::ranges::for_each(*values->asArray(), add);
    return visible(shortened(texts.join(u", "_s), longestName));
}

/// Continuous access evaluation asks for a token from after an event, such as a changed password.
QString newerThan(const QString &time)
{
    bool isNumber = false;
    const qint64 seconds = time.toLongLong(&isNumber);
    if (!isNumber)
        return Texts::tr("a newer token (nbf)");
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(seconds);
    return Texts::tr("a token from after %1 (nbf)").arg(QLocale().toString(moment, QLocale::ShortFormat));
}

QString wantedProof(const QString &name, const Json &wanted)
{
    const QString values = valuesOf(wanted);
    if (name == "nbf"_L1)
        return newerThan(values);
    if (name == "acrs"_L1 && !values.isEmpty())
        return isEssential(wanted) ? Texts::tr("authentication context %1, essential (acrs)").arg(values)
                                   : Texts::tr("authentication context %1 (acrs)").arg(values);
    const QString shownName = visible(shortened(name, longestName));
    return values.isEmpty() ? Texts::tr("the claim %1").arg(shownName)
                            : Texts::tr("the claim %1 with the value %2").arg(shownName, values);
}

} // namespace

Result<ClaimsRequest> readClaimsRequest(const net::AuthChallenge &challenge)
{
    ClaimsRequest request;
    if (const QString claims = challenge.parameter(u"claims"); !claims.isEmpty()) {
        const Result<JsonObject> read = readClaims(claims);
        if (!read)
            return failure(read.error());
        request.claims = *read;
    }
    const Result<std::optional<std::chrono::seconds>> maxAge = readAge(challenge.parameter(u"max_age"));
    if (!maxAge)
        return failure(maxAge.error());
    request.maxAge = *maxAge;
    request.acrValues = challenge.parameter(u"acr_values").simplified();
    if (request.acrValues.size() > mostBytes)
        return unusable(Texts::tr("Its authentication contexts (acr_values) are too long."));
    if (request.isEmpty())
        return unusable(Texts::tr("It does not say what it asks for."));
    return request;
}

std::optional<ClaimsRequest> claimsInRefusal(QByteArrayView body)
{
    const Result<JsonObject> object = parseJsonObject(body);
    const Json *member = object ? object->find(u"claims") : nullptr;
    const QString *claims = member ? member->asString() : nullptr;
    if (!claims)
        return std::nullopt;
    Result<ClaimsRequest> request = readClaimsRequest({u"Bearer"_s, {}, {{u"claims"_s, *claims}}});
    return request ? std::optional(*std::move(request)) : std::nullopt;
}

QByteArray claimsParameter(const ClaimsRequest &request, const QStringList &capabilities)
{
    JsonObject claims = request.claims;
    if (!capabilities.isEmpty()) {
        const Json *asked = claims.find(u"access_token");
        JsonObject forAccess = asked && asked->asObject() ? *asked->asObject() : JsonObject();
        forAccess.set(u"xms_cc"_s, JsonObject{{u"values"_s, JsonArray(capabilities.cbegin(), capabilities.cend())}});
        claims.set(u"access_token"_s, forAccess);
    }
    return claims.isEmpty() ? QByteArray() : toCompactJson(claims);
}

QStringList wantedProofs(const ClaimsRequest &request)
{
    QStringList proofs;
    const Json *forAccess = request.claims.find(u"access_token");
    if (forAccess && forAccess->asObject()) {
        for (const auto &[name, wanted] : forAccess->asObject()->members())
            proofs += wantedProof(name, wanted);
    }
    if (!request.acrValues.isEmpty())
        proofs +=
            Texts::tr("authentication context %1 (acr_values)").arg(visible(shortened(request.acrValues, longestName)));
    if (request.maxAge)
        proofs += Texts::tr("a sign-in not older than %1 (max_age)").arg(durationText(*request.maxAge));
    if (proofs.isEmpty())
        proofs += Texts::tr("other claims");
    return proofs;
}

} // namespace bookdesk::identity
