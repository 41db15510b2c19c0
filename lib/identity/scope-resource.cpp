#include "identity/scope-resource.h"

#include "core/text.h"
#include "identity/provider.h"
#include "jose/issuer.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <vector>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

constexpr qsizetype longestScope = 100;

/// A resource in the form in which it is compared: `api://ID` and `ID` are the same.
QString resourceName(QString resource)
{
    resource = resource.toLower();
    if (resource.startsWith("api://"_L1))
        resource.remove(0, 6);
    while (resource.endsWith(u'/'))
        resource.chop(1);
    return resource;
}

QString resourceOf(const QString &scope) { return resourceName(scope.left(scope.lastIndexOf(u'/'))); }

/// Graph and the other services that hold the person's mail, files and subscriptions.
bool isMicrosofts(const QString &resource)
{
    return resource.endsWith("0000-c000-000000000000"_L1) || isMicrosoftsHost(QUrl(resource).host(QUrl::FullyEncoded));
}

bool isOtherThan(const QString &audience, const QString &resource)
{
    return jose::isGuid(resource) == jose::isGuid(audience) && resource != audience;
}

QString shown(const QString &scope) { return shortened(visible(scope), longestScope); }

bool fits(const QString &scope, const QString &pattern)
{
    return pattern.endsWith(u'*') ? scope.startsWith(QStringView(pattern).chopped(1)) : scope == pattern;
}

/// A scope that opens another provider's own API, whoever is asked: a server that gives it out is that provider.
struct OwnApi
{
    QString scope;
    QString owner;
};

/// Only names that no API of somebody else's would have.
const std::vector<OwnApi> &ownApis()
{
    static const std::vector<OwnApi> apis{{u"aws.cognito.signin.user.admin"_s, u"Amazon Cognito"_s},
                                          {u"okta.*"_s, u"Okta"_s},
                                          {u"p1:*"_s, u"PingOne"_s},
                                          {u"urn:zitadel:iam:org:project:id:zitadel:aud"_s, u"ZITADEL"_s}};
    return apis;
}

QString tokenForOwnApi(const QString &scope, const QString &owner)
{
    return Texts::tr("“%1” is a scope of %2's own APIs. A token for them would be sent to the connection's API, "
                     "which could use it in the person's name.")
        .arg(shown(scope), owner);
}

QString refusedByProvider(const QString &scope, const Provider &provider)
{
    const auto isIt = [&scope](const QString &pattern) { return fits(scope, pattern); };
    if (std::ranges::any_of(provider.refusedScopes, isIt))
        return tokenForOwnApi(scope, provider.name);
    if (provider.scopeRule == ScopeRule::openId && !isOpenIdScope(scope))
        return tokenForOwnApi(scope, provider.name);
    const auto foreign = std::ranges::find_if(ownApis(), isIt, &OwnApi::scope);
    if (foreign != ownApis().end() && provider.scopeRule != ScopeRule::resource)
        return tokenForOwnApi(scope, foreign->owner);
    const qsizetype slash = scope.lastIndexOf(u'/');
    const bool isNamed = slash > 0 && slash + 1 < scope.size();
    if (provider.scopeRule == ScopeRule::server && !isOpenIdScope(scope) && !isNamed)
        return Texts::tr("“%1” names no resource server. %2 writes the scopes of an API with the identifier of its "
                         "resource server and a slash in front, such as %3.")
            .arg(shown(scope), provider.name, provider.form.scopeExample);
    return {};
}

bool isToldTheAudience(const Provider &provider)
{
    return std::ranges::any_of(provider.authorizeParameters,
                               [](const auto &parameter) { return parameter.second == "{audience}"_L1; });
}

/// Of whatever tenant.
bool isAuth0sOwnApi(const QUrl &audience)
{
    const QString path = audience.path(QUrl::FullyEncoded) + u'/';
    const QStringList own{u"/api/v2/"_s, u"/userinfo/"_s, u"/me/"_s};
    return comparedHost(audience.host(QUrl::FullyEncoded)).endsWith(".auth0.com"_L1) &&
           std::ranges::any_of(own, [&path](const QString &api) { return path.startsWith(api); });
}

} // namespace

