/// The discovery document: where a tenant's endpoints are (OpenID Connect Discovery 1.0).
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "identity/connection.h"
#include "net/http-client.h"

#include <QString>
#include <QUrl>

#include <stop_token>

namespace bookdesk::identity {

/// A plain value. Its issuer fits the connection, and its endpoints are on the provider's hosts. Any thread.
struct DiscoveryDocument
{
    QString issuer;
    QUrl authorizationEndpoint;
    QUrl tokenEndpoint;
    QUrl deviceAuthorizationEndpoint; ///< Empty where the tenant has none (RFC 8628 section 4).
    QUrl jwksUri;
    QUrl endSessionEndpoint;     ///< Empty where one cannot sign out in the browser (RP-Initiated Logout section 2.1).
    QUrl revocationEndpoint;     ///< Empty where tokens cannot be revoked (RFC 8414 section 2).
    bool offersFormPost = false; ///< Among its `response_modes_supported`.
    QUrl pushedRequestEndpoint;  ///< Empty where requests need not be pushed (RFC 9126 section 5).
    bool promisesIssuer = false; ///< Every authorization response names its issuer (RFC 9207 section 3).

    friend bool operator==(const DiscoveryDocument &, const DiscoveryDocument &) = default;
};

/// The connection's own, the provider's, or what the document offers: form_post keeps the code out of addresses.
ResponseMode responseModeOf(const Connection &connection, const DiscoveryDocument &document);

/// Which specification says what a document must have.
enum class DocumentKind {
    openId, ///< OpenID Connect Discovery 1.0 section 3.
    oauth,  ///< RFC 8414 section 2.
};

/// Reads a document and checks it against the connection: the members that its kind demands (Entra's documents are held
/// to those that are used), its issuer, and where its endpoints are. Errors: discovery.invalid,
/// discovery.issuer-mismatch, discovery.endpoint-refused.
Result<DiscoveryDocument> readDiscoveryDocument(QByteArrayView text, const Connection &connection,
                                                DocumentKind kind = DocumentKind::openId);

/// Fetches the connection's document: that of RFC 8414 where there is no other (404) and the provider may have one.
/// Nothing is fetched where the provider's data says all. Errors: as readDiscoveryDocument, discovery.unavailable,
/// net.*.
Task<DiscoveryDocument> discover(net::HttpClient &http, Connection connection, std::stop_token stop);

} // namespace bookdesk::identity
