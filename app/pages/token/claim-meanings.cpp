#include "pages/token/claim-meanings.h"

#include "core/language-file.h"
#include "jose/decoded-token.h"
#include "jose/token-kind.h"
#include "pages/token/time-text.h"

#include <QFile>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

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

QString audienceClass(const Json &value, const ClaimContext &context)
{
    const QStringList audiences = strings(value);
    if (audiences.contains(context.audience))
        return u".api"_s;
    if (audiences.contains(context.clientId))
        return u".client"_s;
    if (std::any_of(audiences.begin(), audiences.end(),
                    [](const QString &audience) { return jose::isGraph(audience); }))
        return u".graph"_s;
    if (audiences.contains(u"api://"_s + context.audience))
        return u".app-id-uri"_s;
    return u".other"_s;
}

QString issuerClass(const QString &issuer, const ClaimContext &context)
{
    if (issuer == context.issuer)
        return u".tenant"_s;
    return jose::isVersion1Issuer(issuer) ? u".v1"_s : u".other"_s;
}

/// What is appended to the claim's name to find the text for this value.
QString valueClass(const QString &name, const Json &value, const ClaimContext &context)
{
    const QString text = value.asString() ? *value.asString() : QString();
    if (name == "aud"_L1)
        return audienceClass(value, context);
    if (name == "iss"_L1)
        return issuerClass(text, context);
    if (name == "azp"_L1 || name == "appid"_L1)
        return text == context.clientId ? u".self"_s : QString();
    if (name == "ver"_L1)
        return u'.' + text;
    return {};
}

} // namespace

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
    const QString special = m_texts.value(name + valueClass(name, value, context));
    QString text = special.isEmpty() ? m_texts.value(name) : special;
    if (!text.contains("%1"_L1))
        return text;
    const std::optional<TimePoint> moment = jose::numericDate(value);
    return moment ? text.arg(momentText(*moment, now)) : QString(text).remove("%1"_L1).trimmed();
}

} // namespace bookdesk::pages
