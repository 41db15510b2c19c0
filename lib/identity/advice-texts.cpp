#include "identity/advice-texts.h"

#include "core/isolation.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AdviceTexts)
};

QString shown(const QString &text) { return visible(shortened(text, longestAdviceWord)); }

/// "2026-11-26 13:26 UTC", or the text itself where it is not a time.
QString timeText(const QString &timestamp)
{
    QString iso = timestamp;
    iso.replace(u' ', u'T');
    const QDateTime time = QDateTime::fromString(iso, Qt::ISODate);
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s) : shown(timestamp);
}

bool isShared(const AdviceContext &context)
{
    return !context.clientId.isEmpty() && context.clientId.compare(context.apiId, Qt::CaseInsensitive) == 0;
}

} // namespace

AdvicePlaces placesFor(const AdviceContext &context, const QString &user, const QString &unknownUser)
{
    return {{u"application"_s, u"Bookdesk"_s},
            {u"organization"_s, shown(context.organization)},
            {u"tenant"_s, shown(context.tenant)},
            {u"clientId"_s, shown(context.clientId)},
            {u"apiId"_s, shown(context.apiId)},
            {u"redirectUri"_s, shown(context.redirectUri)},
            {u"scopes"_s, visible(context.scopes.join(u' '))},
            {u"consentLink"_s, visible(context.consentLink)},
            {u"user"_s, user.isEmpty() ? unknownUser : shown(user)}};
}

std::optional<QString> filledIn(const QString &text, const AdvicePlaces &places)
{
    static const QRegularExpression place(u"\\{(\\w+)\\}"_s);
    QString filled;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : place.globalMatch(text)) {
        const QString value = places.value(match.captured(1));
        if (value.isEmpty())
            return std::nullopt;
        filled += text.sliced(end, match.capturedStart() - end) + value;
        end = match.capturedEnd();
    }
    return filled + text.sliced(end);
}

QString whoActs(AdviceActor actor, const AdviceContext &context)
{
    switch (actor) {
    case AdviceActor::user:
        return Texts::tr("You.");
    case AdviceActor::administrator:
        return context.organization.isEmpty() ? Texts::tr("An admin of your organization.")
                                              : Texts::tr("An admin of %1.").arg(isolated(context.organization));
    case AdviceActor::registrant:
        return Texts::tr("The person who registered the app.");
    }
    return {};
}

QString whoActsNote(const Advice &advice)
{
    if (advice.place == AdvicePlace::server)
        return Texts::tr("Nothing has to be changed.");
    return advice.actor == AdviceActor::user ? QString() : Texts::tr("Trying again does not help until then.");
}

QString whereIsIt(AdvicePlace place, const AdviceContext &context)
{
    switch (place) {
    case AdvicePlace::client:
        return isShared(context) ? Texts::tr("On the one registration that Bookdesk and the API share")
                                 : Texts::tr("On Bookdesk's own registration, not on the API's");
    case AdvicePlace::api:
        return isShared(context) ? Texts::tr("On the one registration that Bookdesk and the API share")
                                 : Texts::tr("On the API's registration, not on Bookdesk's");
    case AdvicePlace::enterprise:
        return isShared(context) ? Texts::tr("On the one application that Bookdesk and the API share")
                                 : Texts::tr("On Bookdesk's own application, not on the API's");
    case AdvicePlace::consent:
        return Texts::tr("On the page that asks for consent");
    case AdvicePlace::rules:
        return Texts::tr("In the organization's rules for signing in");
    case AdvicePlace::account:
        return Texts::tr("On the account");
    case AdvicePlace::device:
        return Texts::tr("On this device, or in the organization's rules for devices");
    case AdvicePlace::connection:
        return Texts::tr("In this connection's settings in Bookdesk");
    case AdvicePlace::browser:
        return Texts::tr("In the browser");
    case AdvicePlace::server:
        return Texts::tr("At the sign-in server");
    }
    return {};
}

QString whenAndWhich(const OAuthError &error)
{
    const QString time = error.timestamp.isEmpty() ? QString() : timeText(error.timestamp);
    const QString correlationId = shown(error.correlationId);
    if (time.isEmpty())
        return correlationId.isEmpty() ? QString() : Texts::tr("Correlation ID: %1.").arg(correlationId);
    return correlationId.isEmpty() ? Texts::tr("When: %1.").arg(time)
                                   : Texts::tr("When: %1. Correlation ID: %2.").arg(time, correlationId);
}

} // namespace bookdesk::identity
