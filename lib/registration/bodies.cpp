#include "registration/bodies.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Registration)
};

JsonObject permissionScope(const Plan &plan, const QString &name)
{
    const ScopeTexts texts = scopeTexts(name);
    return {{u"id"_s, scopeId(plan, name)},
            {u"value"_s, name},
            {u"type"_s, u"User"_s},
            {u"isEnabled"_s, true},
            {u"adminConsentDisplayName"_s, texts.adminTitle},
            {u"adminConsentDescription"_s, texts.adminText},
            {u"userConsentDisplayName"_s, texts.userTitle},
            {u"userConsentDescription"_s, texts.userText}};
}

JsonObject appRole(const Plan &plan, Role role)
{
    const RoleTexts texts = roleTexts(role);
    return {{u"id"_s, roleId(plan, role)},   {u"value"_s, roleName(role)},
            {u"displayName"_s, texts.title}, {u"description"_s, texts.text},
            {u"isEnabled"_s, true},          {u"allowedMemberTypes"_s, JsonArray{u"User"_s}}};
}

} // namespace

ScopeTexts scopeTexts(const QString &name)
{
    if (name == "Books.Write"_L1)
        return {
            Texts::tr("Change books"),
            Texts::tr("Allows the app to change and delete books for the signed-in person, where a role allows it."),
            Texts::tr("Change books for you"),
            Texts::tr("Allows the app to change and delete books for you, where your role allows it.")};
    return {Texts::tr("Read books"), Texts::tr("Allows the app to read books for the signed-in person."),
            Texts::tr("Read books for you"), Texts::tr("Allows the app to read books for you.")};
}

RoleTexts roleTexts(Role role)
{
    if (role == Role::admin)
        return {Texts::tr("Books administrator"), Texts::tr("May read, change and delete books.")};
    return {Texts::tr("Books reader"), Texts::tr("May read books.")};
}

JsonArray appRoles(const Plan &plan)
{
    JsonArray roles;
    for (const Role role : allRoles)
        roles.emplace_back(appRole(plan, role));
    return roles;
}

JsonObject apiProperty(const Plan &plan)
{
    JsonArray scopes;
    for (const QString &name : scopeNames(plan))
        scopes.emplace_back(permissionScope(plan, name));
    return {{u"requestedAccessTokenVersion"_s, 2}, {u"oauth2PermissionScopes"_s, std::move(scopes)}};
}

JsonObject publicClient(const Plan &plan)
{
    const JsonObject redirects{{u"redirectUris"_s, JsonArray{redirectUriOf(plan)}}};
    return {{u"isFallbackPublicClient"_s, true}, {u"publicClient"_s, redirects}};
}

JsonObject apiApplication(const Plan &plan)
{
    JsonObject application{{u"displayName"_s, plan.apiName},
                           {u"signInAudience"_s, u"AzureADMyOrg"_s},
                           {u"api"_s, apiProperty(plan)},
                           {u"appRoles"_s, appRoles(plan)}};
    if (plan.isOneRegistration)
        application.append(publicClient(plan));
    return application;
}

JsonObject clientApplication(const Plan &plan)
{
    JsonObject application{{u"displayName"_s, plan.clientName}, {u"signInAudience"_s, u"AzureADMyOrg"_s}};
    application.append(publicClient(plan));
    return application;
}

} // namespace bookdesk::registration
