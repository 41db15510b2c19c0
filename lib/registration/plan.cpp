#include "registration/plan.h"

#include "core/json.h"
#include "core/text.h"
#include "identity/connection-members.h"
#include "identity/scope-resource.h"
#include "jose/issuer.h"
#include "registration/errors.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Plan)
};

/// A display name in Entra may have 120, a connection's name 100.
constexpr int longestName = 100;
constexpr int longestGroup = 256;
constexpr int mostAssignments = 50;

/// Longer ones and those in the Unicode of a browser's address bar would not be what Entra compares.
bool isDomainName(const QString &text)
{
    static const QRegularExpression labels(
        u"\\A(?=.{4,253}\\z)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\\z"_s);
    return labels.match(text).hasMatch();
}

/// Of the characters that Entra allows (userPrincipalName: letters, digits and ' . - _ ! # ^ ~).
bool isUserName(const QString &text)
{
    static const QRegularExpression local(u"\\A[A-Za-z0-9_][A-Za-z0-9'._!#^~-]{0,127}\\z"_s);
    const qsizetype at = text.lastIndexOf(u'@');
    return at > 0 && local.match(text.first(at)).hasMatch() && isDomainName(text.sliced(at + 1));
}

QString problemOfTenant(const QString &tenant)
{
    static const QStringList many{u"common"_s, u"organizations"_s, u"consumers"_s};
    if (tenant.isEmpty())
        return Texts::tr("Enter the tenant's ID or one of its domain names, such as contoso.com.");
    if (many.contains(tenant, Qt::CaseInsensitive))
        return Texts::tr("“%1” stands for many tenants. Enter the one to register in.").arg(tenant);
    if (!jose::isGuid(tenant) && !isDomainName(tenant))
        return Texts::tr("This is neither a tenant's ID nor a domain name. Enter one such as contoso.com.");
    return {};
}

QString problemOfName(const QString &name, int longest)
{
    if (name.isEmpty())
        return Texts::tr("Enter a name.");
    if (name.size() > longest)
        return Texts::tr("The name is longer than %n characters.", nullptr, longest);
    if (visible(name) != name || name != name.trimmed())
        return Texts::tr(
            "The name has blanks around it, line breaks, or characters that cannot be seen. Type it again.");
    if (name.startsWith(u'-') || name.startsWith(u'@'))
        return Texts::tr("The name begins with “%1”, which az takes for an option or a file. Enter another one.")
            .arg(name.front());
    return {};
}

QString problemOfAddress(const QString &address)
{
    if (address.isEmpty())
        return Texts::tr("Enter the address of the API, such as https://books.contoso.com.");
    if (const Result<QUrl> url = identity::readApiBaseUrl(address); !url)
        return Texts::tr("This is no address that Bookdesk can call. Enter one such as https://books.contoso.com, "
                         "without /api/v1; http is for this computer only.");
    return {};
}

QString problemOfAssignee(const Assignment &assignment)
{
    if (assignment.kind == AssigneeKind::group)
        return assignment.name.isEmpty() ? Texts::tr("Enter the name of a group.")
                                         : problemOfName(assignment.name, longestGroup);
    if (assignment.name.isEmpty())
        return Texts::tr("Enter the user name of a person, such as ada@contoso.com.");
    if (!isUserName(assignment.name))
        return Texts::tr("This is no user name. Enter one such as ada@contoso.com; a name without “@” is a group.");
    return {};
}

std::vector<Problem> problemsOfAssignments(const std::vector<Assignment> &assignments)
{
    std::vector<Problem> problems;
    if (assignments.size() > mostAssignments)
        problems.push_back(
            {Field::assignments,
             Texts::tr("More than %n people and groups: put them into one group.", nullptr, mostAssignments),
             mostAssignments});
    for (std::size_t row = 0; row < assignments.size(); ++row) {
        const auto end = assignments.begin() + static_cast<std::ptrdiff_t>(row);
        QString sentence = problemOfAssignee(assignments[row]);
        if (sentence.isEmpty() && std::find(assignments.begin(), end, assignments[row]) != end)
            sentence = Texts::tr("This row is there twice. Remove one.");
        if (!sentence.isEmpty())
            problems.push_back({Field::assignments, sentence, static_cast<int>(row)});
    }
    return problems;
}

/// @param sentence where it is none.
Result<QString> checkedId(const QString &text, const QString &sentence)
{
    const QString id = text.trimmed().toLower();
    if (!jose::isGuid(id))
        return failure(errors::idInvalid, sentence,
                       Texts::tr("Copy the Application (client) ID from the registration's overview. It looks like "
                                 "11111111-2222-3333-4444-555555555555."),
                       {{facts::got, shortened(visible(text), longestName)}});
    return id;
}

} // namespace

Ids newIds()
{
    const auto random = [] { return QUuid::createUuid().toString(QUuid::WithoutBraces); };
    return {random(), random(), random(), random()};
}

