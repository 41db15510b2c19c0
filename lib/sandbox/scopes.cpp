#include "sandbox/scopes.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

const QString defaultScope = u".default"_s;

bool isOidcScope(const QString &scope)
{
    return scope == "openid"_L1 || scope == "profile"_L1 || scope == "email"_L1 || scope == "offline_access"_L1;
}

tl::unexpected<OAuthFailure> refuse(const QString &error, int number, const QString &text)
{
    return tl::unexpected<OAuthFailure>(OAuthFailure{error, number, text, {}});
}

OrFailure<void> addApiScope(AskedScopes &asked, const QString &scope, const Registrations &registrations)
{
    const qsizetype slash = scope.lastIndexOf(u'/');
    const QString prefix = scope.first(slash + 1);
    const QString name = scope.sliced(slash + 1);
    const bool isForTheApi = prefix == u"api://%1/"_s.arg(registrations.apiId) || prefix == registrations.apiId + u'/';
    if (!isForTheApi)
        return refuse(u"invalid_resource"_s, 500011,
                      u"The resource principal named %1 was not found in the tenant named Sandbox. Scopes of the books "
                      "API are asked as api://%2/…."_s.arg(slash < 0 ? u"https://graph.microsoft.com"_s : prefix,
                                                           registrations.apiId));
    if (name != defaultScope && !registrations.apiScopes.contains(name))
        return refuse(u"invalid_client"_s, 650053,
                      u"The application 'Bookdesk' asked for scope '%1' that doesn't exist on the resource '%2'."_s.arg(
                          name, registrations.apiId));
    asked.prefix = prefix;
    if (!asked.api.contains(name))
        asked.api.append(name);
    return {};
}

} // namespace

bool AskedScopes::covers(const AskedScopes &other) const
{
    const auto isAmong = [](const QStringList &all) {
        return [&all](const QString &one) { return all.contains(one); };
    };
    return std::all_of(other.oidc.begin(), other.oidc.end(), isAmong(oidc)) &&
           (api.contains(defaultScope) || std::all_of(other.api.begin(), other.api.end(), isAmong(api)));
}

QStringList AskedScopes::grantedTo(const Persona &persona) const
{
    if (api.contains(defaultScope))
        return persona.scopes;
    QStringList granted;
    std::copy_if(api.begin(), api.end(), std::back_inserter(granted),
                 [&persona](const QString &scope) { return persona.scopes.contains(scope); });
    return granted;
}

QString AskedScopes::grantedText(const QStringList &apiScopes) const
{
    QStringList names;
    for (const QString &scope : apiScopes)
        names += prefix + scope;
    return (names.isEmpty() ? oidc : names).join(u' ');
}

OrFailure<AskedScopes> readScopes(const QString &scope, const Registrations &registrations)
{
    AskedScopes asked;
    for (const QString &one : scope.split(u' ', Qt::SkipEmptyParts)) {
        if (isOidcScope(one)) {
            if (!asked.oidc.contains(one))
                asked.oidc.append(one);
        } else if (const OrFailure<void> added = addApiScope(asked, one, registrations); !added) {
            return tl::unexpected<OAuthFailure>(added.error());
        }
    }
    if (asked.oidc.isEmpty() && asked.api.isEmpty())
        return refuse(u"invalid_request"_s, 900144,
                      u"The request body must contain the following parameter: 'scope'."_s);
    if (asked.api.contains(defaultScope) && asked.api.size() > 1)
        return refuse(u"invalid_scope"_s, 70011,
                      u"The provided value for the input parameter 'scope' is not valid. .default scope can't be "
                      "combined with resource-specific scopes."_s);
    return asked;
}

} // namespace bookdesk::sandbox
