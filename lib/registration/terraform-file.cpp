// The same for Terraform. Source: the provider hashicorp/azuread 3, its documentation of each resource.
#include "registration/bodies.h"
#include "registration/meanings.h"
#include "registration/plan.h"
#include "registration/quoting.h"
#include "registration/scripts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TerraformFile)
};

/// The provider's name of the cloud that the plan's tenant is in.
QString cloudOf(const Plan &plan)
{
    if (plan.signInHost.endsWith(".us"_L1))
        return u"usgovernment"_s;
    return plan.signInHost.endsWith(".cn"_L1) ? u"china"_s : u"global"_s;
}

Step begin(const Plan &plan)
{
    const QString text = uR"code(¦terraform¦ {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
  }
}
¦provider¦ "azuread" {
  environment = §cloud§
  tenant_id   = §tenant§
})code"_s;
    return {
        filled(text, {{u"cloud"_s, terraformQuoted(cloudOf(plan))}, {u"tenant"_s, terraformQuoted(tenantName(plan))}}),
        Texts::tr("The provider and the tenant. It signs in as az is signed in, or as its documentation says.")};
}

Code permissionScopes(const Plan &plan)
{
    Code code;
    for (const QString &name : scopeNames(plan)) {
        const ScopeTexts texts = scopeTexts(name);
        code = joined(code, filled(uR"code(    oauth2_permission_scope {
      id                         = §id§
      value                      = §value§
      type                       = "User"
      enabled                    = true
      admin_consent_display_name = §adminTitle§
      admin_consent_description  = §adminText§
      user_consent_display_name  = §userTitle§
      user_consent_description   = §userText§
    })code"_s,
                                   {{u"id"_s, terraformQuoted(scopeId(plan, name))},
                                    {u"value"_s, terraformQuoted(name)},
                                    {u"adminTitle"_s, terraformQuoted(texts.adminTitle)},
                                    {u"adminText"_s, terraformQuoted(texts.adminText)},
                                    {u"userTitle"_s, terraformQuoted(texts.userTitle)},
                                    {u"userText"_s, terraformQuoted(texts.userText)}}));
    }
    return code;
}

Code roles(const Plan &plan)
{
    Code code;
    for (const Role role : allRoles) {
        const RoleTexts texts = roleTexts(role);
        code = joined(code, filled(uR"code(  app_role {
    id                   = §id§
    value                = §value§
    display_name         = §title§
    description          = §text§
    enabled              = true
    allowed_member_types = ["User"]
  })code"_s,
                                   {{u"id"_s, terraformQuoted(roleId(plan, role))},
                                    {u"value"_s, terraformQuoted(roleName(role))},
                                    {u"title"_s, terraformQuoted(texts.title)},
                                    {u"text"_s, terraformQuoted(texts.text)}}));
    }
    return code;
}

Code publicClientLines(const Plan &plan)
{
    return filled(uR"code(  fallback_public_client_enabled = true
  public_client {
    redirect_uris = [§redirect§]
  })code"_s,
                  {{u"redirect"_s, terraformQuoted(redirectUriOf(plan))}});
}

Step api(const Plan &plan)
{
    Code code = filled(uR"code(¦resource¦ "azuread_application" "api" {
  display_name            = §name§
  prevent_duplicate_names = true
  sign_in_audience        = "AzureADMyOrg"
  api {
    requested_access_token_version = 2)code"_s,
                       {{u"name"_s, terraformQuoted(plan.apiName)}});
    code = joined(code, permissionScopes(plan));
    code = joined(code, filled(u"  }"_s, {}));
    code = joined(code, roles(plan));
    if (plan.isOneRegistration)
        code = joined(code, publicClientLines(plan));
    code = joined(code, filled(uR"code(  lifecycle {
    ignore_changes = [identifier_uris, required_resource_access]
  }
}
¦resource¦ "azuread_application_identifier_uri" "api" {
  application_id = azuread_application.api.id
  identifier_uri = "api://${azuread_application.api.client_id}"
})code"_s,
                               {}));
    return {code, Texts::tr("The API's registration, for this tenant only: its scopes and roles, access tokens of "
                            "version 2, and its Application ID URI, which needs the ID. Stops where one of this name "
                            "exists that Terraform does not manage.")};
}

Step client(const Plan &plan)
{
    Code code = filled(uR"code(¦resource¦ "azuread_application" "client" {
  display_name                   = §name§
  prevent_duplicate_names        = true
  sign_in_audience               = "AzureADMyOrg")code"_s,
                       {{u"name"_s, terraformQuoted(plan.clientName)}});
    code = joined(code, publicClientLines(plan));
    code = joined(code, filled(u"  lifecycle {\n    ignore_changes = [required_resource_access]\n  }\n}"_s, {}));
    return {code, Texts::tr("Bookdesk's registration: Mobile and desktop, without a secret, any port.")};
}

