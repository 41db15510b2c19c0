#include "identity/session.h"

#include "core/json.h"
#include "identity/api-challenge.h"
#include "identity/asked-scopes.h"
#include "identity/errors.h"
#include "identity/gate.h"
#include "identity/token-check.h"
#include "identity/token-request.h"
#include "net/errors.h"
#include "net/reachability.h"
#include "net/said-reason.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Session)
};

Error notSignedIn() { return {errors::signedOut, Texts::tr("Nobody is signed in."), Texts::tr("Sign in first.")}; }

Error needsPerson()
{
    return {errors::interactionRequired, Texts::tr("The sign-in server needs you to sign in with the browser."),
            Texts::tr("Sign in again.")};
}

Error requestStopped() { return {net::errors::stopped, Texts::tr("The request was stopped.")}; }

/// The wait was stopped, because nobody is signed in any more, or another person.
bool isOver(const ErrorCode &code) { return code == net::errors::stopped || code == errors::signedOut; }

} // namespace

Session::Session(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_known(m_parts.redactor)
{
    connect(&m_alarm, &WallAlarm::rang, this, &Session::lookAtClock);
}

void Session::begin(SignedIn signedIn) { replacePerson(std::move(signedIn)); }

void Session::beginAgain(SignedIn signedIn)
{
    if (!m_current || !m_current->identity.isSamePerson(signedIn.identity))
        return begin(std::move(signedIn));
    m_plan = RenewalPlan();
    replaceTokens(std::move(signedIn));
    Q_EMIT tokensRenewed();
}

void Session::signOut()
{
    if (m_current)
        replacePerson(std::nullopt);
}

void Session::replacePerson(std::optional<SignedIn> next)
{
    // Forgotten once the requests under way have ended and are recorded.
    const HeldSecrets ended = std::exchange(m_known, HeldSecrets(m_parts.redactor));
    m_current = std::move(next);
    if (m_current)
        m_known.replace(m_current->tokens.secrets());
    m_plan = RenewalPlan();
    m_superseded = {};
    forgetFailures();
    m_refreshes = {};
    if (!m_scope.restart())
        return;
    lookAtClock();
    Q_EMIT personChanged();
}

Task<net::HttpResponse> Session::send(net::HttpRequest request, std::stop_token stop)
{
    const auto work = [this, request](std::stop_token either) { return sendWithRefresh(request, std::move(either)); };
    return m_scope.run(work, requestStopped(), std::move(stop));
}

Task<void> Session::refresh()
{
    return m_scope.run([this](std::stop_token) { return refreshNow(); }, notSignedIn());
}

Task<void> Session::getScopes(QStringList names)
{
    const RefreshGoal goal{{}, std::move(names)};
    return m_scope.run([this, goal](std::stop_token) { return getScopesNow(goal); }, notSignedIn());
}

void Session::lookAtClock()
{
    m_alarm.stop();
    const std::optional<TimePoint> due =
        m_current ? m_plan.due(m_current->tokens, m_current->accessTokenEnd()) : std::nullopt;
    if (!due)
        return;
    const TimePoint now = m_parts.clock();
    if (now < *due)
        m_alarm.setFor(*due, now);
    else if (m_plan.mayRedeem(m_current->tokens, now) && !m_isRenewing)
        refresh();
}

void Session::noteNetworkBack()
{
    if (m_current && m_renewalFailure && net::isOutOfReach(m_renewalFailure->code) && !m_isRenewing)
        refresh();
}

ScopedTask<net::HttpResponse> Session::sendWithRefresh(net::HttpRequest request, std::stop_token stop)
{
    if (!m_current)
        co_return failure(notSignedIn());
    const bool isDue = isTokenDue();
    if (isDue) {
        const RefreshGoal nothing;
        if (const Result<void> settled = co_await refreshSilently(nothing); !settled)
            co_return failure(settled.error());
    }
    const Secret used = m_current->tokens.accessToken;
    Result<net::HttpResponse> response = co_await sendOnce(request, stop);
    const std::optional<ClaimsRequest> asked = response ? proofAskedBy(*response) : std::nullopt;
    if (!response || (!asked && !canRefreshHelp(*response)))
        co_return response;
    const RefreshGoal goal{asked.value_or(ClaimsRequest())};
    if (m_current->tokens.accessToken == used && (asked || !isDue) && mayRefresh(goal)) {
        if (const Result<void> settled = co_await refreshSilently(goal); !settled)
            co_return failure(settled.error());
    }
    if (m_current->tokens.accessToken == used)
        co_return response;
    response = co_await sendOnce(request, stop);
    if (response)
        response->wasSentAgain = true;
    if (asked && response && proofAskedBy(*response) == asked)
        m_plan.noteNotEnough(goal, m_parts.clock());
    co_return response;
}

ScopedTask<net::HttpResponse> Session::sendOnce(net::HttpRequest request, std::stop_token stop)
{
    const std::optional<Error> withheld = whyWithheld(connection(), m_current->accessToken);
    if (withheld && !request.mayCarryForeignToken)
        co_return failure(*withheld);
    request.bearer = m_current->tokens.accessToken;
    Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    co_return response;
}

ScopedTask<void> Session::refreshNow()
{
    if (!m_current)
        co_return failure(notSignedIn());
    if (m_current->tokens.refreshToken.isEmpty() && m_renewalFailure)
        co_return failure(*m_renewalFailure);
    if (m_current->tokens.refreshToken.isEmpty())
        co_return failure(errors::noRefreshToken,
                          Texts::tr("This sign-in came without a refresh token, so a fresh token needs a new sign-in."),
                          Texts::tr("Sign in again."));
    Result<void> refreshed = co_await callOut([this] { return refreshOnce({}); });
    co_return refreshed;
}

ScopedTask<void> Session::getScopesNow(RefreshGoal goal)
{
    if (!m_current)
        co_return failure(notSignedIn());
    if (!m_plan.mayReach(goal, m_current->tokens, m_parts.clock()))
        co_return failure(whyNotAsked());
    Result<void> refreshed = co_await refreshFor(goal);
    co_return refreshed;
}

/// A server that is only left alone for a while needs nobody to sign in.
Error Session::whyNotAsked() const
{
    const bool isLater = !m_current->tokens.refreshToken.isEmpty() && m_plan.isServerLeftAlone(m_parts.clock());
    return isLater ? m_lastFailure.value_or(needsPerson()) : needsPerson();
}

/// A failure does not matter here: the API's answer decides. An error only if the wait was stopped.
ScopedTask<void> Session::refreshSilently(RefreshGoal goal)
{
    const Result<void> refreshed = co_await refreshFor(goal);
    if (!refreshed && refreshed.error().code == net::errors::stopped)
        co_return failure(refreshed.error());
    co_return Result<void>();
}

ScopedTask<void> Session::refreshFor(RefreshGoal goal)
{
    for (;;) {
        // Any fresh token will do for a plain refresh; for a goal, what else is under way is waited for.
        const bool isForThis = !m_refreshes.isRunning() || goal.isEmpty() || m_goalUnderWay == goal;
        Result<void> refreshed = co_await callOut([&] { return refreshOnce(goal); });
        if (isForThis || (!refreshed && isOver(refreshed.error().code)))
            co_return refreshed;
    }
}

/// Starts the refresh, or joins the one under way. A caller's stop does not end it.
Task<void> Session::refreshOnce(RefreshGoal goal)
{
    if (!m_refreshes.isRunning())
        m_goalUnderWay = goal;
    const auto work = [this, goal](std::stop_token stop) { return redeem(goal, std::move(stop)); };
    return m_refreshes.run([this, work] { return m_scope.run(work, requestStopped()); });
}

ScopedTask<void> Session::redeem(RefreshGoal goal, std::stop_token stop)
{
    const Secret before = m_current->tokens.accessToken;
    const Result<SignedIn> fresh = co_await requestTokens(goal, stop);
    // The person may be gone, or another one; and a stop of our own says nothing about the server.
    if (stop.stop_requested())
        co_return failure(requestStopped());
    // The tokens of a sign-in that ended meanwhile are newer, and prove more; a failure says nothing about them.
    if (m_current->tokens.accessToken != before)
        co_return Result<void>();
    if (!fresh) {
        const Result<void> noted = co_await noteFailure(goal, fresh.error());
        co_return failure(fresh.error());
    }
    replaceTokens(*fresh);
    Result<void> told = co_await callOut([this] { Q_EMIT tokensRenewed(); });
    co_return told;
}

void Session::replaceTokens(SignedIn fresh)
{
    fresh.accessTokenBefore = withoutSecret(m_current->accessToken);
    m_current = std::move(fresh);
    forgetFailures();
    m_known.replace(m_current->tokens.secrets());
    lookAtClock();
}

void Session::forgetFailures()
{
    m_renewalFailure.reset();
    m_proofFailure.reset();
    m_lastFailure.reset();
    m_wantedProof = {};
}

ScopedTask<SignedIn> Session::requestTokens(RefreshGoal goal, std::stop_token stop)
{
    m_isRenewing = true;
    Result<SignedIn> fresh = failure(requestStopped());
    const auto tell = [this, isTold = goal.isEmpty()] {
        if (isTold)
            Q_EMIT renewalBegan();
    };
    if (const Result<void> told = co_await callOut(tell); told)
        fresh = co_await freshTokensOfAll(*m_current, goal, stop);
    m_isRenewing = false;
    co_return fresh;
}

ScopedTask<void> Session::noteFailure(RefreshGoal goal, Error error)
{
    m_lastFailure = error;
    const bool isRejected = error.code == errors::refreshTokenRejected;
    if (isRejected) {
        m_current->tokens.refreshToken = {};
        m_alarm.stop();
    }
    if (!goal.isEmpty()) {
        m_proofFailure = error;
        if (errors::needsPerson(error.code))
            m_plan.noteNotEnough(goal, m_parts.clock());
    }
    // A token that is good can be renewed all the same.
    if (!goal.isEmpty() && !isRejected)
        co_return Result<void>();
    m_renewalFailure = error;
    const auto tell = [this, error] { Q_EMIT renewalFailed(error); };
    Result<void> told = co_await callOut(tell);
    co_return told;
}

/// Where the sign-in is kept for later runs, other programs may have redeemed its token, so theirs is the one that
/// counts. Where they have removed it, it is not kept again.
ScopedTask<SignedIn> Session::freshTokensOfAll(SignedIn before, RefreshGoal goal, std::stop_token stop)
{
    const Account account = accountOf(connection(), before.identity);
    const Result<VaultLock> lock = co_await callOut([&] { return m_parts.vault->lock(stop); });
    // Trouble with the vault is none with the sign-in, which goes on in memory.
    if (!lock && lock.error().code.kind() == ErrorKind::stopped)
        co_return failure(lock.error());
    std::optional<KeptSignIn> kept;
    if (lock && *lock) {
        const Result<std::optional<KeptSignIn>> found =
            co_await callOut([&] { return m_parts.vault->find(account.id()); });
        kept = found ? *found : std::nullopt;
    }
    std::optional<QString> nonce;
    if (kept && kept->refreshToken != m_superseded) {
        before.tokens.refreshToken = kept->refreshToken;
        nonce = kept->nonce;
    }
    Result<SignedIn> fresh = co_await freshTokens(before, goal, nonce, stop);
    Result<void> stored;
    if (fresh && kept) {
        QStringList scopes = heldScopes(fresh->tokens) + kept->scopes;
        scopes.removeDuplicates();
        const KeptSignIn next{fresh->tokens.refreshToken, kept->nonce, scopes};
        // The vault says itself what went wrong, and the fresh tokens are good without it.
        stored = co_await callOut([&] { return m_parts.vault->store(*lock, account, next); });
    }
    if (fresh && kept && stored)
        m_superseded = {};
    else if (fresh && m_superseded.isEmpty())
        m_superseded = before.tokens.refreshToken;
    if (!fresh && kept && fresh.error().code == errors::refreshTokenRejected)
        const Result<void> discarded = co_await callOut([&] { return m_parts.vault->discard(*lock, account.id()); });
    co_return fresh;
}

/// @param nonce see checkRefreshedTokens.
ScopedTask<SignedIn> Session::freshTokens(SignedIn before, RefreshGoal goal, std::optional<QString> nonce,
                                          std::stop_token stop)
{
    const Result<DiscoveryDocument> endpoints = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    if (!endpoints)
        co_return failure(endpoints.error());
    // What was consented to once goes on being asked for, because each token has only what it was asked for.
    const QStringList scopes = scopesFor(connection(), heldScopes(before.tokens) + goal.scopes);
    const net::HttpRequest request = formRequest(
        endpoints->tokenEndpoint, refreshFields(connection(), before.tokens.refreshToken, scopes, goal.proof));
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    if (!response)
        co_return failure(response.error());
    const Result<TokenSet> tokens = readTokenAnswer(*response, scopes, m_parts.clock(), m_parts.redactor);
    noteAnswer(*response, before, goal);
    if (!tokens)
        co_return failure(tokens.error());
    const std::vector<Secret> signedTokens{tokens->idToken, tokens->accessToken};
    const Result<Trust> trust = co_await callOut([&] { return m_parts.trust.trustFor(signedTokens, stop); });
    if (!trust)
        co_return failure(trust.error());
    co_return checkRefreshedTokens(*trust, *tokens, before, m_parts.clock(), nonce);
}

void Session::noteAnswer(const net::HttpResponse &response, const SignedIn &before, const RefreshGoal &goal)
{
    if (response.status == 400)
        m_wantedProof = claimsInRefusal(response.body.reveal()).value_or(ClaimsRequest());
    // An answer about a goal does not keep the token from being renewed.
    if (goal.isEmpty())
        m_plan.noteAnswer(before.tokens);
    if (response.status == 429 || response.status >= 500)
        m_plan.noteServerFailure(m_parts.clock(), response.retryAfter);
}

/// A refresh under way may be joined whatever the plan says.
bool Session::mayRefresh(const RefreshGoal &goal) const
{
    if (!goal.isEmpty())
        return m_plan.mayReach(goal, m_current->tokens, m_parts.clock());
    const bool canBeJoined = m_refreshes.isRunning() && !m_current->tokens.refreshToken.isEmpty();
    return canBeJoined || m_plan.mayRedeem(m_current->tokens, m_parts.clock());
}

bool Session::isTokenDue() const { return isExpired() && mayRefresh({}); }

bool Session::isExpired() const { return m_current && m_parts.clock() >= m_current->accessTokenEnd(); }

bool Session::needsSignIn() const
{
    return m_current && (m_current->tokens.refreshToken.isEmpty() ||
                         (m_renewalFailure && errors::needsPerson(m_renewalFailure->code)));
}

bool Session::canRefreshHelp(const net::HttpResponse &response) const
{
    if (response.status != 401 || isForAnotherAudience(m_current->accessToken))
        return false;
    if (const std::optional<QString> error = challengeError(response))
        return *error == u"invalid_token";
    return net::saysTokenExpired(response) || isExpired();
}

} // namespace bookdesk::identity
