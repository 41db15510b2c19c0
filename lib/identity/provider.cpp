#include "identity/provider.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/object-reader.h"
#include "core/text.h"
#include "identity/errors.h"
#include "jose/issuer.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <limits>
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
    if (!pattern.startsWith("*."_L1))
        return host == pattern;
    const qsizetype label = host.size() - (pattern.size() - 1);
    return label > 0 && host.endsWith(QStringView(pattern).sliced(1)) && !QStringView(host).first(label).contains(u'.');
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

/// The issuer pattern for the authority's host, with the mark in place of the tenant.
QString issuerPattern(const Provider &provider, const QUrl &authority)
{
    const QString usual = u"%1/%2%3"_s.arg(originOf(authority), jose::tenantMark, provider.issuerPath);
    return provider.issuerPatterns.value(hostPattern(provider, authority.host()), usual);
}

tl::unexpected<Error> unusable(const QString &message) { return failure(bookdesk::errors::jsonWrongType, message); }

Result<void> readHosts(const JsonArray &hosts, Provider &provider)
{
    for (const Json &entry : hosts) {
        const JsonObject host = entry.asObject() ? *entry.asObject() : JsonObject();
        ObjectReader reader(host, Texts::tr("A host of the provider \"%1\"").arg(provider.id));
        const QString pattern = reader.string(u"host"_s);
        const std::optional<QString> issuer = reader.optionalString(u"issuer"_s);
        if (const Result<void> read = reader.finishStrictly(); !read)
            return failure(read.error());
        provider.hosts += pattern;
        if (issuer)
            provider.issuerPatterns.insert(pattern, *issuer);
    }
    return {};
}

Result<void> readKeyFormat(const QString &text, KeyFormat &format)
{
    if (text != "jwks"_L1 && text != "certificate-map"_L1)
        return unusable(Texts::tr("The provider's data names the unknown key format \"%1\".").arg(visible(text)));
    format = text == "jwks"_L1 ? KeyFormat::jwks : KeyFormat::certificateMap;
    return {};
}

Result<void> readPorts(const JsonArray &numbers, std::vector<quint16> &ports)
{
    for (const Json &number : numbers) {
        const double port = number.isNumber() ? number.toDouble() : 0;
        if (port < 1 || port > std::numeric_limits<quint16>::max())
            return unusable(Texts::tr("The provider's data has a redirect port that is not from 1 to 65535."));
        ports.push_back(static_cast<quint16>(port));
    }
    return {};
}

Result<void> readRedirect(const JsonObject &object, Provider &provider)
{
    ObjectReader reader(object, Texts::tr("The provider's redirect"));
    provider.redirect.host = reader.string(u"host"_s);
    provider.redirect.path = reader.string(u"path"_s);
    provider.redirectPathHost = reader.string(u"pathIsOf"_s);
    const JsonArray *numbers = reader.array(u"ports"_s);
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    return readPorts(*numbers, provider.redirect.ports);
}

Result<void> readClaimNames(const JsonObject &object, jose::ClaimNames &names)
{
    ObjectReader reader(object, Texts::tr("The provider's claims"));
    names.scopes = reader.string(u"scopes"_s);
    names.roles = reader.string(u"roles"_s);
    names.tenant = reader.string(u"tenant"_s);
    names.objectId = reader.string(u"objectId"_s);
    names.name = reader.string(u"name"_s);
    names.userName = reader.string(u"userName"_s);
    return reader.finishStrictly();
}

Result<Provider> readProvider(const QByteArray &text)
{
    const Result<JsonObject> data = parseJsonObject(text);
    if (!data)
        return failure(data.error());
    ObjectReader reader(*data, Texts::tr("The provider's data"));
    Provider provider;
    provider.id = reader.string(u"id"_s);
    provider.name = reader.string(u"name"_s);
    provider.discoveryPath = reader.string(u"discoveryPath"_s);
    provider.issuerPath = reader.string(u"issuerPath"_s);
    provider.capabilities = reader.strings(u"capabilities"_s);
    provider.extraScopes = reader.strings(u"extraScopes"_s);
    provider.multiTenantNames = reader.strings(u"multiTenantNames"_s);
    const JsonArray *hosts = reader.array(u"hosts"_s);
    const QString keyFormat = reader.string(u"keyFormat"_s);
    const JsonObject *claims = reader.object(u"claims"_s);
    const JsonObject *redirect = reader.object(u"redirect"_s);
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error());
    if (const Result<void> read = readHosts(*hosts, provider); !read)
        return failure(read.error());
    if (const Result<void> read = readKeyFormat(keyFormat, provider.keyFormat); !read)
        return failure(read.error());
    if (const Result<void> read = readClaimNames(*claims, provider.claims); !read)
        return failure(read.error());
    if (const Result<void> read = readRedirect(*redirect, provider); !read)
        return failure(read.error());
    return provider;
}

} // namespace

QString LoopbackRedirect::uri(quint16 port) const
{
    return u"http://%1:%2%3"_s.arg(host).arg(port).arg(path == u'/' ? QString() : path);
}

bool Provider::acceptsHost(const QString &host) const
{
    return net::isLoopbackHost(host) || !hostPattern(*this, host).isEmpty();
}

QUrl Provider::discoveryUrl(const QUrl &authority) const
{
    QUrl url = authority;
    url.setPath(authority.path() + discoveryPath);
    return url;
}

QString Provider::expectedIssuer(const QUrl &authority) const
{
    return authority.toString(QUrl::FullyEncoded) + issuerPath;
}

bool Provider::isIssuerOf(const QUrl &authority, const QString &issuer) const
{
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
    return authority.host().compare(redirectPathHost, Qt::CaseInsensitive) == 0;
}

QString Provider::ownRedirectPath(const QUrl &authority) const
{
    constexpr qsizetype digits = 16;
    const QString tenant = authority.path().section(u'/', -1);
    const QString issuer =
        jose::isGuid(tenant) ? jose::filledIssuer(issuerPattern(*this, authority), tenant) : expectedIssuer(authority);
    const QByteArray hash = QCryptographicHash::hash(issuer.toLower().toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"/cb/"_s + QString::fromLatin1(hash.first(digits));
}

jose::TokenPolicy Provider::accessTokenPolicy(const QString &issuer, const QString &audience,
                                              const QString &clientId) const
{
    jose::TokenPolicy policy = jose::accessTokenPolicy(issuer, audience, clientId);
    policy.claims = claims;
    return policy;
}

jose::TokenPolicy Provider::idTokenPolicy(const QString &issuer, const QString &clientId) const
{
    using enum jose::ClaimType;
    jose::TokenPolicy policy = jose::idTokenPolicy(issuer, clientId, {});
    policy.claims = claims;
    policy.claimTypes = {
        {claims.name, textOrNull}, {claims.userName, textOrNull}, {claims.roles, texts}, {claims.scopes, text}};
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
