#include "identity/connection-members.h"

#include "core/address-text.h"
#include "core/text.h"
#include "identity/errors.h"
#include "identity/scope-resource.h"
#include "net/errors.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionMembers)
};

constexpr int longestName = 100;
constexpr int longestId = 256;
constexpr int longestUrl = 2048;
constexpr qsizetype longestRedirectPath = 200;
constexpr int mostScopes = 100;
constexpr int mostClaimPaths = 20;
constexpr int mostPorts = 20;
constexpr qsizetype certificateBytes = 1024 * 1024;

QString correctTheFile() { return Texts::tr("Correct the connection file."); }

tl::unexpected<Error> invalid(const QString &member, const QString &message, const Facts &more = {})
{
    return failure(errors::connectionMemberInvalid, message, correctTheFile(), merged({{facts::member, member}}, more));
}

tl::unexpected<Error> naming(const QString &member, const Error &error)
{
    return failure(error.code, Texts::tr("The member \"%1\" cannot be used: %2").arg(member, error.message),
                   error.remedy, merged({{facts::member, member}}, error.facts));
}

QString tooLong(const QString &member, int longest)
{
    return Texts::tr("The member \"%1\" is longer than %n characters.", nullptr, longest).arg(member);
}

bool isPlain(const QString &text) { return visible(text) == text; }

bool hasDotSegments(const QString &encodedPath)
{
    static const QRegularExpression dots(u"(?:\\A|/)(?:\\.|%2e){1,2}(?:/|\\z)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return dots.match(encodedPath).hasMatch();
}

QUrl withoutLastSlash(QUrl url)
{
    const QString path = url.path(QUrl::FullyEncoded);
    if (path.endsWith(u'/'))
        url.setPath(path.chopped(1), QUrl::StrictMode);
    return url;
}

/// A base URL without query, fragment, dot segments and default port.
Result<QUrl> readBaseUrl(const QString &member, const QString &text)
{
    if (text.size() > longestUrl)
        return invalid(member, tooLong(member, longestUrl));
    const QUrl written(text, QUrl::StrictMode);
    if (!written.isValid() || written.isRelative())
        return invalid(member,
                       Texts::tr("The member \"%1\" is not a complete URL such as https://example.org.").arg(member));
    const Result<QUrl> trusted = net::trustedUrl(written);
    if (!trusted)
        return naming(member, trusted.error());
    QUrl url = *trusted;
    if (url.hasQuery() || url.hasFragment())
        return invalid(member, Texts::tr("The member \"%1\" has a query or a fragment.").arg(member));
    const QString path = url.path(QUrl::FullyEncoded);
    if (hasDotSegments(path) || path.contains("//"_L1))
        return invalid(member,
                       Texts::tr("The path of the member \"%1\" has \".\", \"..\" or an empty part.").arg(member));
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
        url.setPort(-1);
    return url;
}

Result<QString> readRedirectPath(const QString &text)
{
    static const QRegularExpression pathAlone(u"\\A(?:/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?)\\z"_s);
    if (text.size() > longestRedirectPath || !pathAlone.match(text).hasMatch())
        return invalid(
            u"redirectPath"_s,
            Texts::tr("The member \"%1\" must begin with \"/\" and have only letters, digits, \"-\", \"_\", \"~\", "
                      "and dots within a name.")
                .arg(u"redirectPath"_s));
    return text;
}

/// Relative paths, network shares and Qt's resources are not absolute local paths.
bool isAbsoluteLocalPath(const QString &path)
{
    static const QRegularExpression rooted(u"\\A(?:/(?![/\\\\])|[A-Za-z]:[/\\\\])"_s);
    return rooted.match(path).hasMatch() && QDir::isAbsolutePath(path) && isPlain(path);
}

Result<QByteArray> readCertificateFile(const QString &path)
{
    const QString member = u"caFile"_s;
    if (!isAbsoluteLocalPath(path))
        return invalid(
            member,
            Texts::tr("The member \"%1\" must be the absolute path of a local file, or the certificates in PEM.")
                .arg(member));
    QFile file(path);
    // Anything but a regular file could block or never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return invalid(member,
                       Texts::tr("The member \"%1\" names the file \"%2\", which cannot be read.").arg(member, path),
                       {{facts::file, path}, {facts::reason, file.errorString()}});
    const QByteArray pem = file.read(certificateBytes + 1);
    if (pem.size() > certificateBytes)
        return invalid(
            member,
            Texts::tr("The member \"%1\" names the file \"%2\", which is larger than 1 MiB.").arg(member, path));
    return pem;
}

