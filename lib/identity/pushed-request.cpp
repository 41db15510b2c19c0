#include "identity/pushed-request.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "core/text.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"

#include <QCoreApplication>
#include <QUrlQuery>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PushedRequest)
};

constexpr JsonLimits answerLimits{64 * 1024, 8};
constexpr qsizetype longestReference = 2048;

tl::unexpected<Error> unusable(const Facts &facts)
{
    return failure(
        errors::responseInvalid,
        Texts::tr("The sign-in server demands that requests are pushed, and its answer to one cannot be used."),
        Texts::tr("Try again, or ask the sign-in server's administrator."), facts);
}

} // namespace

net::HttpRequest pushedRequest(const QUrl &endpoint, const QUrl &authorizationUrl)
{
    net::HttpRequest request;
    request.kind = net::RequestKind::tokens;
    request.method = "POST"_ba;
    request.url = endpoint;
    request.headers = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba},
                       {"Accept"_ba, "application/json"_ba}};
    request.body = Secret(authorizationUrl.query(QUrl::FullyEncoded).toLatin1());
    return request;
}

Result<QUrl> readPushedAnswer(const net::HttpResponse &response, const QUrl &endpoint, const QUrl &authorizationUrl,
                              const QString &clientId)
{
    const Facts answered{{facts::httpStatus, QString::number(response.status)}};
    const Result<JsonObject> body = parseJsonObject(response.body.reveal(), answerLimits);
    const OAuthError oauth = body ? readOAuthError(*body) : OAuthError();
    if (!oauth.error.isEmpty())
        return failure(signInError(oauth, QUrlQuery(authorizationUrl).queryItemValue(u"redirect_uri"_s)));
    if (!body || (response.status != 201 && response.status != 200))
        return unusable(answered);
    ObjectReader reader(*body, Texts::tr("The sign-in server's answer"));
    const QString reference = reader.string(u"request_uri"_s);
    if (!reader.finish() || reference.isEmpty() || reference.size() > longestReference ||
        visible(reference) != reference)
        return unusable(answered);
    const net::FormFields fields{{"client_id"_ba, Secret(clientId.toUtf8())},
                                 {"request_uri"_ba, Secret(reference.toUtf8())}};
    QString query = endpoint.query(QUrl::FullyEncoded);
    if (!query.isEmpty())
        query += u'&';
    QUrl url = endpoint;
    url.setQuery(query + QString::fromLatin1(net::encodeForm(fields).reveal()), QUrl::StrictMode);
    return url;
}

} // namespace bookdesk::identity
