#include "identity/token-revocation.h"

#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "identity/token-request.h"

#include <QCoreApplication>

#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenRevocation)
};

Error notRevoked(Facts facts)
{
    return {errors::notRevoked,
            Texts::tr("The sign-in server did not revoke the refresh token. It was thrown away here, but stays valid "
                      "there until it expires."),
            Texts::tr("If somebody else may have it, end your sessions on the organization's own pages, or ask your "
                      "administrator to do so."),
            std::move(facts)};
}

Error tooLate() { return notRevoked({{facts::reason, Texts::tr("The sign-in server did not answer in time.")}}); }

Facts factsOf(const net::HttpResponse &response)
{
    const Facts status{{facts::httpStatus, QString::number(response.status)}};
    const Result<JsonObject> body = parseJsonObject(response.body.reveal());
    return body ? merged(status, signInError(readOAuthError(*body), {}).facts) : status;
}

} // namespace

TokenRevocation::TokenRevocation(Parts parts, std::chrono::milliseconds limit)
    : m_parts(std::move(parts))
    , m_time(limit)
{
    m_limit.setSingleShot(true);
    m_limit.callOnTimeout(&m_limit, [tooLate = m_tooLate]() mutable { tooLate.request_stop(); });
}

Task<void> TokenRevocation::run(Secret refreshToken)
{
    m_limit.start(m_time);
    const auto work = [this, refreshToken](std::stop_token stop) { return attempt(refreshToken, std::move(stop)); };
    return m_scope.run(work, tooLate(), m_tooLate.get_token());
}

ScopedTask<void> TokenRevocation::attempt(Secret refreshToken, std::stop_token stop)
{
    Result<void> outcome = co_await pursue(refreshToken, stop);
    m_limit.stop();
    if (!outcome && outcome.error().code != errors::notRevoked)
        outcome = failure(notRevoked(factsOfCause(outcome.error())));
    co_return outcome;
}

/// However old: who signs out without a network is not told of a server that revokes nothing anyway.
ScopedTask<DiscoveryDocument> TokenRevocation::knownDiscovery(std::stop_token stop)
{
    if (const std::optional<DiscoveryDocument> &last = m_parts.trust.lastDocument())
        co_return *last;
    Result<DiscoveryDocument> discovery = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    co_return discovery;
}

ScopedTask<void> TokenRevocation::pursue(Secret refreshToken, std::stop_token stop)
{
    const Result<DiscoveryDocument> discovery = co_await knownDiscovery(stop);
    if (!discovery)
        co_return failure(discovery.error());
    if (discovery->revocationEndpoint.isEmpty())
        co_return Result<void>();
    // The person is gone, and so is the token when the answer is recorded.
    HeldSecrets known(m_parts.redactor);
    known.replace({refreshToken});
    const net::HttpRequest request = formRequest(
        discovery->revocationEndpoint, {{"client_id"_ba, Secret(m_parts.trust.connection().clientId.toUtf8())},
                                        {"token"_ba, refreshToken},
                                        {"token_type_hint"_ba, Secret("refresh_token")}});
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    if (!response)
        co_return failure(response.error());
    if (response->status != 200)
        co_return failure(notRevoked(factsOf(*response)));
    co_return Result<void>();
}

} // namespace bookdesk::identity