tl::unexpected<Error> foreignHost(const QUrl &authority, const Provider &provider)
{
    const QString member = u"authority"_s;
    if (isMicrosoftsHost(authority.host(QUrl::FullyEncoded).toLower()) && provider.hosts.contains(u"*"_s))
        return invalid(member,
                       Texts::tr("The member \"%1\" names the host \"%2\", which is Microsoft's. For Microsoft's "
                                 "sign-in, the member \"provider\" must be \"entra\".")
                           .arg(member, hostText(authority)));
    return invalid(member, Texts::tr("The member \"%1\" names the host \"%2\", which is not one of %3.")
                               .arg(member, hostText(authority), provider.name));
}

/// The owner's rules are stricter: for its own scopes, and for private certification authorities.
tl::unexpected<Error> ownedHost(const QUrl &authority, const Provider &owner)
{
    const QString member = u"authority"_s;
    return invalid(member, Texts::tr("The member \"%1\" names the host \"%2\", which belongs to %3. For it, the member "
                                     "\"provider\" must be \"%4\".")
                               .arg(member, hostText(authority), owner.name, owner.id));
}

Result<void> checkTenant(const QString &path, const Provider &provider)
{
    static const QRegularExpression oneSegment(u"\\A/[A-Za-z0-9][A-Za-z0-9.-]*\\z"_s);
    const QString member = u"authority"_s;
    if (path.endsWith("/v2.0"_L1, Qt::CaseInsensitive))
        return invalid(member, Texts::tr("The member \"%1\" must not end with \"/v2.0\".").arg(member));
    if (!oneSegment.match(path).hasMatch())
        return invalid(
            member, Texts::tr("The path of the member \"%1\" must be the tenant's ID or domain name and nothing else.")
                        .arg(member));
    const QString tenant = path.sliced(1);
    if (provider.multiTenantNames.contains(tenant, Qt::CaseInsensitive))
        return invalid(
            member, Texts::tr("The member \"%1\" names \"%2\", which stands for many tenants, and Bookdesk signs in to "
                              "one. Use the tenant's own ID or domain name.")
                        .arg(member, tenant));
    return {};
}

/// What is not a tenant must still be the issuer's own address.
Result<void> checkPath(const QUrl &authority, const Provider &provider)
{
    static const QRegularExpression oneName(u"\\A/[A-Za-z0-9][A-Za-z0-9._-]*\\z"_s);
    const QString member = u"authority"_s;
    const QString path = authority.path(QUrl::FullyEncoded);
    if (provider.authorityPath == AuthorityPath::tenant)
        return checkTenant(path, provider);
    if (path.contains("/.well-known/"_L1))
        return invalid(member, Texts::tr("The member \"%1\" must not name the document itself. Leave out everything "
                                         "from \"/.well-known/\" on.")
                                   .arg(member));
    const bool isGood =
        provider.authorityPath == AuthorityPath::any ||
        (provider.authorityPath == AuthorityPath::none ? path.isEmpty() : oneName.match(path).hasMatch());
    if (!isGood)
        return invalid(member, Texts::tr("The member \"%1\" must look like %2 for %3.")
                                   .arg(member, provider.form.authorityExample, provider.name));
    return {};
}

bool mustNameScopes(const Provider &provider)
{
    return provider.scopeRule == ScopeRule::resource || provider.scopeRule == ScopeRule::server;
}

} // namespace

