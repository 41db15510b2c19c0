#include "lab/probe-request.h"

namespace bookdesk::lab {
namespace {

const QByteArray fieldName = QByteArrayLiteral("access_token");

QUrl withToken(const QUrl &target, const Secret &token)
{
    const QByteArray separator = target.hasQuery() ? "&" : "?";
    return QUrl::fromEncoded(target.toEncoded() + separator +
                             net::encodeForm({{fieldName, token}}).reveal().toByteArray());
}

} // namespace

net::HttpRequest probeRequest(const QUrl &target, const Forgery &forgery)
{
    net::HttpRequest request;
    request.url = target;
    request.kind = net::RequestKind::probe;
    switch (forgery.carrier) {
    case Carrier::header:
        request.bearer = forgery.token;
        break;
    case Carrier::secondHeader:
        request.firstAuthorization = "Bearer this-is-not-a-token";
        request.bearer = forgery.token;
        break;
    case Carrier::query:
        request.url = withToken(target, forgery.token);
        break;
    case Carrier::body:
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = net::encodeForm({{fieldName, forgery.token}});
        break;
    case Carrier::nothing:
        break;
    }
    return request;
}

} // namespace bookdesk::lab
