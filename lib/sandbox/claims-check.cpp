#include "sandbox/claims-check.h"

#include <QRegularExpression>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <variant>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

using MaybeTrouble = std::optional<TokenTrouble>;

struct NotANumber
{}; ///< Python's ValueError
struct WrongType
{}; ///< Python's TypeError or OverflowError
using PythonInt = std::variant<double, NotANumber, WrongType>;

/// What Python's int() makes of a JSON value.
PythonInt toPythonInt(const Json &value)
{
    static const QRegularExpression number(u"\\A\\s*[+-]?[0-9]+(_[0-9]+)*\\s*\\z"_s);
    if (value.isNumber()) {
        const double seconds = value.toDouble();
        return std::abs(seconds) < std::numeric_limits<double>::max() ? PythonInt(std::trunc(seconds))
                                                                      : PythonInt(WrongType{});
    }
    if (const bool *truth = value.asBool())
        return *truth ? 1.0 : 0.0;
    if (const QString *text = value.asString()) {
        if (!number.match(*text).hasMatch())
            return NotANumber{};
        return QString(*text).remove(u'_').trimmed().toDouble();
    }
    return WrongType{};
}

double secondsSinceEpoch(TimePoint time) { return std::chrono::duration<double>(time.time_since_epoch()).count(); }

bool isPresent(const JsonObject &claims, const QString &name)
{
    const Json *value = claims.find(name);
    return value && !value->isNull();
}

MaybeTrouble missingTrouble(const JsonObject &claims)
{
    for (const QString &name : {u"exp"_s, u"iss"_s, u"sub"_s}) {
        if (!isPresent(claims, name))
            return invalidToken(u"Token is missing the \"%1\" claim"_s.arg(name));
    }
    return std::nullopt;
}

/// A claim with the time from which the token is valid.
MaybeTrouble beginTrouble(const JsonObject &claims, const QString &name, const QString &title, double now)
{
    const Json *value = claims.find(name);
    if (!value)
        return std::nullopt;
    const PythonInt begin = toPythonInt(*value);
    if (std::holds_alternative<WrongType>(begin))
        return stumble();
    if (std::holds_alternative<NotANumber>(begin))
        return invalidToken(u"%1 claim (%2) must be an integer."_s.arg(title, name));
    if (std::get<double>(begin) > now)
        return invalidToken(u"The token is not yet valid (%1)"_s.arg(name));
    return std::nullopt;
}

MaybeTrouble expiryTrouble(const JsonObject &claims, double now)
{
    const PythonInt expiry = toPythonInt(*claims.find(u"exp"));
    if (std::holds_alternative<WrongType>(expiry))
        return stumble();
    if (std::holds_alternative<NotANumber>(expiry))
        return invalidToken(u"Expiration Time claim (exp) must be an integer."_s);
    if (std::get<double>(expiry) <= now)
        return TokenTrouble{TokenTrouble::Kind::expired, {}};
    return std::nullopt;
}

MaybeTrouble issuerTrouble(const JsonObject &claims, const QString &issuer)
{
    const QString *text = claims.find(u"iss")->asString();
    if (!text)
        return invalidToken(u"Payload Issuer (iss) must be a string"_s);
    return *text == issuer ? MaybeTrouble() : invalidToken(u"Invalid issuer"_s);
}

/// What counts as false in Python.
bool isFalsy(const Json &value)
{
    const bool *truth = value.asBool();
    const QString *text = value.asString();
    const JsonArray *array = value.asArray();
    const JsonObject *object = value.asObject();
    return value.isNull() || (truth && !*truth) || (text && text->isEmpty()) || (array && array->empty()) ||
           (object && object->isEmpty()) || (value.isNumber() && value.toDouble() == 0);
}