Result<QString> readName(const QString &text)
{
    const QString name = text.trimmed();
    if (name.isEmpty())
        return invalid(u"name"_s, Texts::tr("The member \"%1\" is empty.").arg(u"name"_s));
    if (name.size() > longestName)
        return invalid(u"name"_s, tooLong(u"name"_s, longestName));
    if (!isPlain(name))
        return invalid(u"name"_s, Texts::tr("The member \"%1\" has control characters.").arg(u"name"_s),
                       {{facts::got, visible(name)}});
    return name;
}

Result<QString> readId(const QString &member, const QString &text)
{
    static const QRegularExpression printable(u"\\A[!-~]+\\z"_s);
    if (text.isEmpty())
        return invalid(member, Texts::tr("The member \"%1\" is empty.").arg(member));
    if (text.size() > longestId)
        return invalid(member, tooLong(member, longestId));
    if (!printable.match(text).hasMatch())
        return invalid(member,
                       Texts::tr("The member \"%1\" has blanks or characters that an ID does not have.").arg(member),
                       {{facts::got, visible(text)}});
    return text;
}

Result<QString> readAudience(const QString &text, const QUrl &authority, const Provider &provider)
{
    const QString member = u"audience"_s;
    Result<QString> audience = readId(member, text);
    if (audience && isOwnApi(text, authority, provider))
        return invalid(member, Texts::tr("The member \"%1\" names an API of %2's own. A token for it would be sent to "
                                         "the connection's API, which could use it in the person's name.")
                                   .arg(member, provider.name));
    return audience;
}

Result<QStringList> readScopes(const QStringList &written, const QString &audience, const Provider &provider)
{
    static const QRegularExpression scopeToken(u"\\A[!#-\\[\\]-~]+\\z"_s);
    const QString member = u"scopes"_s;
    if (written.isEmpty() && provider.hasSignIn && mustNameScopes(provider))
        return invalid(member, Texts::tr("The member \"%1\" is empty. Name a scope of the API, such as %2.")
                                   .arg(member, provider.form.scopeExample));
    if (written.size() > mostScopes)
        return invalid(member,
                       Texts::tr("The member \"%1\" has more than %n entries.", nullptr, mostScopes).arg(member));
    for (const QString &scope : written) {
        if (scope.size() > longestId || !scopeToken.match(scope).hasMatch())
            return invalid(member, Texts::tr("The member \"%1\" has an entry that is not a scope: \"%2\".")
                                       .arg(member, visible(shortened(scope, longestName))));
    }
    if (const QString reason = refusedScopeReason(written, audience, provider); !reason.isEmpty())
        return invalid(member, Texts::tr("The member \"%1\" cannot be used: %2").arg(member, reason));
    QStringList scopes = written + provider.extraScopes;
    scopes.removeDuplicates();
    return scopes;
}

Result<QUrl> readAuthority(const QString &text, const Provider &provider)
{
    const QString member = u"authority"_s;
    Result<QUrl> url = readBaseUrl(member, text);
    if (!url)
        return url;
    // Elsewhere the slash is part of the issuer's name.
    if (provider.issuerRule != IssuerRule::authority)
        *url = withoutLastSlash(*url);
    if (!provider.acceptsHost(url->host()))
        return foreignHost(*url, provider);
    if (const std::optional<Provider> owner = ownerOf(url->host()); owner && !provider.ownsHost(url->host()))
        return ownedHost(*url, *owner);
    if (provider.ownsHost(url->host()) && url->port() != -1)
        return invalid(member, Texts::tr("The member \"%1\" has a port, and %2 has no other than the usual one.")
                                   .arg(member, provider.name));
    if (const Result<void> path = checkPath(*url, provider); !path)
        return failure(path.error());
    return url;
}

Result<QUrl> readApiBaseUrl(const QString &text)
{
    const QString member = u"apiBaseUrl"_s;
    Result<QUrl> url = readBaseUrl(member, text);
    if (url)
        *url = withoutLastSlash(*url);
    if (url && url->path().endsWith("/api/v1"_L1, Qt::CaseInsensitive))
        return invalid(member, Texts::tr("The member \"%1\" must not end with \"/api/v1\".").arg(member));
    return url;
}

