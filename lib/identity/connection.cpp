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
#include <initializer_list>
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
    QStringList scopes, scopeClaims, roleClaims;
    std::optional<QString> responseMode, redirectPath, caFile;
    std::optional<JsonArray> redirectPorts;
};

/// Which members a file must have. A provider that is not known is reported later.
struct Needs
{
    bool signIn = true;
    bool audience = true;
};

Needs needsOf(const JsonObject &object)
{
    const Json *id = object.find(u"provider");
    const Result<Provider> provider = findProvider(id && id->asString() ? *id->asString() : QString());
    return provider ? Needs{provider->hasSignIn, provider->audienceRule == AudienceRule::named} : Needs();
}

QString text(ObjectReader &reader, const QString &name, bool isNeeded)
{
    return isNeeded ? reader.string(name) : reader.optionalString(name).value_or(QString());
}

QStringList texts(ObjectReader &reader, const QString &name, bool isNeeded)
{
    return isNeeded || reader.has(name) ? reader.strings(name) : QStringList();
}

Result<Written> readMembers(const JsonObject &object, Needs needs)
{
    ObjectReader reader(object, Texts::tr("The connection file"));
    Written written;
    written.name = reader.string(u"name"_s);
    written.provider = reader.string(u"provider"_s);
    written.authority = reader.string(u"authority"_s);
    written.clientId = text(reader, u"clientId"_s, needs.signIn);
    written.scopes = texts(reader, u"scopes"_s, needs.signIn);
    written.apiBaseUrl = reader.string(u"apiBaseUrl"_s);
    written.audience = text(reader, u"audience"_s, needs.audience);
    written.scopeClaims = texts(reader, u"scopeClaims"_s, false);
    written.roleClaims = texts(reader, u"roleClaims"_s, false);
    written.responseMode = reader.optionalString(u"responseMode"_s);
    written.redirectPath = reader.optionalString(u"redirectPath"_s);
    written.caFile = reader.optionalString(u"caFile"_s);
    if (const JsonArray *ports = reader.has(u"redirectPorts"_s) ? reader.array(u"redirectPorts"_s) : nullptr)
        written.redirectPorts = *ports;
    if (const Result<void> read = reader.finishStrictly(); !read)
        return failure(read.error().code, read.error().message, correctTheFile(), read.error().facts);
    return written;
}

