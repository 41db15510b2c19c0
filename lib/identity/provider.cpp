#include "identity/provider.h"

#include "core/text.h"
#include "identity/errors.h"
#include "identity/provider-reader.h"
#include "identity/scope-resource.h"
#include "jose/issuer.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

constexpr qsizetype longestShownId = 60;

bool fits(const QString &host, const QString &pattern)
{
    if (pattern == "*"_L1)
        return !host.isEmpty() && !isMicrosoftsHost(host);
    const qsizetype star = pattern.indexOf(u'*');
    if (star < 0)
        return host == pattern;
    const QStringView before = QStringView(pattern).first(star);
    const QStringView after = QStringView(pattern).sliced(star + 1);
    const qsizetype label = host.size() - before.size() - after.size();
    return label > 0 && host.startsWith(before) && host.endsWith(after) &&
           !QStringView(host).sliced(star, label).contains(u'.');
}

/// The entry of `hosts` that matches @p host, or an empty string (as for loopback).
QString hostPattern(const Provider &provider, const QString &host)
{
    const auto found =
        std::find_if(provider.hosts.begin(), provider.hosts.end(),
                     [lowerCase = host.toLower()](const QString &pattern) { return fits(lowerCase, pattern); });
    return found == provider.hosts.end() ? QString() : *found;
}

/// `https://host[:port]`
QString originOf(const QUrl &url)
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

/// Without the slash at its end.
QString pathOf(const QUrl &authority)
{
    const QString path = authority.path(QUrl::FullyEncoded);
    return path.endsWith(u'/') ? path.chopped(1) : path;
}

/// What is elsewhere must not reach into this computer, and nobody speaks for Microsoft.
bool isOpenTo(const QUrl &authority, const QUrl &endpoint)
{
    const bool staysHere = net::isLoopbackHost(authority.host()) || !net::isLoopbackHost(endpoint.host());
    return staysHere && !isMicrosoftsHost(endpoint.host(QUrl::FullyEncoded).toLower());
}

/// The issuer pattern for the authority's host, with the mark in place of the tenant.
QString issuerPattern(const Provider &provider, const QUrl &authority)
{
    const QString usual = u"%1/%2%3"_s.arg(originOf(authority), jose::tenantMark, provider.issuerPath);
    return provider.issuerPatterns.value(hostPattern(provider, authority.host()), usual);
}

void addOwnRules(jose::TokenPolicy &policy, const Provider &provider)
{
    policy.claims = provider.claims;
    policy.algorithms = provider.algorithms;
    policy.requiredClaims += provider.requiredClaims;
    policy.pastClaims = provider.pastClaims;
}

/// The one type that a place demands; nothing where several will do.
std::optional<jose::ClaimType> onlyType(const jose::ClaimPlaces &places)
{
    if (places.forms.size() != 1 || places.allows(jose::ClaimForm::keys))
        return std::nullopt;
    return places.allows(jose::ClaimForm::list) ? jose::ClaimType::texts : jose::ClaimType::text;
}

void addTypes(jose::ClaimTypes &types, const std::vector<jose::ClaimPath> &paths, jose::ClaimType type)
{
    for (const jose::ClaimPath &path : paths) {
        if (path.names().size() == 1)
            types.push_back({path.names().front(), type});
    }
}

/// Of the claims that are read here.
jose::ClaimTypes idTokenTypes(const jose::ClaimNames &claims)
{
    jose::ClaimTypes types;
    addTypes(types, claims.name, jose::ClaimType::textOrNull);
    addTypes(types, claims.userName, jose::ClaimType::textOrNull);
    for (const jose::ClaimPlaces &places : {claims.roles, claims.scopes}) {
        if (const std::optional<jose::ClaimType> type = onlyType(places))
            addTypes(types, places.paths, *type);
    }
    return types;
}

std::vector<Provider> allProviders()
{
    std::vector<Provider> providers;
    for (const QString &id : providerIds()) {
        if (Result<Provider> provider = findProvider(id))
            providers.push_back(*std::move(provider));
    }
    return providers;
}

} // namespace

QString LoopbackRedirect::uri(quint16 port) const
{
    return u"http://%1:%2%3"_s.arg(host).arg(port).arg(path == u'/' ? QString() : path);
}

QString LoopbackRedirect::registeredUri() const
{
    if (!ports.empty())
        return uri(ports.front());
    return u"http://"_s + host + (path == u'/' ? QString() : path);
}

const ProviderTexts &Provider::textsIn(const QLocale &locale) const
{
    static const ProviderTexts none;
    const auto found = texts.constFind(QLocale::languageToCode(locale.language()));
    if (found != texts.cend())
        return *found;
    const auto english = texts.constFind(u"en"_s);
    return english == texts.cend() ? none : *english;
}

bool Provider::acceptsHost(const QString &host) const
{
    return net::isLoopbackHost(host) || !hostPattern(*this, host).isEmpty();
}

bool Provider::ownsHost(const QString &host) const
{
    const QString pattern = hostPattern(*this, host);
    return !pattern.isEmpty() && pattern != "*"_L1;
}

QUrl Provider::discoveryUrl(const QUrl &authority) const
{
    QUrl url = authority;
    url.setPath(pathOf(authority) + discoveryPath, QUrl::StrictMode);
    return url;
}

