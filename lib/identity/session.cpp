#include "identity/session.h"

#include "core/json.h"
#include "core/stoppable.h"
#include "identity/discovery.h"
#include "identity/errors.h"
#include "identity/token-check.h"
#include "net/auth-challenge.h"
#include "net/errors.h"

#include <QCoreApplication>

#include <functional>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Session)
};

/// There is one refresh per session.
constexpr int onlyFlight = 0;

Error notSignedIn() { return {errors::signedOut, Texts::tr("Nobody is signed in."), Texts::tr("Sign in first.")}; }

Error requestStopped() { return {net::errors::stopped, Texts::tr("The request was stopped.")}; }

/// The API's reason where it gives one that a program can read; else nothing.
std::optional<QString> challengeError(const net::HttpResponse &response)
{
    for (const net::AuthChallenge &challenge : net::readChallenges(response.headers)) {
        const QString error = challenge.parameter(u"error");
        if (challenge.scheme.compare("Bearer"_L1, Qt::CaseInsensitive) == 0 && !error.isEmpty())
            return error;
    }
    return std::nullopt;
}

bool saysTokenExpired(const net::HttpResponse &response)
{
    const Result<JsonObject> body = parseJsonObject(response.body);
    const Json *detail = body ? body->find(u"detail") : nullptr;
    const QString *text = detail ? detail->asString() : nullptr;
    return text && *text == u"Token expired";
}

bool isForAnotherAudience(const jose::InspectedToken &token)
{
    const jose::Check *check = token.verification.find(jose::CheckKind::audience);
    return check && check->result == jose::CheckResult::failed;
}

} // namespace

