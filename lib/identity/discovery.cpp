#include "identity/discovery.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "jose/issuer.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Discovery)
};

constexpr JsonLimits documentLimits{net::usualBounds(net::RequestKind::discovery).bytes, 16};

tl::unexpected<Error> refusedEndpoint(const QString &member, const QString &text)
{
    return failure(
        errors::discoveryEndpointRefused,
        Texts::tr("The sign-in server names an address for \"%1\" that is not its own, so Bookdesk does not use it.")
            .arg(member),
        Texts::tr("Ask the administrator of the sign-in server."),
        {{facts::member, member}, foreignFact(facts::got, text)});
}

Result<QUrl> readEndpoint(const QString &member, const QString &text, const Connection &connection)
{
    Result<QUrl> url = net::trustedUrl(QUrl(text, QUrl::StrictMode));
    if (!url || url->hasFragment() || !connection.provider.isEndpointOf(connection.authority, *url))
        return refusedEndpoint(member, text);
    return url;
}

/// The texts of a list; other entries are left out.
QStringList listed(const JsonObject &document, QStringView member)
{
    const Json *value = document.find(member);
    QStringList entries;
    for (const Json &entry : value && value->asArray() ? *value->asArray() : JsonArray()) {
        if (const QString *text = entry.asString())
            entries += *text;
    }
    return entries;
}

bool isSameButForASlash(const QString &one, const QString &other) { return one + u'/' == other || one == other + u'/'; }

tl::unexpected<Error> wrongIssuer(const Connection &connection, const QString &issuer)
{
    const Facts named{{facts::expected, connection.provider.expectedIssuer(connection.authority)},
                      foreignFact(facts::got, issuer)};
    if (jose::isIssuerPattern(issuer))
        return failure(errors::discoveryIssuerMismatch,
                       Texts::tr("This authority is for users of many tenants, which Bookdesk does not support."),
                       Texts::tr("Use the tenant's own ID or domain name in the connection's authority."), named);
    if (isSameButForASlash(connection.provider.expectedIssuer(connection.authority), issuer))
        return failure(
            errors::discoveryIssuerMismatch,
            Texts::tr("The sign-in server's own name differs from the connection's authority in the slash at "
                      "its end."),
            Texts::tr("Write the authority exactly like its name, and register the redirect URI that "
                      "Bookdesk then shows."),
            named);
    return failure(errors::discoveryIssuerMismatch,
                   Texts::tr("The sign-in server's own name differs from the connection's authority."),
                   Texts::tr("Check the authority's tenant and cloud."), named);
}

/// The facts about an answer that is not a document.
tl::unexpected<Error> refusedDocument(const net::HttpResponse &response, const QUrl &url)
{
    const Facts asked{{facts::url, url.toString(QUrl::FullyEncoded)},
                      {facts::httpStatus, QString::number(response.status)}};
    if (response.redirectTarget.isValid())
        return failure(
            errors::discoveryUnavailable,
            Texts::tr("The sign-in server's description has moved, and Bookdesk does not follow redirects."),
            Texts::tr("Check the connection's authority."),
            merged(asked, {foreignFact(facts::location, response.redirectTarget.toString(QUrl::FullyEncoded))}));
    const Result<JsonObject> body = parseJsonObject(response.body.reveal(), documentLimits);
    const OAuthError oauth = body ? readOAuthError(*body) : OAuthError();
    if (!oauth.error.isEmpty()) {
        const Error told = signInError(oauth, {});
        return failure(errors::discoveryUnavailable, told.message, told.remedy, merged(asked, told.facts));
    }
    return failure(errors::discoveryUnavailable,
                   Texts::tr("The sign-in server did not provide its description (HTTP %1).").arg(response.status),
                   Texts::tr("Check the connection's authority, or try again later."), asked);
}

/// What a document says, before its addresses are checked.
struct Written
{
    struct Endpoint
    {
        QString member;
        QString address;
        QUrl *place;
    };

    std::vector<Endpoint> endpoints;
};

/// Without a sign-in, only the issuer's keys matter.
bool isNeeded(const QString &member, const Provider &provider) { return provider.hasSignIn || member == "jwks_uri"_L1; }

Written readEndpoints(ObjectReader &reader, DiscoveryDocument &document, const Provider &provider)
{
    const std::vector<std::pair<QString, QUrl *>> required{
        {u"authorization_endpoint"_s, &document.authorizationEndpoint},
        {u"token_endpoint"_s, &document.tokenEndpoint},
        {u"jwks_uri"_s, &document.jwksUri}};
    const std::vector<std::pair<QString, QUrl *>> optional{
        {u"device_authorization_endpoint"_s, &document.deviceAuthorizationEndpoint},
        {u"end_session_endpoint"_s, &document.endSessionEndpoint},
        {u"revocation_endpoint"_s, &document.revocationEndpoint}};
    Written written;
    for (const auto &[member, place] : required) {
        if (isNeeded(member, provider))
            written.endpoints.push_back({member, reader.string(member), place});
    }
    for (const auto &[member, place] : optional) {
        if (const std::optional<QString> address = reader.optionalString(member))
            written.endpoints.push_back({member, *address, place});
    }
    return written;
}

bool isTrue(const JsonObject &document, QStringView member)
{
    const Json *value = document.find(member);
    return value && *value == Json(true);
}

/// Only where the server refuses others: a request that is not pushed shows the same to the browser as everywhere.
void readPushedEndpoint(ObjectReader &reader, const JsonObject &object, DiscoveryDocument &document, Written &written)
{
    const QString member = u"pushed_authorization_request_endpoint"_s;
    if (isTrue(object, u"require_pushed_authorization_requests"))
        written.endpoints.push_back({member, reader.string(member), &document.pushedRequestEndpoint});
}

