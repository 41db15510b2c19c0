#include "identity/connection.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "core/off-thread.h"
#include "core/text.h"
#include "identity/connection-members.h"
#include "identity/errors.h"
#include "identity/scope-resource.h"
#include "net/trusted-url.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

// Has room for a PEM of the largest size.
constexpr JsonLimits fileLimits{2 * 1024 * 1024, 8};

QString correctTheFile() { return Texts::tr("Correct the connection file."); }

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

jose::ClaimContext claimContext(const Connection &connection, const QString &issuer)
{
    return {issuer, connection.audience, connection.clientId};
}

bool isLoopbackOnly(const Connection &connection)
{
    return net::isLoopbackHost(connection.authority.host()) && net::isLoopbackHost(connection.apiBaseUrl.host());
}

} // namespace bookdesk::identity