Session::Session(Parts parts, Connection connection, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_connection(std::move(connection))
    , m_known(m_parts.redactor)
{}

Session::~Session() { m_person.request_stop(); }

void Session::begin(SignedIn signedIn)
{
    endPerson();
    m_known.replace(signedIn.tokens.secrets());
    m_current = std::move(signedIn);
    Q_EMIT changed();
}

void Session::signOut()
{
    if (!m_current)
        return;
    endPerson();
    Q_EMIT changed();
}

void Session::endPerson()
{
    std::stop_source ended = std::exchange(m_person, std::stop_source());
    // Forgotten when what is under way has ended and is recorded.
    const HeldSecrets known = std::exchange(m_known, HeldSecrets(m_parts.redactor));
    m_current.reset();
    m_redeemedFor = {};
    ended.request_stop();
}

Task<net::HttpResponse> Session::send(net::HttpRequest request, std::stop_token stop)
{
    if (!m_current)
        co_return failure(notSignedIn());
    const EitherStop either(m_person.get_token(), stop);
    bool hasRefreshed = false;
    if (isTokenDue()) {
        hasRefreshed = true;
        // Whether it worked or not: the API's own answer is what counts.
        const Result<bool> ignored = co_await refreshOnce(either.token());
    }
    if (either.token().stop_requested())
        co_return failure(requestStopped());
    const Secret used = m_current->tokens.accessToken;
    Result<net::HttpResponse> response = co_await sendOnce(request, either.token());
    if (!response || !canRefreshHelp(*response))
        co_return response;
    if (m_current->tokens.accessToken == used && !hasRefreshed && mayRefreshFor(used)) {
        const Result<bool> ignored = co_await refreshOnce(either.token());
        if (either.token().stop_requested())
            co_return failure(requestStopped());
    }
    if (m_current->tokens.accessToken == used)
        co_return response;
    response = co_await sendOnce(request, either.token());
    co_return response;
}

Task<net::HttpResponse> Session::sendOnce(net::HttpRequest request, std::stop_token stop)
{
    request.bearer = m_current->tokens.accessToken;
    Task<net::HttpResponse> sending = m_parts.http.send(request, stop);
    Result<net::HttpResponse> response = co_await unlessStopped(std::move(sending), stop);
    if (stop.stop_requested())
        co_return failure(requestStopped());
    co_return response;
}

Task<void> Session::refresh()
{
    if (!m_current)
        co_return failure(notSignedIn());
    if (m_current->tokens.refreshToken.isEmpty())
        co_return failure(errors::noRefreshToken,
                          Texts::tr("This sign-in came without a refresh token, so a fresh token needs a new sign-in."),
                          Texts::tr("Sign in again."));
    const std::stop_token person = m_person.get_token();
    const Result<bool> refreshed = co_await refreshOnce(person);
    if (person.stop_requested())
        co_return failure(notSignedIn());
    if (!refreshed)
        co_return failure(refreshed.error());
    co_return Result<void>();
}

/// Starts the refresh, or joins the one under way.
Task<bool> Session::refreshOnce(std::stop_token stop)
{
    const std::function<Task<bool>()> work = [this, before = *m_current, person = m_person.get_token()] {
        return redeem(before, person);
    };
    Task<bool> flight = m_refreshes.run(onlyFlight, work);
    Result<bool> refreshed = co_await unlessStopped(std::move(flight), stop);
    co_return refreshed;
}

/// @p stop is the person's: once it is requested nothing of the session is touched any more.
Task<bool> Session::redeem(SignedIn before, std::stop_token stop)
{
    const Result<DiscoveryDocument> discovery = co_await endpoints(before.discovery, stop);
    if (!discovery)
        co_return failure(discovery.error());
    Task<net::HttpResponse> sending = m_parts.http.send(refreshRequest(before, discovery->tokenEndpoint), stop);
    const Result<net::HttpResponse> response = co_await unlessStopped(std::move(sending), stop);
    if (stop.stop_requested())
        co_return failure(requestStopped());
    if (!response)
        co_return failure(response.error());
    m_redeemedFor = before.tokens.accessToken;
    const Result<TokenSet> tokens =
        readTokenResponse(response->status, response->body, m_connection.scopes, m_parts.clock());
    if (!tokens)
        co_return failure(tokens.error());
    for (const Secret &token : tokens->secrets())
        m_parts.redactor.learn(token);
    const TokenContext context{m_connection, *discovery, m_parts.clock};
    Task<SignedIn> checking = checkRefreshedTokens(m_parts.keys, context, *tokens, before, stop);
    const Result<SignedIn> fresh = co_await unlessStopped(std::move(checking), stop);
    if (stop.stop_requested())
        co_return failure(requestStopped());
    if (!fresh)
        co_return failure(fresh.error());
    m_current = *fresh;
    m_current->discovery = *discovery;
    m_known.replace(m_current->tokens.secrets());
    Q_EMIT changed();
    co_return true;
}

Task<DiscoveryDocument> Session::endpoints(DiscoveryDocument known, std::stop_token stop)
{
    if (!known.tokenEndpoint.isEmpty())
        co_return known;
    Task<DiscoveryDocument> discovering = discover(m_parts.http, m_connection, stop);
    Result<DiscoveryDocument> found = co_await unlessStopped(std::move(discovering), stop);
    if (stop.stop_requested())
        co_return failure(requestStopped());
    co_return found;
}

net::HttpRequest Session::refreshRequest(const SignedIn &before, const QUrl &tokenEndpoint) const
{
    net::HttpRequest request;
    request.method = "POST"_ba;
    request.url = tokenEndpoint;
    request.headers = {{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba},
                       {"Accept"_ba, "application/json"_ba}};
    request.body = net::encodeForm({{"client_id"_ba, Secret(m_connection.clientId.toUtf8())},
                                    {"grant_type"_ba, Secret("refresh_token")},
                                    {"refresh_token"_ba, before.tokens.refreshToken},
                                    {"scope"_ba, Secret(m_connection.scopes.join(u' ').toUtf8())}});
    return request;
}

/// Never twice for the same token, but a refresh that is under way may be joined.
bool Session::mayRefreshFor(const Secret &accessToken) const
{
    return !m_current->tokens.refreshToken.isEmpty() &&
           (m_redeemedFor != accessToken || m_refreshes.isRunning(onlyFlight));
}

bool Session::isTokenDue() const { return isExpired() && mayRefreshFor(m_current->tokens.accessToken); }

bool Session::isExpired() const { return m_parts.clock() >= m_current->accessTokenEnd(); }

bool Session::canRefreshHelp(const net::HttpResponse &response) const
{
    if (response.status != 401 || isForAnotherAudience(m_current->accessToken))
        return false;
    if (const std::optional<QString> error = challengeError(response))
        return *error == u"invalid_token";
    return saysTokenExpired(response) || isExpired();
}

} // namespace bookdesk::identity
