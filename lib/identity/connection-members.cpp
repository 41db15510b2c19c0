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

/// A base URL without query, fragment, dot segments, default port and trailing slash.
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
    if (path.endsWith(u'/'))
        url.setPath(path.chopped(1), QUrl::StrictMode);
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

Result<QStringList> readScopes(const QStringList &written, const QString &audience, const Provider &provider)
{
    static const QRegularExpression scopeToken(u"\\A[!#-\\[\\]-~]+\\z"_s);
    const QString member = u"scopes"_s;
    if (written.isEmpty())
        return invalid(
            member, Texts::tr("The member \"%1\" is empty. Name a scope of the API, such as api://API_ID/Books.Read.")
                        .arg(member));
    if (written.size() > mostScopes)
        return invalid(member,
                       Texts::tr("The member \"%1\" has more than %n entries.", nullptr, mostScopes).arg(member));
    for (const QString &scope : written) {
        if (scope.size() > longestId || !scopeToken.match(scope).hasMatch())
            return invalid(member, Texts::tr("The member \"%1\" has an entry that is not a scope: \"%2\".")
                                       .arg(member, visible(shortened(scope, longestName))));
    }
    if (const QString reason = refusedScopeReason(written, audience); !reason.isEmpty())
        return invalid(member, Texts::tr("The member \"%1\" cannot be used: %2").arg(member, reason));
    QStringList scopes = written + provider.extraScopes;
    scopes.removeDuplicates();
    return scopes;
}

Result<QUrl> readAuthority(const QString &text, const Provider &provider)
{
    static const QRegularExpression oneSegment(u"\\A/[A-Za-z0-9][A-Za-z0-9.-]*\\z"_s);
    const QString member = u"authority"_s;
    Result<QUrl> url = readBaseUrl(member, text);
    if (!url)
        return url;
    const QString path = url->path(QUrl::FullyEncoded);
    if (!provider.acceptsHost(url->host()))
        return invalid(member, Texts::tr("The member \"%1\" names the host \"%2\", which is not one of %3.")
                                   .arg(member, hostText(*url), provider.name));
    if (!net::isLoopbackHost(url->host()) && url->port() != -1)
        return invalid(member, Texts::tr("The member \"%1\" has a port, and %2 has no other than the usual one.")
                                   .arg(member, provider.name));
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
    return url;
}

Result<QUrl> readApiBaseUrl(const QString &text)
{
    const QString member = u"apiBaseUrl"_s;
    Result<QUrl> url = readBaseUrl(member, text);
    if (url && url->path().endsWith("/api/v1"_L1, Qt::CaseInsensitive))
        return invalid(member, Texts::tr("The member \"%1\" must not end with \"/api/v1\".").arg(member));
    return url;
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
    if (!provider.mayChooseRedirectPath(authority))
        return failure(
            errors::connectionMemberInvalid,
            Texts::tr("The member \"%1\" must be \"%2\" for this authority: every sign-in server but %3 has a redirect "
                      "path of its own, so that none receives a sign-in code that is meant for another.")
                .arg(member, own, provider.redirectPathHost),
            Texts::tr("Leave the member out, and register the redirect URI http://%1%2 at the authority.")
                .arg(provider.redirect.host, own),
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