QUrl Provider::oauthDiscoveryUrl(const QUrl &authority) const
{
    if (oauthDiscoveryPath.isEmpty())
        return {};
    QUrl url = authority;
    url.setPath(oauthDiscoveryPath + pathOf(authority), QUrl::StrictMode);
    return url;
}

QString Provider::expectedIssuer(const QUrl &authority) const
{
    QString written = authority.toString(QUrl::FullyEncoded);
    switch (issuerRule) {
    case IssuerRule::tenant:
        return written + issuerPath;
    case IssuerRule::authority:
        return written;
    case IssuerRule::authorityWithSlash:
        return written.endsWith(u'/') ? written : written + u'/';
    }
    return {};
}

bool Provider::isIssuerOf(const QUrl &authority, const QString &issuer) const
{
    if (issuerRule != IssuerRule::tenant)
        return issuer == expectedIssuer(authority);
    const QString pattern = issuerPattern(*this, authority);
    const QString tenant = authority.path().section(u'/', -1);
    if (jose::isGuid(tenant))
        return jose::matchesIssuer(pattern, issuer, tenant) || jose::matchesIssuer(pattern, issuer, tenant.toLower());
    return issuer == expectedIssuer(authority) || jose::matchesIssuer(pattern, issuer, jose::tenantOf(issuer));
}

bool Provider::isEndpointOf(const QUrl &authority, const QUrl &endpoint) const
{
    if (originOf(endpoint) == originOf(authority))
        return true;
    if (endpointRule == EndpointRule::anyHost)
        return isOpenTo(authority, endpoint);
    const QString pattern = hostPattern(*this, authority.host());
    return !pattern.isEmpty() && endpoint.port() == -1 && hostPattern(*this, endpoint.host()) == pattern;
}

LoopbackRedirect Provider::redirectOf(const QUrl &authority) const
{
    LoopbackRedirect usual = redirect;
    if (!mayChooseRedirectPath(authority))
        usual.path = ownRedirectPath(authority);
    return usual;
}

bool Provider::mayChooseRedirectPath(const QUrl &authority) const
{
    return !redirectPathHost.isEmpty() && authority.host().compare(redirectPathHost, Qt::CaseInsensitive) == 0;
}

QString Provider::ownRedirectPath(const QUrl &authority) const
{
    constexpr qsizetype digits = 16;
    const QString tenant = authority.path().section(u'/', -1);
    const bool isByTenant = issuerRule == IssuerRule::tenant && jose::isGuid(tenant);
    const QString issuer =
        isByTenant ? jose::filledIssuer(issuerPattern(*this, authority), tenant) : expectedIssuer(authority);
    // Only Entra's tenants have the same name in capitals; elsewhere they may be two issuers.
    const QString hashed = issuerRule == IssuerRule::tenant ? issuer.toLower() : issuer;
    const QByteArray hash = QCryptographicHash::hash(hashed.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"/cb/"_s + QString::fromLatin1(hash.first(digits));
}

jose::TokenPolicy Provider::accessTokenPolicy(const QString &issuer, const QString &audience,
                                              const QString &clientId) const
{
    jose::TokenPolicy policy = jose::accessTokenPolicy(issuer, audience, clientId);
    addOwnRules(policy, *this);
    if (accessTokens == AccessTokens::readableForApi)
        policy.apiParameter = u"audience"_s;
    return policy;
}

jose::TokenPolicy Provider::idTokenPolicy(const QString &issuer, const QString &clientId) const
{
    jose::TokenPolicy policy = jose::idTokenPolicy(issuer, clientId, {});
    addOwnRules(policy, *this);
    policy.claimTypes = idTokenTypes(claims);
    policy.nonce.reset();
    return policy;
}

QStringList providerIds()
{
    QStringList ids;
    const QStringList files = QDir(u":/bookdesk/providers"_s).entryList(QDir::Files, QDir::Name);
    for (const QString &file : files)
        ids += QFileInfo(file).completeBaseName();
    return ids;
}

std::optional<Provider> ownerOf(const QString &host)
{
    static const std::vector<Provider> providers = allProviders();
    const auto owner = std::ranges::find_if(
        providers, [&host](const Provider &provider) { return provider.ownsHost(comparedHost(host)); });
    return owner == providers.end() ? std::nullopt : std::optional(*owner);
}

Result<Provider> findProvider(const QString &id)
{
    // The ID becomes part of a resource's name, so it must not lead elsewhere.
    static const QRegularExpression plainName(u"\\A[a-z][a-z0-9-]{0,31}\\z"_s);
    QFile data(u":/bookdesk/providers/%1.json"_s.arg(id));
    if (!plainName.match(id).hasMatch() || !data.open(QIODevice::ReadOnly))
        return failure(errors::connectionMemberInvalid,
                       Texts::tr("The member \"provider\" names \"%1\", which Bookdesk does not know.")
                           .arg(visible(shortened(id, longestShownId))),
                       Texts::tr("Choose from %1.").arg(QLocale().createSeparatedList(providerIds())),
                       {{facts::member, u"provider"_s}});
    return readProvider(data.readAll());
}

} // namespace bookdesk::identity
