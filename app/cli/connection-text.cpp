#include "cli/connection-text.h"

#include "cli/errors.h"
#include "cli/stored-connections.h"
#include "core/address-text.h"
#include "core/text-cells.h"
#include "core/text.h"
#include "net/trusted-url.h"
#include "workspace/accepted-connections.h"
#include "workspace/connection-store.h"

#include <QCoreApplication>
#include <QLocale>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionText)
};

QString lineOf(const QString &name, const QString &value)
{
    constexpr qsizetype width = 14;
    return padded(name + u':', width) + visible(value) + u'\n';
}

Error notStored(const QString &name)
{
    QStringList names;
    for (const identity::Connection &stored :
         workspace::ConnectionStore(workspace::connectionsFolder()).load().connections)
        names += Texts::tr("\"%1\"", "a connection").arg(visible(stored.name));
    const QString message = Texts::tr("No connection named \"%1\" is stored.").arg(visible(name));
    return {errors::usage, message,
            names.isEmpty() ? Texts::tr("Run bookdesk-cli connection add FILE to add one.")
                            : Texts::tr("These are: %1").arg(QLocale().createSeparatedList(names))};
}

} // namespace

QString connectionText(const identity::Connection &connection)
{
    QString text = lineOf(Texts::tr("Connection"), connection.name) +
                   lineOf(Texts::tr("Authority"), addressText(connection.authority)) +
                   lineOf(Texts::tr("Client ID"), connection.clientId) +
                   lineOf(Texts::tr("Scopes"), connection.scopes.join(u' ')) +
                   lineOf(Texts::tr("API host"), hostText(connection.apiBaseUrl)) +
                   lineOf(Texts::tr("API address"), addressText(connection.apiBaseUrl));
    QStringList certificates = net::certificateLines(connection.authorities);
    if (certificates.isEmpty())
        certificates += Texts::tr("none: the system's certificates only");
    for (const QString &line : std::as_const(certificates))
        text += lineOf(Texts::tr("Private CA"), line);
    return text;
}

JsonObject connectionJson(const identity::Connection &connection)
{
    JsonArray scopes;
    for (const QString &scope : connection.scopes)
        scopes.emplace_back(scope);
    return {{u"id"_s, connection.id.isEmpty() ? Json() : Json(connection.id)},
            {u"name"_s, connection.name},
            {u"provider"_s, connection.provider.id},
            {u"authority"_s, connection.authority.toString(QUrl::FullyEncoded)},
            {u"clientId"_s, connection.clientId},
            {u"scopes"_s, std::move(scopes)},
            {u"apiBaseUrl"_s, connection.apiBaseUrl.toString(QUrl::FullyEncoded)},
            {u"audience"_s, connection.audience}};
}

Result<identity::Connection> storedConnection(const QString &name)
{
    std::optional<identity::Connection> found = connectionNamed(name);
    if (!found)
        found = connectionWithId(name);
    if (!found)
        return failure(notStored(name));
    return *std::move(found);
}

} // namespace bookdesk::cli