Result<QStringList> readClaimPaths(const QString &member, const QStringList &paths)
{
    if (paths.size() > mostClaimPaths)
        return invalid(member,
                       Texts::tr("The member \"%1\" has more than %n entries.", nullptr, mostClaimPaths).arg(member));
    for (const QString &path : paths) {
        if (!jose::ClaimPath::parse(path))
            return invalid(member,
                           Texts::tr("The member \"%1\" has \"%2\", which is no claim path. Write names with dots "
                                     "between them, such as realm_access.roles, and names with other characters in "
                                     "brackets and quotes, such as [\"https://contoso.com/roles\"].")
                               .arg(member, visible(shortened(path, longestName))));
    }
    return paths;
}

Result<std::vector<quint16>> readRedirectPorts(const JsonArray &numbers)
{
    constexpr double lowest = 1024;
    const QString member = u"redirectPorts"_s;
    std::vector<quint16> ports;
    for (const Json &number : numbers) {
        const double port = number.isNumber() ? number.toDouble() : 0;
        if (port < lowest || port > std::numeric_limits<quint16>::max() || port != std::floor(port))
            return invalid(member,
                           Texts::tr("The member \"%1\" must have whole numbers from 1024 to 65535.").arg(member));
        ports.push_back(static_cast<quint16>(port));
    }
    if (std::ssize(ports) > mostPorts)
        return invalid(member,
                       Texts::tr("The member \"%1\" has more than %n entries.", nullptr, mostPorts).arg(member));
    return ports;
}

Result<ResponseMode> readResponseMode(const QString &text)
{
    if (text == "form_post"_L1)
        return ResponseMode::formPost;
    if (text == "query"_L1)
        return ResponseMode::query;
    return invalid(u"responseMode"_s,
                   Texts::tr("The member \"%1\" must be \"form_post\" or \"query\".").arg(u"responseMode"_s));
}

Result<QString> readRedirectPathOf(const QUrl &authority, const QString &text, const Provider &provider)
{
    Result<QString> path = readRedirectPath(text);
    const QString own = provider.ownRedirectPath(authority);
    if (!path || *path == own)
        return path;
    const QString member = u"redirectPath"_s;
    LoopbackRedirect ownRedirect = provider.redirect;
    ownRedirect.path = own;
    if (!provider.mayChooseRedirectPath(authority))
        return failure(
            errors::connectionMemberInvalid,
            provider.redirectPathHost.isEmpty()
                ? Texts::tr("The member \"%1\" must be \"%2\" for this authority: every sign-in server has a redirect "
                            "path of its own, so that none receives a sign-in code that is meant for another.")
                      .arg(member, own)
                : Texts::tr("The member \"%1\" must be \"%2\" for this authority: every sign-in server but %3 has a "
                            "redirect path of its own, so that none receives a sign-in code that is meant for another.")
                      .arg(member, own, provider.redirectPathHost),
            Texts::tr("Leave the member out, and register the redirect URI %1 at the authority.")
                .arg(ownRedirect.registeredUri()),
            {{facts::member, member}});
    if (path->startsWith("/cb/"_L1, Qt::CaseInsensitive))
        return failure(
            errors::connectionMemberInvalid,
            Texts::tr("The member \"%1\" names a path below \"/cb/\" that belongs to another sign-in server.")
                .arg(member),
            Texts::tr("Leave the member out, or choose another path."), {{facts::member, member}});
    return path;
}

Result<QList<QSslCertificate>> readAuthorities(const QString &caFile)
{
    const QString member = u"caFile"_s;
    const bool isInline = caFile.contains("-----BEGIN"_L1);
    const Result<QByteArray> pem = isInline ? Result<QByteArray>(caFile.toUtf8()) : readCertificateFile(caFile);
    if (!pem)
        return failure(pem.error());
    Result<QList<QSslCertificate>> certificates = net::readCertificates(*pem);
    if (!certificates)
        return naming(member, certificates.error());
    return certificates;
}

} // namespace bookdesk::identity
