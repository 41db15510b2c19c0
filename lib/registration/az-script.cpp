// The script of az commands: each step looks at what is there before it changes anything, so that it can be run again.
#include "core/json.h"
#include "registration/bodies.h"
#include "registration/meanings.h"
#include "registration/plan.h"
#include "registration/quoting.h"
#include "registration/scripts.h"
#include "registration/shell-steps.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AzScript)
};

QString nameFilter(const QString &name) { return shellQuoted(u"displayName eq "_s + odataQuoted(name)); }

Step functions()
{
    const QString text = uR"code(find_app() {
  apps=$(¦az ad app list¦ --filter "$1" --query '[].appId' -o tsv) || exit 1
  test "$(printf '%s' "$apps" | wc -w)" -lt 2 || stop "Several registrations have this name: $apps"
  printf '%s' "$apps"
}
ensure_sp() {
  sp=$(¦az ad sp list¦ --filter "appId eq '$1'" --query '[].id' -o tsv) || exit 1
  test -n "$sp" || sp=$(again ¦az ad sp create¦ --id "$1" --query id -o tsv) || exit 1
  printf '%s' "$sp"
})code"_s;
    return {filled(text, {}),
            Texts::tr("“find_app” finds the one registration with a name; “ensure_sp” makes a registration appear "
                      "under Enterprise applications.")};
}

Step findApi(const Plan &plan)
{
    const QString text = uR"code(api=$(find_app §filter§)
test -n "$api" || api=$(¦az ad app create¦ --query appId -o tsv \
  --display-name §name§ \
  --sign-in-audience AzureADMyOrg)
others=$(again ¦az rest¦ --method get --uri "$graph/applications(appId='$api')" \
  --query "[api.oauth2PermissionScopes, appRoles][] | [?id!='§read§'%1 && id!='§reader§' && id!='§admin§'].value" \
  -o tsv)
test -z "$others" || stop "This registration has scopes or roles that would be lost; include them, or choose another name: $others")code"_s;
    // Graph removes no scope that is enabled, so one that is not wanted any more must not be there.
    const QString write = plan.hasWriteScope ? u" && id!='§write§'"_s : QString();
    return {filled(text.arg(write), {{u"filter"_s, nameFilter(plan.apiName)},
                                     {u"name"_s, shellQuoted(plan.apiName)},
                                     {u"read"_s, plan.ids.readScope},
                                     {u"write"_s, plan.ids.writeScope},
                                     {u"reader"_s, plan.ids.readerRole},
                                     {u"admin"_s, plan.ids.adminRole}}),
            Texts::tr("The API's registration, for this tenant only. If one of this name exists, it is used, unless it "
                      "has scopes or roles other than the ones below, which would be lost.")};
}

Step nameApi(const Plan &plan)
{
    const QString text = uR"code(again ¦az ad app show¦ --id "$api" --query 'identifierUris[]' -o tsv |
  grep -qxF "api://$api" || {
  body=$(¦az ad app show¦ --id "$api" -o json --query "{identifierUris: [identifierUris, ['api://$api']][]}")
  ¦az rest¦ --method patch --uri "$graph/applications(appId='$api')" \
    --headers 'Content-Type=application/json' --body "$body"
}
¦az ad app update¦ --id "$api" --app-roles §roles§)code"_s;
    return {filled(text, {{u"roles"_s, shellQuoted(QString::fromUtf8(toPrettyJson(appRoles(plan))))}}),
            Texts::tr("Gives the API its Application ID URI, beside those that it has, and adds the roles Books.Reader "
                      "and Books.Admin for "
                      "people and groups.")};
}

Step addScopes(const Plan &plan)
{
    const QString text = uR"code(¦az rest¦ --method patch --uri "$graph/applications(appId='$api')" \
  --headers 'Content-Type=application/json' --body §body§)code"_s;
    const JsonObject body{{u"api"_s, apiProperty(plan)}};
    return {filled(text, {{u"body"_s, shellQuoted(QString::fromUtf8(toPrettyJson(body)))}}),
            Texts::tr("Adds the scopes that apps can ask for, and asks for access tokens of version 2, which are the "
                      "ones that the API accepts.")};
}

Step findClient(const Plan &plan)
{
    if (plan.isOneRegistration)
        return {filled(u"client=$api"_s, {}), Texts::tr("Bookdesk uses the same registration.")};
    const QString text = uR"code(client=$(find_app §filter§)
test -n "$client" || client=$(¦az ad app create¦ --query appId -o tsv \
  --display-name §name§ \
  --sign-in-audience AzureADMyOrg \
  --is-fallback-public-client true \
  --public-client-redirect-uris §redirect§))code"_s;
    return {filled(text, {{u"filter"_s, nameFilter(plan.clientName)},
                          {u"name"_s, shellQuoted(plan.clientName)},
                          {u"redirect"_s, redirectUriOf(plan)}}),
            Texts::tr("Bookdesk's registration: Mobile and desktop, without a secret, any port. If one of this name "
                      "exists, it is used.")};
}

Step ensureRedirect(const Plan &plan)
{
    const QString text = uR"code(again ¦az ad app show¦ --id "$client" -o tsv \
  --query '[@][?isFallbackPublicClient].publicClient.redirectUris[]' | grep -qxF §redirect§ || {
  body=$(¦az ad app show¦ --id "$client" -o json --query \
    "{isFallbackPublicClient: \`true\`, publicClient: {redirectUris: [publicClient.redirectUris[?@!='§redirect§'], ['§redirect§']][]}}")
  ¦az rest¦ --method patch --uri "$graph/applications(appId='$client')" \
    --headers 'Content-Type=application/json' --body "$body"
})code"_s;
    return {filled(text, {{u"redirect"_s, redirectUriOf(plan)}}),
            Texts::tr("Where the registration was there before: allows public client flows, and adds where the browser "
                      "returns to, beside what it has.")};
}