QString comparedHost(const QString &host)
{
    const QString lowerCase = host.toLower();
    return lowerCase.endsWith(u'.') ? lowerCase.chopped(1) : lowerCase;
}

bool isMicrosoftsHost(const QString &written)
{
    static const QStringList domains{u"microsoft.com"_s,
                                     u"microsoft.us"_s,
                                     u"microsoftonline.com"_s,
                                     u"microsoftonline.us"_s,
                                     u"microsoftonline.cn"_s,
                                     u"ciamlogin.com"_s,
                                     u"live.com"_s,
                                     u"azure.com"_s,
                                     u"azure.net"_s,
                                     u"azure.us"_s,
                                     u"azure.cn"_s,
                                     u"windows.net"_s,
                                     u"office.com"_s,
                                     u"office365.com"_s,
                                     u"office365.us"_s,
                                     u"office.net"_s,
                                     u"sharepoint.com"_s,
                                     u"chinacloudapi.cn"_s,
                                     u"visualstudio.com"_s,
                                     u"dynamics.com"_s,
                                     u"powerbi.com"_s,
                                     u"sovcloud-identity.fr"_s,
                                     u"sovcloud-identity.de"_s,
                                     u"sovcloud-identity.sg"_s,
                                     u"sovcloud.fr"_s,
                                     u"sovcloud.de"_s,
                                     u"sovcloud.sg"_s};
    const QString host = comparedHost(written);
    return std::ranges::any_of(
        domains, [&host](const QString &domain) { return host == domain || host.endsWith(u'.' + domain); });
}

bool isOpenIdScope(const QString &scope)
{
    static const QStringList names{u"openid"_s,         u"profile"_s, u"email"_s,
                                   u"offline_access"_s, u"address"_s, u"phone"_s};
    return names.contains(scope);
}

QString refusedScopeReason(const QStringList &scopes, const QString &audience)
{
    QString resource;
    for (const QString &scope : scopes) {
        if (isOpenIdScope(scope))
            continue;
        if (!scope.contains(u'/'))
            return Texts::tr("“%1” names no API, so it is a scope of Microsoft Graph. Bookdesk asks for scopes of the "
                             "connection's own API only, such as api://API_ID/Books.Read.")
                .arg(shown(scope));
        const QString own = resourceOf(scope);
        if (isMicrosofts(own))
            return Texts::tr("“%1” is a scope of Microsoft Graph or another service of Microsoft. A token for it would "
                             "be sent to the connection's API, which could use it in the person's name.")
                .arg(shown(scope));
        if (isOtherThan(resourceName(audience), own) || (!resource.isEmpty() && own != resource))
            return Texts::tr("“%1” is a scope of another API than the connection's audience. A token for it would be "
                             "sent to the connection's API, which could use it elsewhere in the person's name.")
                .arg(shown(scope));
        resource = own;
    }
    return {};
}

QString refusedScopeReason(const QStringList &scopes, const QString &audience, const Provider &provider)
{
    for (const QString &scope : scopes) {
        if (QString reason = refusedByProvider(scope, provider); !reason.isEmpty())
            return reason;
    }
    return provider.scopeRule == ScopeRule::resource ? refusedScopeReason(scopes, audience) : QString();
}

bool isOwnApi(const QString &audience, const QUrl &authority, const Provider &provider)
{
    const QUrl url(audience);
    const QString host = comparedHost(url.host(QUrl::FullyEncoded));
    const bool isAtAuthority = !host.isEmpty() && host == comparedHost(authority.host(QUrl::FullyEncoded));
    return isToldTheAudience(provider) && (isAtAuthority || isAuth0sOwnApi(url));
}

} // namespace bookdesk::identity
