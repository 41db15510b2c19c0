#include "jose/claim-meanings.h"

#include "core/durations.h"
#include "core/language-file.h"
#include "core/text.h"
#include "jose/decoded-token.h"
#include "jose/token-kind.h"

#include <QFile>
#include <QStringList>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

/// A longer list is shown in the claim's value only.
constexpr qsizetype mostNames = 12;
constexpr qsizetype longestName = 80;
/// Smaller numbers in `pwd_exp` count the seconds since the token was issued: Microsoft documents both.
constexpr double secondsInTenYears = 10.0 * 365 * 24 * 3600;

QStringList strings(const Json &value)
{
    QStringList result;
    if (const QString *text = value.asString())
        return {*text};
    if (const JsonArray *array = value.asArray()) {
        for (const Json &item : *array) {
            if (const QString *text = item.asString())
                result += *text;
        }
    }
    return result;
}

/// The strings in a list, or the names of an object's members.
QStringList entries(const Json &value)
{
    const JsonObject *object = value.asObject();
    if (!object)
        return strings(value);
    QStringList names;
    for (const JsonMember &member : object->members())
        names += member.first;
    return names;
}

std::optional<qsizetype> sizeOf(const Json &value)
{
    if (const JsonArray *array = value.asArray())
        return static_cast<qsizetype>(array->size());
    return std::nullopt;
}

QString audienceClass(const Json &value, const ClaimContext &context)
{
    const QStringList audiences = strings(value);
    const bool isUnknown = context.audience.isEmpty(); // No connection says what to expect.
    if (!isUnknown && audiences.contains(context.audience))
        return u"api"_s;
    if (!context.clientId.isEmpty() && audiences.contains(context.clientId))
        return u"client"_s;
    if (std::any_of(audiences.begin(), audiences.end(), [](const QString &audience) { return isGraph(audience); }))
        return u"graph"_s;
    if (isUnknown)
        return {};
    return audiences.contains(u"api://"_s + context.audience) ? u"app-id-uri"_s : u"other"_s;
}

QString issuerClass(const QString &issuer, const ClaimContext &context)
{
    if (isVersion1Issuer(issuer) && issuer != context.issuer)
        return u"v1"_s;
    if (context.issuer.isEmpty())
        return u"stranger"_s;
    return issuer == context.issuer ? u"tenant"_s : u"other"_s;
}

/// A well-known app, by its ID.
QString appClass(const QString &app, const ClaimContext &context)
{
    if (!app.isEmpty() && app == context.clientId)
        return u"self"_s;
    return QUuid::fromString(app).isNull() ? QString() : app;
}

QString passwordExpiryClass(const Json &value)
{
    const bool isDuration = value.isNumber() && value.toDouble() >= 0 && value.toDouble() < secondsInTenYears;
    return isDuration ? u"seconds"_s : QString();
}

/// What is appended to the claim's name to find the text for this value; may be empty.
QString valueClass(const QString &name, const Json &value, const ClaimContext &context, TimePoint now)
{
    const QString text = value.asString() ? *value.asString() : QString();
    if (name == "aud"_L1)
        return audienceClass(value, context);
    if (name == "iss"_L1)
        return issuerClass(text, context);
    if (name == "azp"_L1 || name == "appid"_L1)
        return appClass(text, context);
    if (name == "pwd_exp"_L1)
        return passwordExpiryClass(value);
    if (name == "exp"_L1)
        return warningOf(name, value, now) == ClaimWarning::expired ? u"past"_s : QString();
    if (value.asArray() || value.asObject())
        return {};
    return value.asString() ? text : QString::fromUtf8(toCompactJson(value));
}

/// The text up to the mark and what separates the two.
QString withoutMark(const QString &text, QLatin1StringView mark)
{
    QString rest = text.left(text.indexOf(mark)).trimmed();
    while (rest.endsWith(u':') || rest.endsWith(u','))
        rest.chop(1);
    return rest;
}

QString filled(const QString &text, QLatin1StringView mark, const QString &value)
{
    return value.isEmpty() ? withoutMark(text, mark) : QString(text).replace(mark, value);
}

QString timeText(const Json &value, bool isDuration, TimePoint now)
{
    if (isDuration)
        return durationText(std::chrono::seconds(static_cast<std::int64_t>(value.toDouble())));
    const std::optional<TimePoint> moment = numericDate(value);
    return moment ? momentText(*moment, now) : QString();
}

} // namespace

ClaimWarning warningOf(const QString &name, const Json &value, TimePoint now)
{
    if (name == "ver"_L1)
        return value == Json(u"1.0"_s) ? ClaimWarning::version1 : ClaimWarning::none;
    const std::optional<TimePoint> expiry = name == "exp"_L1 ? numericDate(value) : std::nullopt;
    return expiry && *expiry <= now ? ClaimWarning::expired : ClaimWarning::none;
}

ClaimMeanings ClaimMeanings::forLocale(const QLocale &locale)
{
    QFile file(languageFile(u":/bookdesk/claims"_s, locale));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return read(file.readAll()).value_or(ClaimMeanings());
}

Result<ClaimMeanings> ClaimMeanings::read(const QByteArray &json)
{
    const Result<JsonObject> texts = parseJsonObject(json);
    if (!texts)
        return failure(texts.error());
    ClaimMeanings meanings;
    for (const auto &[name, text] : texts->members()) {
        if (const QString *string = text.asString())
            meanings.m_texts.insert(name, *string);
    }
    return meanings;
}

QString ClaimMeanings::claim(const QString &name, const Json &value, const ClaimContext &context, TimePoint now) const
{
    QString text = textFor(name, value, context, now);
    if (text.contains("%n"_L1)) {
        const std::optional<qsizetype> size = sizeOf(value);
        return filled(text, "%n"_L1, size ? QLocale().toString(*size) : QString());
    }
    if (!text.contains("%1"_L1))
        return text;
    const bool isDuration = name == "pwd_exp"_L1 && !passwordExpiryClass(value).isEmpty();
    return filled(text, "%1"_L1, value.isNumber() ? timeText(value, isDuration, now) : namesOf(name, value));
}

QString ClaimMeanings::anyClaim(const QString &name) const
{
    const QString text = name.contains(u'.') ? QString() : m_texts.value(name);
    if (text.contains("%n"_L1))
        return withoutMark(text, "%n"_L1);
    return text.contains("%1"_L1) ? withoutMark(text, "%1"_L1) : text;
}

/// A dot separates a claim from its value, so a claim with a dot in its name could pass for another.
QString ClaimMeanings::textFor(const QString &name, const Json &value, const ClaimContext &context, TimePoint now) const
{
    if (name.contains(u'.'))
        return {};
    const QString special = valueClass(name, value, context, now);
    const QString general = m_texts.value(name);
    return special.isEmpty() ? general : m_texts.value(name + u'.' + special, general);
}

QString ClaimMeanings::namesOf(const QString &claim, const Json &value) const
{
    if (value.asString() && !m_texts.contains(claim + u'.' + *value.asString()))
        return {};
    QStringList names;
    for (const QString &entry : entries(value).mid(0, mostNames))
        names += m_texts.value(claim + u'.' + entry, visible(shortened(entry, longestName)));
    if (sizeOf(value).value_or(0) > mostNames)
        names += u"…"_s;
    return names.join(u", "_s);
}

} // namespace bookdesk::jose
