#include "books/admin-request.h"

#include "core/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AdminRequest)
};

/// Empty where the audience holds no application ID.
QString applicationIdIn(const QString &audience)
{
    static const QRegularExpression guid(u"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (const QRegularExpressionMatch match = guid.match(audience); match.hasMatch())
        return match.captured();
    return audience.contains(u"://"_s) ? QString() : visible(audience);
}

QString apiName(const Registrations &registrations)
{
    const QString name = visible(registrations.connection);
    const QString id = applicationIdIn(registrations.audience);
    // Some people name a connection by its address.
    if (name.contains(u"://"_s))
        return id.isEmpty() ? Texts::tr("the books API") : Texts::tr("the API with the application ID %1").arg(id);
    return id.isEmpty() ? Texts::tr("the API “%1”").arg(name)
                        : Texts::tr("the API “%1” (application ID %2)").arg(name, id);
}

/// Which registration has to be changed, and which need not be.
QString whichRegistration(OutcomeKind kind, const Registrations &registrations)
{
    if (applicationIdIn(registrations.audience).compare(registrations.clientId, Qt::CaseInsensitive) == 0)
        return Texts::tr("The API and Bookdesk share one registration, with the application ID %1; that is the one to "
                         "change.")
            .arg(visible(registrations.clientId));
    if (kind == OutcomeKind::roleMissing)
        return Texts::tr("The API's registration is the one to change, not Bookdesk's (application ID %1).")
            .arg(visible(registrations.clientId));
    return Texts::tr("Bookdesk's registration (application ID %1) is the one to change. The API's must only offer the "
                     "scope, under “Expose an API”.")
        .arg(visible(registrations.clientId));
}

QString howToChange(OutcomeKind kind)
{
    if (kind == OutcomeKind::roleMissing)
        return Texts::tr("To assign the role: Entra ID › Enterprise applications › the API's application › Users and "
                         "groups › Add user/group, choose the person and the role.");
    return Texts::tr("To grant the permission: Entra ID › App registrations › Bookdesk's registration › API "
                     "permissions › Add a permission, choose the API and the scope, then grant admin consent.");
}

} // namespace

QString adminRequest(const ApiOutcome &outcome, const QString &person, const Registrations &registrations)
{
    const QString who = visible(person);
    const QString what = visible(QLocale().createSeparatedList(outcome.missing));
    const QString need = outcome.kind == OutcomeKind::roleMissing
                             ? Texts::tr("%1 needs the app role %2 of %3.")
                             : Texts::tr("%1 needs the delegated permission (scope) %2 of %3 in Bookdesk.");
    const QStringList lines{
        need.arg(who, what, apiName(registrations)), whichRegistration(outcome.kind, registrations),
        howToChange(outcome.kind),
        Texts::tr("Refused call: %1, answer %2.").arg(visible(outcome.request), QString::number(outcome.status))};
    return lines.join(u'\n');
}

} // namespace bookdesk::books
