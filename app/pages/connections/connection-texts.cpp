#include "pages/connections/connection-texts.h"

#include "core/address-text.h"
#include "core/isolation.h"
#include "core/text.h"
#include "net/trusted-url.h"
#include "pages/connections/check-rows.h"
#include "pages/connections/written-connection.h"
#include "widgets/bars.h"
#include "workspace/workspace.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::KeyValue;
using widgets::Look;
using workspace::CheckState;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionTexts)
};

void fillTest(ConnectionRow &row, const ConnectionTests::Outcome &test)
{
    if (!test.ended) {
        const CheckLook look = lookOf(CheckState::running);
        row.testIcon = look.icon;
        row.testInk = look.ink;
        row.test = Texts::tr("being tested");
        return;
    }
    const CheckState worst = workspace::worstOf(test.findings);
    const CheckLook look = lookOf(worst);
    row.testIcon = look.icon;
    row.testInk = look.ink;
    switch (worst) {
    case CheckState::passed:
        row.test = workspace::stateWord(worst);
        row.testNote = Texts::tr("at %1").arg(widgets::timeOfDay(*test.ended));
        return;
    case CheckState::warning:
        row.test = workspace::stateWord(CheckState::passed);
        row.testNote = workspace::summaryOf(test.findings);
        return;
    case CheckState::failed:
        row.test = workspace::stateWord(worst);
        row.testNote = workspace::summaryOf(test.findings);
        return;
    default:
        row.test = Texts::tr("cancelled");
    }
}

QString stateOf(const workspace::Desk &desk, bool isPersonThere)
{
    if (desk.isResuming())
        return Texts::tr("signing in");
    if (desk.needsPerson())
        return Texts::tr("sign in again");
    return isPersonThere ? Texts::tr("signed in") : Texts::tr("kept from before");
}

} // namespace

bool isUnknownYet(const identity::Connection &connection) { return connection.authority.isEmpty(); }

bool isBuiltIn(const identity::Connection &connection) { return connection.isSandbox || isUnknownYet(connection); }

ConnectionRow connectionRow(const identity::Connection &connection, const QString &used,
                            const ConnectionTests::Outcome *test)
{
    ConnectionRow row;
    row.id = connection.id;
    row.name = isolated(connection.name);
    row.host =
        isUnknownYet(connection) ? Texts::tr("not running") : shortened(hostAndPortText(connection.apiBaseUrl), 160);
    if (isBuiltIn(connection))
        row.chips.push_back({widgets::Kind::accent, Texts::tr("built in"), {}});
    else if (!connection.provider.hasSignIn)
        row.chips.push_back({widgets::Kind::neutral, Texts::tr("paste only"), {}});
    row.provider = !isBuiltIn(connection) ? connection.provider.name : Texts::tr("Entra-like");
    row.used = used;
    row.testIcon = u"dash"_s;
    row.test = Texts::tr("not tested");
    if (test)
        fillTest(row, *test);
    return row;
}

std::vector<KeyValue> connectionFacts(const identity::Connection &connection)
{
    if (isUnknownYet(connection))
        return {};
    const WrittenConnection written = writtenForm(connection);
    std::vector<KeyValue> rows{{Texts::tr("Provider"), connection.provider.name, Look::body}};
    if (written.cloud.isEmpty())
        rows.push_back({Texts::tr("Authority"), addressText(connection.authority), Look::mono});
    else
        rows.push_back({Texts::tr("Tenant"), written.tenant, Look::mono});
    if (!written.cloud.isEmpty() && written.cloud != cloudsOf(connection.provider).front())
        rows.push_back({Texts::tr("Cloud"), written.cloud, Look::mono});
    if (!connection.clientId.isEmpty())
        rows.push_back({Texts::tr("Client ID"), connection.clientId, Look::mono});
    rows.push_back({Texts::tr("API"), addressText(connection.apiBaseUrl), Look::mono});
    rows.push_back({Texts::tr("Audience"), connection.audience, Look::mono});
    if (const QStringList scopes = shortScopes(connection); !scopes.isEmpty())
        rows.push_back({Texts::tr("Scopes"), scopes.join(u", "_s), Look::body});
    if (connection.provider.hasSignIn)
        rows.push_back({Texts::tr("Redirect"), redirectUris(connection).join(u'\n'), Look::mono});
    if (!connection.authorities.isEmpty())
        rows.push_back(
            {Texts::tr("Private CA"), net::certificateLines(connection.authorities).join(u'\n'), Look::mono});
    return rows;
}

QStringList redirectUris(const identity::Connection &connection)
{
    const identity::LoopbackRedirect &redirect = connection.redirect;
    QStringList uris;
    for (const quint16 port : redirect.ports)
        uris += redirect.uri(port);
    if (uris.isEmpty())
        uris += u"http://"_s + redirect.host + (redirect.path == u'/' ? QString() : redirect.path);
    return uris;
}

QStringList accountLines(workspace::Workspace &workspace, const QString &id)
{
    QStringList lines;
    for (workspace::Desk *desk : workspace.desks().opened()) {
        if (desk->connection().id != id || !desk->account())
            continue;
        const bool isPersonThere = desk->session().current().has_value();
        //: An account and its state: "Riley Reader, signed in"
        lines += Texts::tr("%1, %2").arg(isolated(desk->account()->displayName()), stateOf(*desk, isPersonThere));
    }
    return lines;
}

bool hasPerson(workspace::Workspace &workspace, const QString &id)
{
    return std::ranges::any_of(workspace.desks().opened(), [&id](workspace::Desk *desk) {
        return desk->connection().id == id && desk->session().current();
    });
}

} // namespace bookdesk::pages