/// The resource that stands for Bookdesk's registration.
QString clientName(const Plan &plan) { return plan.isOneRegistration ? u"api"_s : u"client"_s; }

Step askForScopes(const Plan &plan)
{
    QStringList ids;
    Values values;
    for (const QString &name : scopeNames(plan)) {
        ids += u"§%1§"_s.arg(name);
        values.insert(name, terraformQuoted(scopeId(plan, name)));
    }
    const QString text = uR"code(¦resource¦ "azuread_application_api_access" "client" {
  application_id = azuread_application.%1.id
  api_client_id  = azuread_application.api.client_id
  scope_ids      = [)code"_s.arg(clientName(plan)) +
                         ids.join(u", "_s) + u"]\n}"_s;
    return {filled(text, values), Texts::tr("Lets Bookdesk ask for the API's scopes.")};
}

Step principals(const Plan &plan)
{
    const QString one = u"¦resource¦ \"azuread_service_principal\" \"api\" {\n"
                        "  client_id = azuread_application.api.client_id\n}"_s;
    const QString two = u"\n¦resource¦ \"azuread_service_principal\" \"client\" {\n"
                        "  client_id = azuread_application.client.client_id\n}"_s;
    return {filled(plan.isOneRegistration ? one : one + two, {}), principalsMeaning()};
}

Step consent(const Plan &plan)
{
    QStringList names;
    for (const QString &name : scopeNames(plan))
        names += terraformQuoted(name);
    const QString text = uR"code(¦resource¦ "azuread_service_principal_delegated_permission_grant" "everybody" {
  service_principal_object_id          = azuread_service_principal.%1.object_id
  resource_service_principal_object_id = azuread_service_principal.api.object_id
  claim_values                         = [§scopes§]
})code"_s.arg(clientName(plan));
    return {filled(text, {{u"scopes"_s, names.join(u", "_s)}}), consentMeaning()};
}

/// Of the row with that number.
Code assignment(const Plan &plan, const Assignment &row, int number)
{
    const bool isPerson = row.kind == AssigneeKind::person;
    const QString found = isPerson ? uR"code(¦data¦ "azuread_user" "person%1" {
  user_principal_name = §name§
})code"_s
                                   : uR"code(¦data¦ "azuread_group" "group%1" {
  display_name     = §name§
  security_enabled = true
})code"_s;
    const QString given = uR"code(
¦resource¦ "azuread_app_role_assignment" "assignment%1" {
  app_role_id         = §role§
  principal_object_id = data.%2.object_id
  resource_object_id  = azuread_service_principal.api.object_id
})code"_s;
    const QString principal = isPerson ? u"azuread_user.person%1"_s : u"azuread_group.group%1"_s;
    QString text = found + given;
    text.replace(u"%2"_s, principal).replace(u"%1"_s, QString::number(number));
    return filled(text, {{u"name"_s, terraformQuoted(row.name)}, {u"role"_s, terraformQuoted(roleId(plan, row.role))}});
}

Step assign(const Plan &plan)
{
    Code code;
    int number = 0;
    for (const Assignment &row : plan.assignments)
        code = joined(code, assignment(plan, row, ++number));
    return {code, rolesMeaning()};
}

Step outputs(const Plan &plan)
{
    const QString text = uR"code(¦output¦ "api_id" {
  value = azuread_application.api.client_id
}
¦output¦ "client_id" {
  value = azuread_application.%1.client_id
})code"_s.arg(clientName(plan));
    return {filled(text, {}), Texts::tr("The two IDs. Enter them under “Save connection file…”.")};
}

} // namespace

Script terraformFile(const Plan &plan)
{
    Script script{.fileName = u"register-"_s + fileNameOf(plan) + u".tf"_s,
                  .runBy = Texts::tr("for Terraform 1.5 and later"),
                  .canBeRunTwice = true,
                  .head = {},
                  .commentSign = u"#"_s,
                  .steps = {begin(plan), api(plan)}};
    if (!plan.isOneRegistration)
        script.steps.push_back(client(plan));
    script.steps.push_back(askForScopes(plan));
    script.steps.push_back(principals(plan));
    if (plan.consentsForEverybody)
        script.steps.push_back(consent(plan));
    if (!plan.assignments.empty())
        script.steps.push_back(assign(plan));
    script.steps.push_back(outputs(plan));
    return script;
}

} // namespace bookdesk::registration
