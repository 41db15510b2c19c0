#include "books/claim-class.h"

#include "core/durations.h"
#include "jose/decoded-token.h"
#include "jose/token-kind.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ClaimClass)
};

bool isTime(QStringView name)
{
    constexpr std::array names{QStringView(u"iat"), QStringView(u"nbf"), QStringView(u"exp"), QStringView(u"auth_time"),
                               QStringView(u"updated_at")};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && text.contains("://"_L1);
}

QString textClass(const QString &text)
{
    if (!QUuid::fromString(text).isNull())
        return Texts::tr("GUID");
    if (isUrl(text))
        return Texts::tr("URL");
    if (text.contains(u'@'))
        return Texts::tr("address of a person");
    return Texts::tr("text of %n characters", nullptr, static_cast<int>(text.size()));
}

QString typeClass(const Json &value)
{
    if (const QString *text = value.asString())
        return textClass(*text);
    if (const JsonArray *array = value.asArray())
        return Texts::tr("list of %n", nullptr, static_cast<int>(array->size()));
    if (const JsonObject *object = value.asObject())
        return Texts::tr("object of %n members", nullptr, static_cast<int>(object->members().size()));
    if (value.asBool())
        return Texts::tr("true or false");
    return value.isNull() ? Texts::tr("null") : Texts::tr("number");
}

/// What the check of the claim says of it; empty where it was not made.
QString judgedClass(const jose::Check *check)
{
    if (!check || check->result == jose::CheckResult::notApplicable)
        return {};
    return check->result == jose::CheckResult::passed ? Texts::tr("as expected") : Texts::tr("not as expected");
}

QString withType(const QString &judged, const Json &value)
{
    return judged.isEmpty() ? typeClass(value) : Texts::tr("%1, %2").arg(typeClass(value), judged);
}

} // namespace

QString claimClass(const QString &name, const Json &value, const jose::Verification &verification)
{
    if (isTime(name)) {
        if (const std::optional<TimePoint> moment = jose::numericDate(value))
            return Texts::tr("time, %1").arg(relativeText(*moment, verification.at));
    }
    if (name == "iss"_L1)
        return withType(judgedClass(verification.find(jose::CheckKind::issuer)), value);
    if (name != "aud"_L1)
        return typeClass(value);
    if (value.asString() && jose::isGraph(*value.asString()))
        return Texts::tr("Microsoft Graph");
    return withType(judgedClass(verification.find(jose::CheckKind::audience)), value);
}

} // namespace bookdesk::books
