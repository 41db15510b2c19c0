#include "identity/discovery.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "jose/issuer.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

#include <optional>
#include <tuple>
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

std::tuple<QString, std::optional<QString>, QUrl *> optionalEndpoint(ObjectReader &reader, const QString &member,
                                                                     QUrl &place)
{
    return {member, reader.optionalString(member), &place};
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

tl::unexpected<Error> wrongIssuer(const Connection &connection, const QString &issuer)
{
    const Facts named{{facts::expected, connection.provider.expectedIssuer(connection.authority)},
                      foreignFact(facts::got, issuer)};
    if (jose::isIssuerPattern(issuer))
        return failure(errors::discoveryIssuerMismatch,
                       Texts::tr("This authority is for users of many tenants, which Bookdesk does not support."),
                       Texts::tr("Use the tenant's own ID or domain name in the connection's authority."), named);
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

Task<DiscoveryDocument> readAnswer(Task<net::HttpResponse> sending, QUrl url, Connection connection)
{
    const Result<net::HttpResponse> response = co_await std::move(sending);
    if (!response)
        co_return failure(response.error());
    if (response->status != 200)
        co_return refusedDocument(*response, url);
    co_return readDiscoveryDocument(response->body.reveal(), connection);
}

} // namespace

ResponseMode responseModeOf(const Connection &connection, const DiscoveryDocument &document)
{
    const ResponseMode offered = document.offersFormPost ? ResponseMode::formPost : ResponseMode::query;
    return connection.responseMode.value_or(offered);
}

Result<DiscoveryDocument> readDiscoveryDocument(QByteArrayView text, const Connection &connection)
{
    const Result<JsonObject> object = parseJsonObject(text, documentLimits);
    if (!object)
        return failure(errors::discoveryInvalid, Texts::tr("The sign-in server's description cannot be read."),
                       Texts::tr("Check the connection's authority."), factsOfCause(object.error()));
    ObjectReader reader(*object, Texts::tr("The sign-in server's description"));
    DiscoveryDocument document;
    document.issuer = reader.string(u"issuer"_s);
    const QString authorization = reader.string(u"authorization_endpoint"_s);
    const QString token = reader.string(u"token_endpoint"_s);
    const QString keys = reader.string(u"jwks_uri"_s);
    const std::vector<std::tuple<QString, std::optional<QString>, QUrl *>> optionalEndpoints{
        optionalEndpoint(reader, u"device_authorization_endpoint"_s, document.deviceAuthorizationEndpoint),
        optionalEndpoint(reader, u"end_session_endpoint"_s, document.endSessionEndpoint),
        optionalEndpoint(reader, u"revocation_endpoint"_s, document.revocationEndpoint)};
    document.offersFormPost = listed(*object, u"response_modes_supported").contains(u"form_post"_s);
    // A value of the wrong type counts as a promise: a server that cannot be understood is not exempt from the check.
    const Json *promise = object->find(u"authorization_response_iss_parameter_supported");
    document.promisesIssuer = promise && *promise != Json(false);
    if (const Result<void> read = reader.finish(); !read)
        return failure(errors::discoveryInvalid, read.error().message, Texts::tr("Check the connection's authority."),
                       read.error().facts);
    if (!connection.provider.isIssuerOf(connection.authority, document.issuer))
        return wrongIssuer(connection, document.issuer);

    std::vector<std::tuple<QString, QString, QUrl *>> endpoints{
        {u"authorization_endpoint"_s, authorization, &document.authorizationEndpoint},
        {u"token_endpoint"_s, token, &document.tokenEndpoint},
        {u"jwks_uri"_s, keys, &document.jwksUri}};
    for (const auto &[member, address, place] : optionalEndpoints) {
        if (address)
            endpoints.emplace_back(member, *address, place);
    }
    for (const auto &[member, address, place] : endpoints) {
        const Result<QUrl> endpoint = readEndpoint(member, address, connection);
        if (!endpoint)
            return failure(endpoint.error());
        *place = *endpoint;
    }
    return document;
}

Task<DiscoveryDocument> discover(net::HttpClient &http, Connection connection, std::stop_token stop)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::discovery;
    request.url = connection.provider.discoveryUrl(connection.authority);
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    const QUrl url = request.url;
    return readAnswer(http.send(std::move(request), std::move(stop)), url, std::move(connection));
}

} // namespace bookdesk::identity
