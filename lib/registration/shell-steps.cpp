#include "registration/shell-steps.h"

#include "jose/issuer.h"
#include "registration/quoting.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ShellSteps)
};

/// What az calls the cloud that the plan's tenant is in; empty for the public one, which az begins with.
QString cloudOf(const Plan &plan)
{
    if (plan.signInHost.endsWith(".us"_L1))
        return u"AzureUSGovernment"_s;
    return plan.signInHost.endsWith(".cn"_L1) ? u"AzureChinaCloud"_s : QString();
}

/// A line of the file as an argument, which the shell does not read, but for the two IDs.
QString lineArgument(const QString &line, const ApplicationIds &marks)
{
    QString quoted = shellQuoted(line);
    quoted.replace(marks.api, u"'\"$api\"'"_s).replace(marks.client, u"'\"$client\"'"_s);
    return quoted;
}

} // namespace

QString shellHead() { return u"#!/bin/sh\n# shellcheck disable=SC1003,SC1112,SC2016\n"_s; }

QString signInCommand(const Plan &plan)
{
    const QString cloud = cloudOf(plan);
    const QString login = u"az login --allow-no-subscriptions --tenant "_s + tenantName(plan);
    return cloud.isEmpty() ? login : u"az cloud set --name "_s + cloud + u" && "_s + login;
}

Step beginShell()
{
    const QString text = uR"code(set -eu
stop() { printf '%s\n' "$1" >&2; exit 1; }
again() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    test "$tries" -lt 6 || return 1
    sleep 10
  done
})code"_s;
    return {filled(text, {}),
            Texts::tr("Ends at the first error. “stop” says why; “again” repeats a command for a minute, because Entra "
                      "needs a while to know everywhere what is new.")};
}

Step checkTenant(const Plan &plan)
{
    const QString tenant = tenantName(plan);
    const bool isId = jose::isGuid(tenant);
    const QString text = isId ? uR"code(test "$(¦az account show¦ --query tenantId -o tsv)" = \
  §tenant§ || stop §advice§
graph=$(¦az cloud show¦ --query endpoints.microsoftGraphResourceId -o tsv)
graph=${graph%/}/v1.0)code"_s
                              : uR"code(graph=$(¦az cloud show¦ --query endpoints.microsoftGraphResourceId -o tsv)
graph=${graph%/}/v1.0
test "$(¦az rest¦ --method get --uri "$graph/domains/"§tenant§ --query id -o tsv)" = \
  §tenant§ || stop §advice§)code"_s;
    const QString advice = u"Sign in first: "_s + signInCommand(plan);
    return {filled(text, {{u"tenant"_s, tenant}, {u"advice"_s, shellQuoted(advice)}}),
            Texts::tr("Stops unless az is signed in to this tenant. Then asks az where Microsoft Graph is in its "
                      "cloud.")};
}

Step writeConnectionFile(const Plan &plan)
{
    // In the place of the IDs until the shell's variables take theirs; random, so that no name can hold them.
    const Ids random = newIds();
    const ApplicationIds marks{random.readScope, random.writeScope};
    QStringList arguments;
    for (const QString &line : QString::fromUtf8(connectionText(plan, marks)).trimmed().split(u'\n'))
        arguments += lineArgument(line, marks);
    const QString text = uR"code(connection=$(printf '%s\n' \
  §lines§)
file=§file§.json tries=1
while test -e "$file" && test "$(cat "$file")" != "$connection"; do
  tries=$((tries + 1)) file=§file§-$tries.json
done
test -e "$file" || (set -C; printf '%s\n' "$connection" > "$file")
printf 'Add this connection in Bookdesk: %s\n' "$file")code"_s;
    return {filled(text, {{u"lines"_s, arguments.join(u" \\\n  "_s)}, {u"file"_s, fileNameOf(plan)}}),
            Texts::tr("Writes the connection file for Bookdesk into the current folder, beside another one that is "
                      "there. There is no secret in it.")};
}

} // namespace bookdesk::registration
