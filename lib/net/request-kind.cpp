#include "net/request-kind.h"

#include <QNetworkRequest>
#include <QVariant>

namespace bookdesk::net {
namespace {

constexpr QNetworkRequest::Attribute kindAttribute = QNetworkRequest::User;

} // namespace

void setRequestKind(QNetworkRequest &request, RequestKind kind)
{
    request.setAttribute(kindAttribute, static_cast<int>(kind));
}

RequestKind requestKind(const QNetworkRequest &request)
{
    return static_cast<RequestKind>(request.attribute(kindAttribute, static_cast<int>(RequestKind::api)).toInt());
}

} // namespace bookdesk::net
