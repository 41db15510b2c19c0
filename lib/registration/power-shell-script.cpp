// Microsoft Graph's own requests, sent from PowerShell: they create, so they are for a tenant without these
// registrations. Source: Microsoft Graph PowerShell, Invoke-MgGraphRequest.
#include "core/json.h"
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
    Q_DECLARE_TR_FUNCTIONS(PowerShellScript)
};

/// Microsoft Graph PowerShell's name of the cloud that the plan's tenant is in.
QString cloudOf(const Plan &plan)
{
    if (plan.signInHost.endsWith(".us"_L1))
        return u"USGov"_s;
    return plan.signInHost.endsWith(".cn"_L1) ? u"China"_s : u"Global"_s;
}

/// Nothing but ASCII, which each PowerShell reads alike.
QString body(const JsonObject &object)
{
    return powerShellQuoted(asciiEscaped(QString::fromUtf8(toPrettyJson(object))));
}

/// To be read by .NET's Regex.Unescape.
QString filterOf(const Assignment &row)
{
    const QString property = row.kind == AssigneeKind::person ? u"userPrincipalName"_s : u"displayName"_s;
    QString filter = property + u" eq "_s + odataQuoted(row.name);
    return powerShellQuoted(asciiEscaped(filter.replace(u'\\', u"\\\\"_s)));
}

Step begin(const Plan &plan)
{
    const QString text = uR"code($ErrorActionPreference = 'Stop'
¦Connect-MgGraph¦ -NoWelcome -Environment §cloud§ -TenantId §tenant§ -Scopes `
  'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All', 'Directory.Read.All'
function Send($method, $path, $body, $tries = 6) {
  for ($try = 1; ; $try++) {
    try {
      return ¦Invoke-MgGraphRequest¦ -Method $method -Uri "v1.0/$path" -Body $body -ContentType 'application/json'
    } catch {
      if ($try -ge $tries) { throw }
      Start-Sleep -Seconds 10
    }
  }
})code"_s;
    return {filled(text, {{u"cloud"_s, cloudOf(plan)}, {u"tenant"_s, powerShellQuoted(tenantName(plan))}}),
            Texts::tr("Ends at the first error and signs in to this tenant. “Send” repeats a request for a minute, "
                      "because Entra needs a while to know everywhere what is new.")};
}

/// Before anything is made: a name that is wrong would end the script halfway.
Step findPrincipals(const Plan &plan)
{
    const QString head = uR"code(function FindOne($kind, $name) {
  $name = [regex]::Unescape($name)
  $filter = [uri]::EscapeDataString($name)
  $found = @((¦Invoke-MgGraphRequest¦ -Method GET -Uri "v1.0/${kind}?`$filter=$filter").value)
  if ($found.Count -ne 1) { throw "Not exactly one of the $kind has this name: $name" }
  return $found[0].id
})code"_s;
    Code code = filled(head, {});
    int number = 0;
    for (const Assignment &row : plan.assignments) {
        const QString kind = row.kind == AssigneeKind::person ? u"users"_s : u"groups"_s;
        const QString text = u"$principal%1 = ¦FindOne¦ %2 §filter§"_s.arg(++number).arg(kind);
        code = joined(code, filled(text, {{u"filter"_s, filterOf(row)}}));
    }
    return {code, Texts::tr("Finds everybody who gets a role, before anything is made. Ends unless there is exactly "
                            "one person or group of each name.")};
}

Step createApi(const Plan &plan)
{
    return {filled(u"$api = ¦Send¦ POST applications §body§ -tries 1"_s, {{u"body"_s, body(apiApplication(plan))}}),
            Texts::tr("The API's registration, for this tenant only: its scopes and roles, and access tokens of "
                      "version 2.")};
}

Step nameApi()
{
    return {filled(uR"code(¦Send¦ PATCH "applications/$($api.id)" (@{
  identifierUris = @("api://$($api.appId)")
} | ConvertTo-Json))code"_s,
                   {}),
            Texts::tr("Gives the API its Application ID URI, which needs the ID.")};
}

Step createClient(const Plan &plan)
{
    if (plan.isOneRegistration)
        return {filled(u"$client = $api"_s, {}), Texts::tr("Bookdesk uses the same registration.")};
    return {
        filled(u"$client = ¦Send¦ POST applications §body§ -tries 1"_s, {{u"body"_s, body(clientApplication(plan))}}),
        Texts::tr("Bookdesk's registration: Mobile and desktop, without a secret, any port.")};
}