tl::unexpected<Error> invalidDocument(const QString &message, const Facts &facts)
{
    return failure(errors::discoveryInvalid, message, Texts::tr("Check the connection's authority."), facts);
}

/// What the specification demands of a document, and what this client needs of a server.
Result<void> checkLists(const JsonObject &object, const Provider &provider, DocumentKind kind)
{
    if (provider.issuerRule == IssuerRule::tenant || !provider.hasSignIn)
        return {};
    QStringList demanded{u"response_types_supported"_s};
    if (kind == DocumentKind::openId)
        demanded += {u"subject_types_supported"_s, u"id_token_signing_alg_values_supported"_s};
    for (const QString &member : demanded) {
        if (listed(object, member).isEmpty())
            return invalidDocument(
                Texts::tr("The sign-in server's description lacks the list \"%1\", which it must have.").arg(member),
                {{facts::member, member}});
    }
    const QStringList types = listed(object, demanded.front());
    if (!types.contains(u"code"_s))
        return invalidDocument(
            Texts::tr("The sign-in server does not offer the authorization code flow, and Bookdesk uses no other."),
            {{facts::member, demanded.front()}, foreignFact(facts::got, types.join(u' '))});
    return {};
}

Result<void> checkEndpoints(const Written &written, const Connection &connection)
{
    for (const Written::Endpoint &endpoint : written.endpoints) {
        const Result<QUrl> url = readEndpoint(endpoint.member, endpoint.address, connection);
        if (!url)
            return failure(url.error());
        *endpoint.place = *url;
    }
    return {};
}

/// For providers whose issuer and keys are known from the data. On this computer there are only the test's own keys.
bool isKnownFromData(const Connection &connection)
{
    return !connection.provider.keysUrl.isEmpty() && !net::isLoopbackHost(connection.authority.host());
}

Task<DiscoveryDocument> documentFromData(Connection connection)
{
    DiscoveryDocument document;
    document.issuer = connection.provider.expectedIssuer(connection.authority);
    document.jwksUri = connection.provider.keysUrl;
    co_return document;
}

Result<DiscoveryDocument> readAnswer(const Result<net::HttpResponse> &response, const QUrl &url,
                                     const Connection &connection, DocumentKind kind)
{
    if (!response)
        return failure(response.error());
    if (response->status != 200)
        return refusedDocument(*response, url);
    return readDiscoveryDocument(response->body.reveal(), connection, kind);
}

net::HttpRequest requestFor(const QUrl &url)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::discovery;
    request.url = url;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    return request;
}

/// @param send asks for a document; not after a stop, because what it sends with may be gone then.
Task<DiscoveryDocument> fetched(std::function<Task<net::HttpResponse>(QUrl)> send, Connection connection,
                                std::stop_token stop)
{
    const Provider &provider = connection.provider;
    const QUrl url = provider.discoveryUrl(connection.authority);
    const QUrl other = provider.oauthDiscoveryUrl(connection.authority);
    const Result<net::HttpResponse> response = co_await send(url);
    const bool isMissing = response && response->status == 404 && !other.isEmpty();
    if (!isMissing || stop.stop_requested())
        co_return readAnswer(response, url, connection, DocumentKind::openId);
    const Result<net::HttpResponse> second = co_await send(other);
    if (second && second->status == 404)
        co_return readAnswer(response, url, connection, DocumentKind::openId);
    co_return readAnswer(second, other, connection, DocumentKind::oauth);
}

} // namespace

ResponseMode responseModeOf(const Connection &connection, const DiscoveryDocument &document)
{
    const ResponseMode offered = document.offersFormPost ? ResponseMode::formPost : ResponseMode::query;
    return connection.responseMode.value_or(offered);
}

Result<DiscoveryDocument> readDiscoveryDocument(QByteArrayView text, const Connection &connection, DocumentKind kind)
{
    const Result<JsonObject> object = parseJsonObject(text, documentLimits);
    if (!object)
        return invalidDocument(Texts::tr("The sign-in server's description cannot be read."),
                               factsOfCause(object.error()));
    ObjectReader reader(*object, Texts::tr("The sign-in server's description"));
    DiscoveryDocument document;
    document.issuer = reader.string(u"issuer"_s);
    Written written = readEndpoints(reader, document, connection.provider);
    readPushedEndpoint(reader, *object, document, written);
    document.offersFormPost = listed(*object, u"response_modes_supported").contains(u"form_post"_s);
    // A value of the wrong type counts as a promise: a server that cannot be understood is not exempt from the check.
    const Json *promise = object->find(u"authorization_response_iss_parameter_supported");
    document.promisesIssuer = promise && *promise != Json(false);
    if (const Result<void> read = reader.finish(); !read)
        return invalidDocument(read.error().message, read.error().facts);
    if (!connection.provider.isIssuerOf(connection.authority, document.issuer))
        return wrongIssuer(connection, document.issuer);
    if (const Result<void> checked = checkLists(*object, connection.provider, kind); !checked)
        return failure(checked.error());
    if (const Result<void> checked = checkEndpoints(written, connection); !checked)
        return failure(checked.error());
    return document;
}

Task<DiscoveryDocument> discover(net::HttpClient &http, Connection connection, std::stop_token stop)
{
    if (isKnownFromData(connection))
        return documentFromData(std::move(connection));
    const std::function<Task<net::HttpResponse>(QUrl)> send = [&http, stop](const QUrl &url) {
        return http.send(requestFor(url), stop);
    };
    return fetched(send, std::move(connection), std::move(stop));
}

} // namespace bookdesk::identity
