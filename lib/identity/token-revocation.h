/// TokenRevocation: asks the tenant to make a refresh token worthless.
#pragma once

#include "core/redaction.h"
#include "core/secret.h"
#include "core/task-scope.h"
#include "identity/trust-store.h"
#include "net/http-client.h"

#include <QTimer>

#include <chrono>
#include <stop_token>

namespace bookdesk::identity {

/// Where the tenant publishes no address for it, as Entra, there is nothing to do. One attempt per object, on one
/// thread; destroying it ends the attempt. Source: RFC 7009 section 2.
class TokenRevocation
{
public:
    /// The parts must outlive it.
    struct Parts
    {
        net::HttpClient &http;
        TrustStore &trust; ///< Of the connection.
        Redactor redactor;
    };

    TokenRevocation(Parts parts, std::chrono::milliseconds limit);

    /// Call once. Errors: sign-out.not-revoked.
    Task<void> run(Secret refreshToken);

private:
    ScopedTask<void> attempt(Secret refreshToken, std::stop_token stop);
    ScopedTask<DiscoveryDocument> knownDiscovery(std::stop_token stop);
    ScopedTask<void> pursue(Secret refreshToken, std::stop_token stop);

    Parts m_parts;
    const std::chrono::milliseconds m_time;
    QTimer m_limit;
    std::stop_source m_tooLate;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
