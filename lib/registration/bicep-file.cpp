// The same as a Bicep file. Source: Microsoft Graph Bicep v1.0, resource types applications, servicePrincipals,
// oauth2PermissionGrants, appRoleAssignedTo and users.
#include "registration/bodies.h"
#include "registration/meanings.h"
#include "registration/plan.h"
#include "registration/quoting.h"
#include "registration/scripts.h"
#include "registration/shell-steps.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(BicepFile)
};

Step begin(const Plan &plan)
{
    const QString text = uR"code(¦extension¦ 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'
¦targetScope¦ = 'subscription'
@description('The first time empty; every later time the output apiId of the first time.')
¦param¦ apiId string = ''
// §signIn§
// az deployment sub create --location westeurope --template-file §file§
// Every later time with apiId, or the Application ID URI is removed:
// az deployment sub create --location westeurope --template-file §file§ --parameters apiId=ID)code"_s;
    return {
        filled(text,
               {{u"file"_s, u"register-"_s + fileNameOf(plan) + u".bicep"_s}, {u"signIn"_s, signInCommand(plan)}}),
        Texts::tr("Uses the Microsoft Graph extension, which can also be named in bicepconfig.json. The file names no "
                  "tenant: sign in to it first. It is deployed twice, because the API's ID is part of its own "
                  "Application ID URI and is known only after the first time; every later time with apiId, too, "
                  "or the URI is removed. A subscription is needed, but nothing is created in it.")};
}

/// The scopes and roles as Bicep's objects, one property a line.
Code permissionScopes(const Plan &plan)
{
    Code code;
    for (const QString &name : scopeNames(plan)) {
        const ScopeTexts texts = scopeTexts(name);
        code = joined(code, filled(uR"code(      {
        id: §id§
        value: §value§
        type: 'User'
        isEnabled: true
        adminConsentDisplayName: §adminTitle§
        adminConsentDescription: §adminText§
        userConsentDisplayName: §userTitle§
        userConsentDescription: §userText§
      })code"_s,
                                   {{u"id"_s, bicepQuoted(scopeId(plan, name))},
                                    {u"value"_s, bicepQuoted(name)},
                                    {u"adminTitle"_s, bicepQuoted(texts.adminTitle)},
                                    {u"adminText"_s, bicepQuoted(texts.adminText)},
                                    {u"userTitle"_s, bicepQuoted(texts.userTitle)},
                                    {u"userText"_s, bicepQuoted(texts.userText)}}));
    }
    return code;
}

Code roles(const Plan &plan)
{
    Code code;
    for (const Role role : allRoles) {
        const RoleTexts texts = roleTexts(role);
        code = joined(code, filled(uR"code(    {
      id: §id§
      value: §value§
      displayName: §title§
      description: §text§
      isEnabled: true
      allowedMemberTypes: ['User']
    })code"_s,
                                   {{u"id"_s, bicepQuoted(roleId(plan, role))},
                                    {u"value"_s, bicepQuoted(roleName(role))},
                                    {u"title"_s, bicepQuoted(texts.title)},
                                    {u"text"_s, bicepQuoted(texts.text)}}));
    }
    return code;
}

Code publicClientLines(const Plan &plan)
{
    return filled(uR"code(  isFallbackPublicClient: true
  publicClient: {
    redirectUris: [§redirect§]
  })code"_s,
                  {{u"redirect"_s, bicepQuoted(redirectUriOf(plan))}});
}

/// The permissions of the client. @param api an expression for the API's ID.
Code accessLines(const Plan &plan, const QString &api, const QString &indent)
{
    Code code = filled(
        indent + u"{\n"_s + indent + u"  resourceAppId: "_s + api + u"\n"_s + indent + u"  resourceAccess: ["_s, {});
    for (const QString &name : scopeNames(plan))
        code = joined(
            code, filled(indent + u"    { id: §id§, type: 'Scope' }"_s, {{u"id"_s, bicepQuoted(scopeId(plan, name))}}));
    return joined(code, filled(indent + u"  ]\n"_s + indent + u"}"_s, {}));
}

Step api(const Plan &plan)
{
    Code code = filled(
        uR"code(¦resource¦ api 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: §unique§
  displayName: §name§
  signInAudience: 'AzureADMyOrg'
  identifierUris: empty(apiId) ? [] : ['api://${apiId}']
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [)code"_s,
        {{u"unique"_s, bicepQuoted(u"books-api-"_s + plan.ids.readScope)}, {u"name"_s, bicepQuoted(plan.apiName)}});
    code = joined(code, permissionScopes(plan));
    code = joined(code, filled(u"    ]\n  }\n  appRoles: ["_s, {}));
    code = joined(code, roles(plan));
    code = joined(code, filled(u"  ]"_s, {}));
    if (plan.isOneRegistration) {
        code = joined(code, publicClientLines(plan));
        code = joined(code, filled(u"  requiredResourceAccess: empty(apiId) ? [] : ["_s, {}));
        code = joined(code, accessLines(plan, u"apiId"_s, u"    "_s));
        code = joined(code, filled(u"  ]"_s, {}));
    }
    return {joined(code, filled(u"}"_s, {})),
            Texts::tr("The API's registration, for this tenant only: its scopes and roles, and access tokens of "
                      "version 2. Bicep knows it by its unique name, which stays.")};
}

