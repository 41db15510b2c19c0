#include "registration/bodies.h"
#include "registration/meanings.h"
#include "registration/plan.h"
#include "registration/script.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PortalSteps)
};

PortalStep signIn(const Plan &plan)
{
    const QString portal = plan.signInHost.endsWith(".us"_L1)   ? u"https://entra.microsoft.us"_s
                           : plan.signInHost.endsWith(".cn"_L1) ? u"https://entra.microsoftonline.cn"_s
                                                                : u"https://entra.microsoft.com"_s;
    return {
        Texts::tr("Microsoft Entra admin center"),
        {{Texts::tr("Address"), portal + u'/' + tenantName(plan)}},
        Texts::tr("Sign in as an Application Administrator of this tenant, and look at its name at the top right.")};
}

PortalStep newApi(const Plan &plan)
{
    return {Texts::tr("App registrations › New registration"),
            {{Texts::tr("Name"), plan.apiName},
             {Texts::tr("Supported account types"), Texts::tr("Accounts in this organizational directory only")}},
            Texts::tr("The API's registration, for this tenant only. Leave the redirect URI empty. Keep the "
                      "Application (client) ID from its overview: the connection file needs it.")};
}

PortalStep nameApi()
{
    return {Texts::tr("The API › Expose an API › Application ID URI › Add"),
            {{Texts::tr("Application ID URI"), u"api://API_CLIENT_ID"_s}},
            Texts::tr("Keep what the portal proposes: api:// and the API's own ID.")};
}

PortalStep addScope(const QString &name)
{
    const ScopeTexts texts = scopeTexts(name);
    return {Texts::tr("The API › Expose an API › Add a scope"),
            {{Texts::tr("Scope name"), name},
             {Texts::tr("Who can consent?"), Texts::tr("Admins and users")},
             {Texts::tr("Admin consent display name"), texts.adminTitle},
             {Texts::tr("Admin consent description"), texts.adminText},
             {Texts::tr("User consent display name"), texts.userTitle},
             {Texts::tr("User consent description"), texts.userText},
             {Texts::tr("State"), Texts::tr("Enabled")}},
            Texts::tr("What apps can ask for. The portal makes up its ID, which stays.")};
}

PortalStep addRole(Role role)
{
    const RoleTexts texts = roleTexts(role);
    return {Texts::tr("The API › App roles › Create app role"),
            {{Texts::tr("Display name"), texts.title},
             {Texts::tr("Allowed member types"), Texts::tr("Users/Groups")},
             {Texts::tr("Value"), roleName(role)},
             {Texts::tr("Description"), texts.text}},
            Texts::tr("What people and groups can be. Roles belong on the API's registration, not on Bookdesk's.")};
}

PortalStep editManifest(const Plan &plan)
{
    std::vector<PortalValue> values{{u"api.requestedAccessTokenVersion"_s, u"2"_s}};
    for (const QString &name : scopeNames(plan))
        values.push_back({u"id · "_s + name, scopeId(plan, name)});
    for (const Role role : allRoles)
        values.push_back({u"id · "_s + roleName(role), roleId(plan, role)});
    return {
        Texts::tr("The API › Manifest › Microsoft Graph App Manifest"), values,
        Texts::tr("Asks for access tokens of version 2, which are the ones that the API accepts. Leave the "
                  "IDs as they are: those of the portal's scopes and roles are others than these, which the other "
                  "tabs use, and a scope that is enabled cannot get another one. Choose one way and stay with it.")};
}

PortalStep newClient(const Plan &plan)
{
    return {Texts::tr("App registrations › New registration"),
            {{Texts::tr("Name"), plan.clientName},
             {Texts::tr("Supported account types"), Texts::tr("Accounts in this organizational directory only")}},
            Texts::tr("Bookdesk's registration. Leave the redirect URI empty here, and keep its Application (client) "
                      "ID, too.")};
}

PortalStep addPlatform(const Plan &plan, const QString &registration)
{
    return {Texts::tr("%1 › Authentication › Add a platform › Mobile and desktop applications").arg(registration),
            {{Texts::tr("Custom redirect URIs"), redirectUriOf(plan)},
             {Texts::tr("Allow public client flows"), Texts::tr("Yes")}},
            Texts::tr("Where the browser returns to, with any port. Neither Web nor Single-page application, and no "
                      "secret.")};
}

PortalStep addPermissions(const Plan &plan, const QString &registration)
{
    std::vector<PortalValue> values{{u"API"_s, plan.apiName}};
    for (const QString &name : scopeNames(plan))
        values.push_back({Texts::tr("Delegated permission"), name});
    return {Texts::tr("%1 › API permissions › Add a permission › My APIs").arg(registration), values,
            Texts::tr("Lets Bookdesk ask for the API's scopes.")};
}

PortalStep grantConsent(const QString &registration)
{
    return {Texts::tr("%1 › API permissions › Grant admin consent").arg(registration),
            {{Texts::tr("Grant admin consent"), Texts::tr("Yes")}},
            consentMeaning()};
}

PortalStep assignRoles(const Plan &plan)
{
    std::vector<PortalValue> values;
    for (const Assignment &row : plan.assignments)
        values.push_back({roleName(row.role), row.name});
    return {
        Texts::tr("Enterprise applications › the API › Users and groups › Add user/group"), values,
        Texts::tr("Gives the roles. Groups need Microsoft Entra ID P1; members of groups within a group get none.")};
}

} // namespace

std::vector<PortalStep> portalSteps(const Plan &plan)
{
    const QString client = plan.isOneRegistration ? Texts::tr("The API") : Texts::tr("Bookdesk");
    std::vector<PortalStep> steps{signIn(plan), newApi(plan), nameApi()};
    for (const QString &name : scopeNames(plan))
        steps.push_back(addScope(name));
    for (const Role role : allRoles)
        steps.push_back(addRole(role));
    steps.push_back(editManifest(plan));
    if (!plan.isOneRegistration)
        steps.push_back(newClient(plan));
    steps.push_back(addPlatform(plan, client));
    steps.push_back(addPermissions(plan, client));
    if (plan.consentsForEverybody)
        steps.push_back(grantConsent(client));
    if (!plan.assignments.empty())
        steps.push_back(assignRoles(plan));
    return steps;
}

} // namespace bookdesk::registration