Step askForScopes(const Plan &plan)
{
    QStringList accesses;
    Values values;
    for (const QString &name : scopeNames(plan)) {
        accesses += u"@{ id = §%1§; type = 'Scope' }"_s.arg(name);
        values.insert(name, powerShellQuoted(scopeId(plan, name)));
    }
    const QString text = uR"code(¦Send¦ PATCH "applications/$($client.id)" (@{
  requiredResourceAccess = @(@{
    resourceAppId = $api.appId
    resourceAccess = @()code"_s +
                         accesses.join(u",\n      "_s) + uR"code()
  })
} | ConvertTo-Json -Depth 9))code"_s;
    return {filled(text, values), Texts::tr("Lets Bookdesk ask for the API's scopes.")};
}

Step createPrincipals(const Plan &plan)
{
    const QString one = u"$apiSp = ¦Send¦ POST servicePrincipals (@{ appId = $api.appId } | ConvertTo-Json)\n"_s;
    const QString two = plan.isOneRegistration
                            ? u"$clientSp = $apiSp"_s
                            : u"$clientSp = ¦Send¦ POST servicePrincipals (@{ appId = $client.appId } | "
                              "ConvertTo-Json)"_s;
    return {filled(one + two, {}), principalsMeaning()};
}

Step consent(const Plan &plan)
{
    const QString text = uR"code(¦Send¦ POST oauth2PermissionGrants (@{
  clientId = $clientSp.id
  consentType = 'AllPrincipals'
  resourceId = $apiSp.id
  scope = §scopes§
} | ConvertTo-Json) | Out-Null)code"_s;
    return {filled(text, {{u"scopes"_s, powerShellQuoted(scopeNames(plan).join(u' '))}}), consentMeaning()};
}

Step assign(const Plan &plan)
{
    const QString head = uR"code(function Assign($principal, $role) {
  ¦Send¦ POST "servicePrincipals/$($apiSp.id)/appRoleAssignedTo" (@{
    principalId = $principal
    resourceId = $apiSp.id
    appRoleId = $role
  } | ConvertTo-Json) | Out-Null
})code"_s;
    Code code = filled(head, {});
    int number = 0;
    for (const Assignment &row : plan.assignments) {
        const QString text = u"¦Assign¦ $principal%1 §role§"_s.arg(++number);
        code = joined(code, filled(text, {{u"role"_s, powerShellQuoted(roleId(plan, row.role))}}));
    }
    return {code, rolesMeaning()};
}

Step writeConnectionFile(const Plan &plan)
{
    // In the place of the IDs until PowerShell's variables take theirs; random, so that no name can hold them.
    const Ids marks = newIds();
    const QByteArray file = connectionText(plan, {.api = marks.readScope, .client = marks.writeScope});
    QString json = powerShellQuoted(asciiEscaped(QString::fromUtf8(file).trimmed()));
    json.replace(marks.readScope, u"' + $api.appId + '"_s).replace(marks.writeScope, u"' + $client.appId + '"_s);
    const QString text = uR"code($file = '§file§.json'
for ($n = 2; Test-Path -LiteralPath $file; $n++) { $file = "§file§-$n.json" }
[IO.File]::WriteAllText("$PWD/$file", (§json§))
Write-Output "Add this connection in Bookdesk: $file")code"_s;
    const Values values{{u"json"_s, json}, {u"file"_s, fileNameOf(plan)}};
    return {
        filled(text, values),
        Texts::tr("Writes the connection file for Bookdesk into the current folder, beside one that is there. There is "
                  "no secret in it.")};
}

} // namespace

Script powerShellScript(const Plan &plan)
{
    Script script{.fileName = u"register-"_s + fileNameOf(plan) + u".ps1"_s,
                  .runBy = Texts::tr("for PowerShell 7 with Microsoft.Graph.Authentication"),
                  .canBeRunTwice = false,
                  .head = u"#Requires -Version 7.0\n"_s,
                  .commentSign = u"#"_s,
                  .steps = {begin(plan)}};
    if (!plan.assignments.empty())
        script.steps.push_back(findPrincipals(plan));
    for (const Step &step :
         {createApi(plan), nameApi(), createClient(plan), askForScopes(plan), createPrincipals(plan)})
        script.steps.push_back(step);
    if (plan.consentsForEverybody)
        script.steps.push_back(consent(plan));
    if (!plan.assignments.empty())
        script.steps.push_back(assign(plan));
    script.steps.push_back(writeConnectionFile(plan));
    return script;
}

} // namespace bookdesk::registration