Step client(const Plan &plan)
{
    Code code = filled(
        uR"code(¦resource¦ client 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: §unique§
  displayName: §name§
  signInAudience: 'AzureADMyOrg')code"_s,
        {{u"unique"_s, bicepQuoted(u"bookdesk-"_s + plan.ids.readScope)}, {u"name"_s, bicepQuoted(plan.clientName)}});
    code = joined(code, publicClientLines(plan));
    code = joined(code, filled(u"  requiredResourceAccess: ["_s, {}));
    code = joined(code, accessLines(plan, u"api.appId"_s, u"    "_s));
    return {joined(code, filled(u"  ]\n}"_s, {})),
            Texts::tr("Bookdesk's registration: Mobile and desktop, without a secret, any port. It may ask for the "
                      "API's scopes.")};
}

Step principals(const Plan &plan)
{
    const QString one = u"¦resource¦ apiSp 'Microsoft.Graph/servicePrincipals@v1.0' = {\n  appId: api.appId\n}"_s;
    const QString two =
        u"\n¦resource¦ clientSp 'Microsoft.Graph/servicePrincipals@v1.0' = {\n  appId: client.appId\n}"_s;
    return {filled(plan.isOneRegistration ? one : one + two, {}), principalsMeaning()};
}

Step consent(const Plan &plan)
{
    const QString text = uR"code(¦resource¦ consent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: %1.id
  consentType: 'AllPrincipals'
  resourceId: apiSp.id
  scope: §scopes§
})code"_s;
    return {filled(text.arg(plan.isOneRegistration ? u"apiSp"_s : u"clientSp"_s),
                   {{u"scopes"_s, bicepQuoted(scopeNames(plan).join(u' '))}}),
            consentMeaning()};
}

/// Of the row with that number.
Code assignment(const Plan &plan, const Assignment &row, int number)
{
    const bool isPerson = row.kind == AssigneeKind::person;
    const QString found = isPerson ? uR"code(¦resource¦ person%1 'Microsoft.Graph/users@v1.0' existing = {
  userPrincipalName: §name§
})code"_s
                                   : u"@description(§name§)\n¦param¦ group%1 string"_s;
    const QString given = uR"code(
¦resource¦ assignment%1 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {
  appRoleId: §role§
  principalId: %2
  resourceId: apiSp.id
})code"_s;
    const QString principal = isPerson ? u"person%1.id"_s : u"group%1"_s;
    QString text = found + given;
    text.replace(u"%2"_s, principal).replace(u"%1"_s, QString::number(number));
    const QString name = isPerson ? row.name : Texts::tr("Object ID of the group “%1”").arg(row.name);
    return filled(text, {{u"name"_s, bicepQuoted(name)}, {u"role"_s, bicepQuoted(roleId(plan, row.role))}});
}

Step assign(const Plan &plan)
{
    Code code;
    int number = 0;
    for (const Assignment &row : plan.assignments)
        code = joined(code, assignment(plan, row, ++number));
    return {code, Texts::tr("Gives the roles, on the API's enterprise application. Bicep finds no group by its display "
                            "name, so the deployment asks for its object ID. Groups need Microsoft Entra ID P1.")};
}

Step outputs(const Plan &plan)
{
    const QString client = plan.isOneRegistration ? u"api"_s : u"client"_s;
    return {filled(u"¦output¦ apiId string = api.appId\n¦output¦ clientId string = %1.appId"_s.arg(client), {}),
            Texts::tr("The two IDs. Enter them under “Save connection file…”.")};
}

} // namespace

Script bicepFile(const Plan &plan)
{
    Script script{.fileName = u"register-"_s + fileNameOf(plan) + u".bicep"_s,
                  .runBy = Texts::tr("for Bicep 0.36 and later"),
                  .canBeRunTwice = true,
                  .runAgain = Texts::tr("Every time but the first with apiId: without it the Application ID URI is "
                                        "removed."),
                  .head = {},
                  .commentSign = u"//"_s,
                  .steps = {begin(plan), api(plan)}};
    if (!plan.isOneRegistration)
        script.steps.push_back(client(plan));
    script.steps.push_back(principals(plan));
    if (plan.consentsForEverybody)
        script.steps.push_back(consent(plan));
    if (!plan.assignments.empty())
        script.steps.push_back(assign(plan));
    script.steps.push_back(outputs(plan));
    return script;
}

} // namespace bookdesk::registration