Plan planFor(const std::optional<identity::Connection> &connection)
{
    Plan plan;
    plan.ids = newIds();
    if (!connection || connection->isSandbox)
        return plan;
    plan.apiName = connection->name;
    plan.apiAddress = connection->apiBaseUrl.toString(QUrl::FullyEncoded);
    const QString host = connection->authority.host(QUrl::FullyEncoded);
    if (!identity::isMicrosoftsHost(host))
        return plan;
    plan.signInHost = host;
    plan.tenant = connection->authority.path().sliced(1);
    plan.hasWriteScope = std::ranges::any_of(
        connection->scopes, [](const QString &scope) { return scope.section(u'/', -1) == "Books.Write"_L1; });
    plan.isOneRegistration = !connection->clientId.isEmpty() && connection->clientId == connection->audience;
    return plan;
}

std::vector<Problem> problemsOf(const Plan &plan)
{
    std::vector<Problem> problems;
    const auto add = [&problems](Field field, const QString &sentence) {
        if (!sentence.isEmpty())
            problems.push_back({field, sentence});
    };
    add(Field::tenant, problemOfTenant(plan.tenant));
    add(Field::apiName, problemOfName(plan.apiName, longestName));
    add(Field::apiAddress, problemOfAddress(plan.apiAddress));
    if (!plan.isOneRegistration) {
        const bool isSame = plan.clientName.compare(plan.apiName, Qt::CaseInsensitive) == 0;
        add(Field::clientName, isSame ? Texts::tr("Both registrations have the same name. Enter another one, or choose "
                                                  "one registration for both.")
                                      : problemOfName(plan.clientName, longestName));
    }
    std::ranges::copy(problemsOfAssignments(plan.assignments), std::back_inserter(problems));
    return problems;
}

QStringList scopeNames(const Plan &plan)
{
    QStringList names{u"Books.Read"_s};
    if (plan.hasWriteScope)
        names += u"Books.Write"_s;
    return names;
}

QString scopeId(const Plan &plan, const QString &name)
{
    return name == "Books.Write"_L1 ? plan.ids.writeScope : plan.ids.readScope;
}

QString roleName(Role role) { return role == Role::admin ? u"Books.Admin"_s : u"Books.Reader"_s; }

QString roleId(const Plan &plan, Role role) { return role == Role::admin ? plan.ids.adminRole : plan.ids.readerRole; }

QString tenantName(const Plan &plan) { return (plan.tenantId.isEmpty() ? plan.tenant : plan.tenantId).toLower(); }

QUrl authorityOf(const Plan &plan)
{
    QUrl url;
    url.setScheme(u"https"_s);
    url.setHost(plan.signInHost);
    url.setPath(u'/' + tenantName(plan));
    return url;
}

QString redirectUriOf(const Plan &plan)
{
    const Result<identity::Provider> entra = identity::findProvider(u"entra"_s);
    if (!entra)
        return u"http://localhost"_s;
    const identity::LoopbackRedirect redirect = entra->redirectOf(authorityOf(plan));
    const QString path = redirect.path == "/"_L1 ? QString() : redirect.path;
    return u"http://"_s + redirect.host + path;
}

QString fileNameOf(const Plan &plan)
{
    static const QRegularExpression others(u"[^a-z0-9]+"_s);
    static const QRegularExpression ends(u"\\A-+|(?:-api)?-*\\z"_s);
    const QString name = plan.apiName.toLower().replace(others, u"-"_s).remove(ends).left(60);
    return name.isEmpty() ? u"api"_s : name;
}

bool isApplicationId(const QString &text) { return jose::isGuid(text.trimmed().toLower()); }

QByteArray connectionText(const Plan &plan, const ApplicationIds &ids)
{
    JsonArray scopes;
    // An app must not ask for a token for itself by its Application ID URI (AADSTS90009).
    const QString prefix = plan.isOneRegistration ? QString() : u"api://"_s;
    for (const QString &name : scopeNames(plan))
        scopes.emplace_back(prefix + ids.api + u'/' + name);
    const JsonObject object{{u"name"_s, plan.apiName},
                            {u"provider"_s, u"entra"_s},
                            {u"authority"_s, authorityOf(plan).toString(QUrl::FullyEncoded)},
                            {u"clientId"_s, ids.client},
                            {u"scopes"_s, std::move(scopes)},
                            {u"apiBaseUrl"_s, plan.apiAddress},
                            {u"audience"_s, ids.api}};
    return toPrettyJson(object) + '\n';
}

Result<identity::Connection> connectionOf(const Plan &plan, const ApplicationIds &ids)
{
    const Result<QString> api = checkedId(ids.api, Texts::tr("The API's ID is no application ID."));
    const Result<QString> client =
        plan.isOneRegistration ? api : checkedId(ids.client, Texts::tr("Bookdesk's ID is no application ID."));
    if (!api)
        return failure(api.error());
    if (!client)
        return failure(client.error());
    return identity::readConnection(connectionText(plan, {*api, *client}));
}

Result<identity::Connection> tenantConnection(const Plan &plan)
{
    Plan tenantAlone;
    tenantAlone.tenant = plan.tenant;
    tenantAlone.signInHost = plan.signInHost;
    tenantAlone.apiName = u"Bookdesk"_s;
    tenantAlone.apiAddress = u"https://localhost"_s;
    const QString nobody = u"00000000-0000-0000-0000-000000000001"_s;
    return identity::readConnection(connectionText(tenantAlone, {nobody, nobody}));
}

} // namespace bookdesk::registration