/// Stores a value, or remembers the first error.
class Filler
{
public:
    template <class T, class Value> void fill(T &place, Result<Value> value)
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

/// Where the file names none, some providers have another name that serves.
QString audienceOf(const Written &written, const Provider &provider, const Connection &connection)
{
    if (!written.audience.isEmpty() || provider.audienceRule == AudienceRule::named)
        return written.audience;
    return provider.audienceRule == AudienceRule::client ? connection.clientId
                                                         : connection.authority.path().section(u'/', -1);
}

/// Nobody knows how a provider's administrator writes what the connection says where to find.
void useOwnPlaces(jose::ClaimPlaces &places, const QStringList &paths, std::initializer_list<jose::ClaimForm> forms)
{
    if (paths.isEmpty())
        return;
    places.paths.clear();
    for (const QString &path : paths) {
        if (const std::optional<jose::ClaimPath> parsed = jose::ClaimPath::parse(path))
            places.paths.push_back(*parsed);
    }
    for (const jose::ClaimForm form : forms) {
        if (!places.allows(form))
            places.forms.push_back(form);
    }
}

/// Some claims are named after the API.
void nameTheAudience(jose::ClaimPlaces &places, const QString &audience)
{
    for (jose::ClaimPath &path : places.paths) {
        QString name = path.names().front();
        if (path.names().size() == 1 && name.contains("{audience}"_L1))
            path = jose::ClaimPath::ofClaim(name.replace("{audience}"_L1, audience));
    }
}

void useOwnClaims(Connection &connection)
{
    using enum jose::ClaimForm;
    nameTheAudience(connection.provider.claims.roles, connection.audience);
    useOwnPlaces(connection.provider.claims.scopes, connection.scopeClaims, {words, list});
    useOwnPlaces(connection.provider.claims.roles, connection.roleClaims, {jose::ClaimForm::text, list});
}

/// The resource server that the scopes name; with several, the audience if it is one of them.
QString ownServer(const Connection &connection)
{
    QStringList servers;
    for (const QString &scope : connection.scopes) {
        if (const qsizetype slash = scope.lastIndexOf(u'/'); slash > 0)
            servers += scope.first(slash);
    }
    servers.removeDuplicates();
    if (servers.size() == 1)
        return servers.front();
    return servers.contains(connection.audience) ? connection.audience : QString();
}

Result<Connection> makeConnection(const Written &written, const Provider &provider)
{
    Connection connection;
    Filler filler;
    connection.provider = provider;
    filler.fill(connection.name, readName(written.name));
    filler.fill(connection.authority, readAuthority(written.authority, provider));
    if (provider.hasSignIn || !written.clientId.isEmpty())
        filler.fill(connection.clientId, readId(u"clientId"_s, written.clientId));
    const QString audience = audienceOf(written, provider, connection);
    filler.fill(connection.audience, readAudience(audience, connection.authority, provider));
    filler.fill(connection.scopes, readScopes(written.scopes, audience, provider));
    filler.fill(connection.apiBaseUrl, readApiBaseUrl(written.apiBaseUrl));
    if (written.responseMode)
        filler.fill(connection.responseMode, readResponseMode(*written.responseMode));
    else
        connection.responseMode = provider.responseMode;
    filler.fill(connection.scopeClaims, readClaimPaths(u"scopeClaims"_s, written.scopeClaims));
    filler.fill(connection.roleClaims, readClaimPaths(u"roleClaims"_s, written.roleClaims));
    useOwnClaims(connection);
    if (provider.scopeRule == ScopeRule::server)
        connection.provider.claims.scopeServer = ownServer(connection);
    connection.redirect = provider.redirectOf(connection.authority);
    if (written.redirectPath)
        filler.fill(connection.redirect.path,
                    readRedirectPathOf(connection.authority, *written.redirectPath, provider));
    if (written.redirectPorts)
        filler.fill(connection.redirect.ports, readRedirectPorts(*written.redirectPorts));
    if (written.caFile)
        filler.fill(connection.authorities, readAuthorities(*written.caFile));
    return filler.finish(std::move(connection));
}

template <class List> JsonArray arrayOf(const List &entries)
{
    JsonArray array;
    for (const auto &entry : entries)
        array.emplace_back(entry);
    return array;
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
    const Result<Written> written = readMembers(*object, needsOf(*object));
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
    JsonObject object{
        {u"name"_s, connection.name},
        {u"provider"_s, connection.provider.id},
        {u"authority"_s, connection.authority.toString(QUrl::FullyEncoded)},
        {u"clientId"_s, connection.clientId},
        {u"scopes"_s, arrayOf(connection.scopes)},
        {u"apiBaseUrl"_s, connection.apiBaseUrl.toString(QUrl::FullyEncoded)},
        {u"audience"_s, connection.audience},
    };
    if (connection.clientId.isEmpty())
        object.remove(u"clientId");
    if (connection.responseMode)
        object.append(u"responseMode"_s, *connection.responseMode == ResponseMode::query ? u"query"_s : u"form_post"_s);
    object.append(u"redirectPath"_s, connection.redirect.path);
    if (connection.redirect.ports != connection.provider.redirect.ports)
        object.append(u"redirectPorts"_s, arrayOf(connection.redirect.ports));
    if (!connection.scopeClaims.isEmpty())
        object.append(u"scopeClaims"_s, arrayOf(connection.scopeClaims));
    if (!connection.roleClaims.isEmpty())
        object.append(u"roleClaims"_s, arrayOf(connection.roleClaims));
    if (!connection.authorities.isEmpty())
        object.append(u"caFile"_s, QString::fromLatin1(net::pemOf(connection.authorities)));
    return toPrettyJson(object) + '\n';
}

net::OwnAuthorities ownAuthorities(const Connection &connection)
{
    net::OwnAuthorities own{connection.authorities, {}};
    for (const QUrl &url : {connection.apiBaseUrl, connection.authority}) {
        const QString host = url.host(QUrl::FullyEncoded);
        if (!connection.provider.ownsHost(host) && !isMicrosoftsHost(host))
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
