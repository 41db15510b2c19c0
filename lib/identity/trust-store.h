/// TrustStore: one connection's endpoints and keys, and the trust made from them.
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "core/single-flight.h"
#include "core/task-scope.h"
#include "identity/connection.h"
#include "identity/discovery.h"
#include "identity/fetch-stop.h"
#include "identity/key-store.h"
#include "identity/trust.h"
#include "net/http-client.h"

#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace bookdesk::identity {

/// Lives as long as the connection is in use, and is shared by its sign-ins, sessions and inspections. The discovery
/// document is kept for an hour, its issuer for good (a domain name in the authority is not the tenant), keys as
/// KeyStore keeps them; each is fetched once, however many wait for it. Destroying the store ends its waits. One
/// thread. Source: OpenID Connect Discovery 1.0 section 4.
class TrustStore
{
public:
    /// @param http must outlive the store.
    TrustStore(net::HttpClient &http, Connection connection, ApiKnowledge api, Clock clock);

    const Connection &connection() const { return m_connection; }
    /// Replaces it by one with the same binding (see bindingOf). While somebody signs in, only its name may differ.
    void revise(Connection connection) { m_connection = std::move(connection); }
    KeyStore &keys() { return m_keys; }

    /// A person tries again: the next fetch of the document is a new one. One that is under way goes on for those who
    /// wait for it: they may be renewing tokens of other accounts. The keys have the same for themselves.
    void startAnew();

    /// The last document that was fetched, however old, or nothing.
    const std::optional<DiscoveryDocument> &lastDocument() const { return m_document; }

    /// Where the tenant's endpoints are. Errors: as discover, stopped.
    Task<DiscoveryDocument> endpoints(std::stop_token stop = {});

    /// Trust with fresh keys, including those that @p tokens name, if the issuer has them and the cache's rules allow a
    /// fetch: only tokens of this issuer cause a fetch for a missing key. Without tokens this is a prefetch, for
    /// instance while the person types a password. A trust without keys says why. Errors: as endpoints.
    Task<Trust> trustFor(std::vector<Secret> tokens, std::stop_token stop = {});

    /// Verifies a token without a sign-in. An unreadable token is refused without network access. Errors: as endpoints,
    /// keys.unavailable.
    Task<jose::InspectedToken> inspect(Secret token, std::stop_token stop = {});

private:
    ScopedTask<DiscoveryDocument> knownDocument();
    Task<void> fetchDocumentOnce();
    ScopedTask<void> fetchDocument(std::stop_token stop);
    ScopedTask<Trust> trust(std::vector<Secret> tokens, std::stop_token stop);
    ScopedTask<jose::InspectedToken> inspected(Secret token, std::stop_token stop);

    net::HttpClient &m_http;
    Connection m_connection;
    const ApiKnowledge m_api;
    const Clock m_clock;
    KeyStore m_keys;
    std::optional<DiscoveryDocument> m_document;
    TimePoint m_documentFrom; ///< When it was fetched.
    SingleFlight<void> m_fetches;
    FetchStop m_fetchStop;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
