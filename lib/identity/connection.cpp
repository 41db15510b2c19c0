#include "identity/connection.h"

#include "core/address-text.h"
#include "core/json.h"
#include "core/object-reader.h"
#include "core/off-thread.h"
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

#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

constexpr int longestName = 100;
constexpr int longestId = 256;
constexpr int longestUrl = 2048;
constexpr qsizetype longestRedirectPath = 200;
constexpr int mostScopes = 100;
constexpr qsizetype certificateBytes = 1024 * 1024;
// Has room for a PEM of the largest size.
constexpr JsonLimits fileLimits{2 * 1024 * 1024, 8};

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

/// An ID as used in requests and tokens: printable ASCII without spaces.
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

/// RFC 6749 section 3.3. The provider's own scopes are added after the others.
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

/// Refuses a path at which a code of another issuer could arrive.
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

/// The members as written, before they are interpreted.
struct Written
{
    QString name, provider, authority, clientId, apiBaseUrl, audience;
    QStringList scopes;
    std::optional<QString> responseMode, redirectPath, caFile;
};

Result<Written> readMembers(const JsonObject &object)
{
    ObjectReader reader(object, Texts::tr("The connection file"));
    Written written;
    written.name = reader.string(u"name"_s);
    written.provider = reader.string(u"provider"_s);
    written.authority = reader.string(u"authority"_s);
    written.clientId = reader.string(u"clientId"_s);
    written.scopes = reader.strings(u"scopes"_s);
    written.apiBaseUrl = reader.string(u"apiBaseUrl"_s);
    written.audience = reader.string(u"audience"_s);
    written.responseMode = reader.optionalString(u"responseMode"_s);
    written.redirectPath = reader.optionalString(u"redirectPath"_s);
    written.caFile = reader.optionalString(u"caFile"_s);
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error().code, read.error().message, correctTheFile(), read.error().facts);
    return written;
}

/// Stores a value, or remembers the first error.
class Filler
{
public:
    template <class T> void fill(T &place, Result<T> value)
    {
        if (value)
            place = std::move(*value);
        else if (!m_error)
            m_error = value.error();
    }

    Result<Connection> finish(Connection connection) const
    {
        if (m_error)
            return failure(*m_error);
        return connection;
    }

private:
    std::optional<Error> m_error;
};

Result<Connection> makeConnection(const Written &written, const Provider &provider)
{
    Connection connection;
    Filler filler;
    connection.provider = provider;
    filler.fill(connection.name, readName(written.name));
    filler.fill(connection.authority, readAuthority(written.authority, provider));
    filler.fill(connection.clientId, readId(u"clientId"_s, written.clientId));
    filler.fill(connection.audience, readId(u"audience"_s, written.audience));
    filler.fill(connection.scopes, readScopes(written.scopes, written.audience, provider));
    filler.fill(connection.apiBaseUrl, readApiBaseUrl(written.apiBaseUrl));
    if (written.responseMode)
        filler.fill(connection.responseMode, readResponseMode(*written.responseMode));
    connection.redirect = provider.redirectOf(connection.authority);
    if (written.redirectPath)
        filler.fill(connection.redirect.path,
                    readRedirectPathOf(connection.authority, *written.redirectPath, provider));
    if (written.caFile)
        filler.fill(connection.authorities, readAuthorities(*written.caFile));
    return filler.finish(std::move(connection));
}

Result<Connection> readConnectionFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(errors::connectionFileUnreadable,
                       Texts::tr("The connection file \"%1\" cannot be read.").arg(visible(path)),
                       Texts::tr("Check its name and your permissions."),
                       {{facts::file, visible(path)}, {facts::reason, file.errorString()}});
    return readConnection(file.read(fileLimits.bytes + 1));
}

} // namespace

Result<Connection> readConnection(const QByteArray &text)
{
    // Windows editors like to write a byte order mark first.
    const QByteArray json = text.startsWith("\xEF\xBB\xBF"_ba) ? text.sliced(3) : text;
    const Result<JsonObject> object = parseJsonObject(json, fileLimits);
    if (!object)
        return failure(object.error().code,
                       Texts::tr("The connection file cannot be used: %1").arg(object.error().message),
                       correctTheFile(), object.error().facts);
    const Result<Written> written = readMembers(*object);
    if (!written)
        return failure(written.error());
    const Result<Provider> provider = findProvider(written->provider);
    if (!provider)
        return failure(provider.error());
    return makeConnection(*written, *provider);
}

Task<Connection> loadConnection(QString path)
{
    std::function<Result<Connection>()> read = [path] { return readConnectionFile(path); };
    std::optional<Result<Connection>> loaded = co_await offThread(std::move(read), std::stop_token());
    // It is never asked to stop, so there is always a result.
    co_return std::move(*loaded);
}

QByteArray writeConnection(const Connection &connection)
{
    JsonArray scopes;
    for (const QString &scope : connection.scopes)
        scopes.emplace_back(scope);
    JsonObject object{
        {u"name"_s, connection.name},
        {u"provider"_s, connection.provider.id},
        {u"authority"_s, connection.authority.toString(QUrl::FullyEncoded)},
        {u"clientId"_s, connection.clientId},
        {u"scopes"_s, std::move(scopes)},
        {u"apiBaseUrl"_s, connection.apiBaseUrl.toString(QUrl::FullyEncoded)},
        {u"audience"_s, connection.audience},
        {u"responseMode"_s, connection.responseMode == ResponseMode::query ? u"query"_s : u"form_post"_s},
        {u"redirectPath"_s, connection.redirect.path},
    };
    if (!connection.authorities.isEmpty())
        object.append(u"caFile"_s, QString::fromLatin1(net::pemOf(connection.authorities)));
    return toPrettyJson(object) + '\n';
}

net::OwnAuthorities ownAuthorities(const Connection &connection)
{
    net::OwnAuthorities own{connection.authorities, {}};
    for (const QUrl &url : {connection.apiBaseUrl, connection.authority}) {
        const QString host = url.host(QUrl::FullyEncoded);
        const bool isProviders = connection.provider.acceptsHost(host) && !net::isLoopbackHost(host);
        if (!isProviders && !isMicrosoftsHost(host))
            own.hosts += host;
    }
    return own;
}

bool isLoopbackOnly(const Connection &connection)
{
    return net::isLoopbackHost(connection.authority.host()) && net::isLoopbackHost(connection.apiBaseUrl.host());
}

} // namespace bookdesk::identity