MaybeTrouble audienceTrouble(const JsonObject &claims, const QString &audience)
{
    const Json *value = claims.find(u"aud");
    if (!value || isFalsy(*value))
        return invalidToken(u"Token is missing the \"aud\" claim"_s);
    if (const QString *text = value->asString())
        return *text == audience ? MaybeTrouble() : invalidToken(u"Audience doesn't match"_s);
    const JsonArray *array = value->asArray();
    if (!array || !std::all_of(array->begin(), array->end(), [](const Json &item) { return item.asString(); }))
        return invalidToken(u"Invalid claim format in token"_s);
    if (std::find(array->begin(), array->end(), Json(audience)) == array->end())
        return invalidToken(u"Audience doesn't match"_s);
    return std::nullopt;
}

MaybeTrouble nameTrouble(const JsonObject &claims)
{
    if (!claims.find(u"sub")->asString())
        return invalidToken(u"Subject must be a string"_s);
    const Json *tokenId = claims.find(u"jti");
    if (tokenId && !tokenId->asString())
        return invalidToken(u"JWT ID must be a string"_s);
    return std::nullopt;
}

MaybeTrouble typeTrouble(const JsonObject &claims)
{
    for (const QString &name : {u"name"_s, u"preferred_username"_s}) {
        if (isPresent(claims, name) && !claims.find(name)->asString())
            return stumble();
    }
    if (const Json *roles = claims.find(u"roles")) {
        const JsonArray *array = roles->asArray();
        if (!array || !std::all_of(array->begin(), array->end(), [](const Json &role) { return role.asString(); }))
            return stumble();
    }
    const Json *scopes = claims.find(u"scp");
    return scopes && !scopes->asString() ? MaybeTrouble(stumble()) : std::nullopt;
}

} // namespace

TokenTrouble invalidToken(const QString &reason) { return {TokenTrouble::Kind::invalid, reason}; }

TokenTrouble stumble() { return {TokenTrouble::Kind::stumble, {}}; }

QString largestNumber() { return QString::number(std::numeric_limits<double>::max(), 'g', 17); }

std::optional<TokenTrouble> claimsTrouble(const JsonObject &claims, const QString &issuer, const QString &audience,
                                          TimePoint now)
{
    const double seconds = secondsSinceEpoch(now);
    if (auto trouble = missingTrouble(claims))
        return trouble;
    if (auto trouble = beginTrouble(claims, u"iat"_s, u"Issued At"_s, seconds))
        return trouble;
    if (auto trouble = beginTrouble(claims, u"nbf"_s, u"Not Before"_s, seconds))
        return trouble;
    if (auto trouble = expiryTrouble(claims, seconds))
        return trouble;
    if (auto trouble = issuerTrouble(claims, issuer))
        return trouble;
    if (auto trouble = audienceTrouble(claims, audience))
        return trouble;
    if (auto trouble = nameTrouble(claims))
        return trouble;
    return typeTrouble(claims);
}

QStringList scopesIn(const JsonObject &claims)
{
    static const QRegularExpression whiteSpace(u"\\s+"_s, QRegularExpression::UseUnicodePropertiesOption);
    const Json *scopes = claims.find(u"scp");
    return scopes ? scopes->asString()->split(whiteSpace, Qt::SkipEmptyParts) : QStringList();
}

QStringList rolesIn(const JsonObject &claims)
{
    QStringList names;
    if (const Json *roles = claims.find(u"roles")) {
        for (const Json &role : *roles->asArray())
            names += *role.asString();
    }
    return names;
}

QStringList contextsIn(const JsonObject &claims)
{
    const Json *contexts = claims.find(u"acrs");
    if (!contexts || !contexts->asArray())
        return {};
    QStringList names;
    for (const Json &context : *contexts->asArray()) {
        if (const QString *name = context.asString())
            names += *name;
    }
    return names;
}

std::optional<TimePoint> signInTimeIn(const JsonObject &claims)
{
    const Json *time = claims.find(u"auth_time");
    if (!time || !time->isNumber())
        return std::nullopt;
    return TimePoint(std::chrono::seconds(static_cast<std::int64_t>(time->toDouble())));
}

} // namespace bookdesk::sandbox
