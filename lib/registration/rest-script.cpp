// Microsoft Graph's own requests, sent with `az rest`: they create, so they are for a tenant without these
// registrations.
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
    Q_DECLARE_TR_FUNCTIONS(RestScript)
};

/// An exclamation mark is escaped: older shells that somebody types in expand it even on the second line of a text.
QString body(const JsonObject &object)
{
    return shellQuoted(QString::fromUtf8(toPrettyJson(object)).replace(u'!', u"\\u0021"_s));
}

Step functions()
{
    const QString text = uR"code(send() { ¦az rest¦ --headers 'Content-Type=application/json' "$@"; })code"_s;
    return {filled(text, {}), Texts::tr("How the requests below are sent.")};
}

/// Before anything is made: a name that is wrong would end the script halfway.
Step findPrincipals(const Plan &plan)
{
    const QString head = uR"code(find_one() {
  found=$(¦send¦ --method get --uri "$graph/$1" --query 'value[].id' -o tsv --url-parameters "$2") || exit 1
  test "$(printf '%s' "$found" | wc -w)" -eq 1 || stop "Not exactly one of the $1 has this name: $2"
  printf '%s' "$found"
})code"_s;
    Code code = filled(head, {});
    int number = 0;
    for (const Assignment &row : plan.assignments) {
        const bool isPerson = row.kind == AssigneeKind::person;
        const QString property = isPerson ? u"userPrincipalName"_s : u"displayName"_s;
        const QString filter = u"$filter="_s + property + u" eq "_s + odataQuoted(row.name);
        const QString text =
            u"principal%1=$(¦find_one¦ %2 §filter§)"_s.arg(++number).arg(isPerson ? u"users"_s : u"groups"_s);
        code = joined(code, filled(text, {{u"filter"_s, shellQuoted(filter)}}));
    }
    return {code, Texts::tr("Finds everybody who gets a role, before anything is made. Ends unless there is exactly "
                            "one person or group of each name.")};
}

Step createApi(const Plan &plan)
{
    const QString text = uR"code(api=$(¦send¦ --method post --uri "$graph/applications" \
  --query appId -o tsv --body §body§))code"_s;
    return {filled(text, {{u"body"_s, body(apiApplication(plan))}}),
            Texts::tr("The API's registration, for this tenant only: its scopes and roles, and access tokens of "
                      "version 2.")};
}

Step nameApi()
{
    const QString text = uR"code(again ¦send¦ --method patch --uri "$graph/applications(appId='$api')" \
  --body "{\"identifierUris\": [\"api://$api\"]}")code"_s;
    return {filled(text, {}), Texts::tr("Gives the API its Application ID URI, which needs the ID.")};
}

Step createClient(const Plan &plan)
{
    if (plan.isOneRegistration)
        return {filled(u"client=$api"_s, {}), Texts::tr("Bookdesk uses the same registration.")};
    const QString text = uR"code(client=$(¦send¦ --method post --uri "$graph/applications" \
  --query appId -o tsv --body §body§))code"_s;
    return {filled(text, {{u"body"_s, body(clientApplication(plan))}}),
            Texts::tr("Bookdesk's registration: Mobile and desktop, without a secret, any port.")};
}

Step askForScopes(const Plan &plan)
{
    QStringList accesses;
    Values values;
    for (const QString &name : scopeNames(plan)) {
        accesses += u"{\\\"id\\\": \\\"§%1§\\\", \\\"type\\\": \\\"Scope\\\"}"_s.arg(name);
        values.insert(name, scopeId(plan, name));
    }
    const QString text = uR"code(again ¦send¦ --method patch --uri "$graph/applications(appId='$client')" \
  --body "{\"requiredResourceAccess\": [{\"resourceAppId\": \"$api\",
  \"resourceAccess\": [)code"_s +
                         accesses.join(u",\n  "_s) + u"]}]}\""_s;
    return {filled(text, values), Texts::tr("Lets Bookdesk ask for the API's scopes.")};
}

/// @param variable for its ID; empty where no step below uses it.
QString createPrincipal(const QString &application, const QString &variable)
{
    const QString request = uR"code(again ¦send¦ --method post --uri "$graph/servicePrincipals" \
  --query id -o tsv --body "{\"appId\": \"$%1\"}")code"_s.arg(application);
    return variable.isEmpty() ? request + u" > /dev/null"_s : variable + u"=$("_s + request + u')';
}

Step createPrincipals(const Plan &plan)
{
    const bool needsApi = plan.consentsForEverybody || !plan.assignments.empty();
    QString text = createPrincipal(u"api"_s, needsApi ? u"api_sp"_s : QString());
    if (!plan.isOneRegistration)
        text += u'\n' + createPrincipal(u"client"_s, plan.consentsForEverybody ? u"client_sp"_s : QString());
    else if (plan.consentsForEverybody)
        text += u"\nclient_sp=$api_sp"_s;
    return {filled(text, {}), principalsMeaning()};
}

Step consent(const Plan &plan)
{
    const QString text = uR"code(again ¦send¦ --method post --uri "$graph/oauth2PermissionGrants" -o none \
  --body "{\"clientId\": \"$client_sp\", \"consentType\": \"AllPrincipals\",
  \"resourceId\": \"$api_sp\", \"scope\": \"§scopes§\"}")code"_s;
    return {filled(text, {{u"scopes"_s, scopeNames(plan).join(u' ')}}), consentMeaning()};
}

Step assign(const Plan &plan)
{
    Code code;
    int number = 0;
    for (const Assignment &row : plan.assignments) {
        const QString text =
            uR"code(again ¦send¦ --method post --uri "$graph/servicePrincipals/$api_sp/appRoleAssignedTo" -o none \
  --body "{\"principalId\": \"$principal%1\", \"resourceId\": \"$api_sp\", \"appRoleId\": \"§role§\"}")code"_s;
        code = joined(code, filled(text.arg(++number), {{u"role"_s, roleId(plan, row.role)}}));
    }
    return {code, rolesMeaning()};
}

} // namespace

Script azRestScript(const Plan &plan)
{
    Script script{.fileName = u"register-"_s + fileNameOf(plan) + u"-graph.sh"_s,
                  .runBy = Texts::tr("for az 2.50 and later"),
                  .canBeRunTwice = false,
                  .head = shellHead(),
                  .commentSign = u"#"_s,
                  .steps = {beginShell(), functions(), checkTenant(plan)}};
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