Step ensurePrincipals(const Plan &plan)
{
    // What no step below uses has no variable.
    const bool needsApi = plan.consentsForEverybody || !plan.assignments.empty();
    const QString api = needsApi ? u"api_sp=$(ensure_sp \"$api\")\n"_s : u"ensure_sp \"$api\" > /dev/null\n"_s;
    const QString client =
        plan.consentsForEverybody ? u"client_sp=$(ensure_sp \"$client\")"_s : u"ensure_sp \"$client\" > /dev/null"_s;
    return {filled(api + client, {}),
            Texts::tr("Makes both appear under Enterprise applications, where people and groups get their roles.")};
}

Step askForScopes(const Plan &plan)
{
    const QString head = uR"code(ask_for() {
  ¦az ad app permission list¦ --id "$client" -o tsv \
    --query "[?resourceAppId=='$api'].resourceAccess[].id" | grep -qxF "$1" ||
    ¦az ad app permission add¦ --id "$client" --api "$api" --api-permissions "$1=Scope"
})code"_s;
    Code code = filled(head, {});
    for (const QString &name : scopeNames(plan))
        code = joined(code, filled(u"¦ask_for¦ §id§"_s, {{u"id"_s, scopeId(plan, name)}}));
    return {code, Texts::tr("Lets Bookdesk ask for the API's scopes.")};
}

Step consent(const Plan &plan)
{
    const QString head =
        uR"code(all="clientId eq '$client_sp' and resourceId eq '$api_sp' and consentType eq 'AllPrincipals'"
consent() {
  grant=$(¦az rest¦ --method get --uri "$graph/oauth2PermissionGrants" \
    --url-parameters "\$filter=$all" --query 'value[].id' -o tsv)
  held=$(¦az rest¦ --method get --uri "$graph/oauth2PermissionGrants" \
    --url-parameters "\$filter=$all" --query 'value[].scope' -o tsv)
  case " $held " in *" $1 "*) return ;; esac
  if test -n "$grant"; then
    ¦az rest¦ --method patch --uri "$graph/oauth2PermissionGrants/$grant" \
      --headers 'Content-Type=application/json' --body "{\"scope\": \"$held $1\"}"
  else
    again ¦az rest¦ --method post --uri "$graph/oauth2PermissionGrants" -o none \
      --headers 'Content-Type=application/json' --body "{\"clientId\": \"$client_sp\",
      \"consentType\": \"AllPrincipals\", \"resourceId\": \"$api_sp\", \"scope\": \"$1\"}"
  fi
})code"_s;
    Code code = filled(head, {});
    for (const QString &name : scopeNames(plan))
        code = joined(code, filled(u"¦consent¦ §scope§"_s, {{u"scope"_s, name}}));
    return {code, consentMeaning()};
}

Step assign(const Plan &plan)
{
    const QString head = uR"code(assign() {
  case $3 in
    Books.Admin) role=§admin§ ;;
    *) role=§reader§ ;;
  esac
  ¦az rest¦ --method get --uri "$graph/$1/$2/appRoleAssignments" \
    --url-parameters "\$filter=resourceId eq $api_sp" \
    --query 'value[].appRoleId' -o tsv | grep -qxF "$role" ||
    again ¦az rest¦ --method post --uri "$graph/$1/$2/appRoleAssignments" -o none \
      --headers 'Content-Type=application/json' \
      --body "{\"principalId\": \"$2\", \"resourceId\": \"$api_sp\", \"appRoleId\": \"$role\"}"
})code"_s;
    Code code = filled(head, {{u"admin"_s, plan.ids.adminRole}, {u"reader"_s, plan.ids.readerRole}});
    for (const Assignment &row : plan.assignments) {
        const QString text =
            row.kind == AssigneeKind::person
                ? u"principal=$(¦az ad user show¦ --id §name§ --query id -o tsv)\n¦assign¦ users \"$principal\" §role§"_s
                : u"principal=$(¦az ad group show¦ --group §name§ --query id -o tsv)\n"
                  "¦assign¦ groups \"$principal\" §role§"_s;
        code = joined(code, filled(text, {{u"name"_s, shellQuoted(row.name)}, {u"role"_s, roleName(row.role)}}));
    }
    return {code, rolesMeaning()};
}

} // namespace

Script azScript(const Plan &plan)
{
    Script script{.fileName = u"register-"_s + fileNameOf(plan) + u".sh"_s,
                  .runBy = Texts::tr("for az 2.50 and later"),
                  .canBeRunTwice = true,
                  .head = shellHead(),
                  .commentSign = u"#"_s,
                  .steps = {beginShell(), functions(), checkTenant(plan), findApi(plan), nameApi(plan), addScopes(plan),
                            findClient(plan), ensureRedirect(plan), ensurePrincipals(plan), askForScopes(plan)}};
    if (plan.consentsForEverybody)
        script.steps.push_back(consent(plan));
    if (!plan.assignments.empty())
        script.steps.push_back(assign(plan));
    script.steps.push_back(writeConnectionFile(plan));
    return script;
}

} // namespace bookdesk::registration
