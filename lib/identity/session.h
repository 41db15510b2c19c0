/// Session: who is signed in on one connection, and the requests made in their name.
#pragma once

#include "core/clock.h"
#include "core/redaction.h"
#include "core/single-flight.h"
#include "core/task-scope.h"
#include "core/wall-alarm.h"
#include "identity/renewal-plan.h"
#include "identity/signed-in.h"
#include "identity/token-vault.h"
#include "identity/trust-store.h"
#include "net/http-client.h"

#include <QObject>

#include <optional>
#include <stop_token>

namespace bookdesk::identity {

/// Holds a SignedIn and adds its bearer token to requests. An access token is renewed ahead of its end, as RenewalPlan
/// says; one that has expired by our clock is refreshed first. After a 401 that a fresh token can cure (`Token
/// expired`, `invalid_token`, expired by our clock), there is one silent refresh and one retry; never for another
/// reason, never twice for the same token. The same goes for a 401 that asks for more proof, whose claims the refresh
/// asks for; where that is not enough, the answer is the API's. One refresh at a time. One thread; destroying it stops
/// what is under way. Source: RFC 6749 section 6, RFC 6750, RFC 9470, Microsoft "Claims challenges".
class Session : public QObject
{
    Q_OBJECT

public:
    /// The parts must outlive the session.
    struct Parts
    {
        net::HttpClient &http;
        TrustStore &trust; ///< Of the connection that the person is signed in to.
        Redactor redactor;
        Clock clock;
        std::shared_ptr<TokenVault> vault = noVault(); ///< Where sign-ins are kept for later runs.
    };

    explicit Session(Parts parts, QObject *parent = nullptr);

    /// The person, or nothing: signed out.
    const std::optional<SignedIn> &current() const { return m_current; }
    /// Why the last refresh failed, silent or not; nothing if it succeeded or this person has had none.
    const std::optional<Error> &renewalFailure() const { return m_renewalFailure; }

    /// Why the last silent request for proof or scopes failed; nothing if it succeeded or there was none.
    const std::optional<Error> &proofFailure() const { return m_proofFailure; }

    /// The access token has expired by our clock.
    bool isExpired() const;
    /// Nothing but a sign-in with the browser gives the person fresh tokens.
    bool needsSignIn() const;

    /// What the sign-in server wants the next sign-in to prove, as it said when it refused the last refresh; may be
    /// empty.
    const ClaimsRequest &wantedProof() const { return m_wantedProof; }

    /// A refresh is under way, silent or not.
    bool isRenewing() const { return m_isRenewing; }

    void begin(SignedIn signedIn);
    /// The person has signed in once more: they have fresh tokens, and what is under way goes on. Anybody else begins.
    void beginAgain(SignedIn signedIn);
    /// Forgets every token; the browser's own session remains.
    void signOut();

    /// Sends with the bearer token, unless it is for somebody else (net.token-withheld, see whyWithheld) and the
    /// request does not allow that. Errors: session.signed-out, net.*. A failed refresh does not fail the request: the
    /// API's own answer to the old token is returned, and the failure is signalled.
    Task<net::HttpResponse> send(net::HttpRequest request, std::stop_token stop = {});

    /// Renews the token where that is due, and sets the alarm for it otherwise; the alarm calls this.
    void lookAtClock();

    /// The network is back: a refresh that failed for lack of it is tried again.
    void noteNetworkBack();

    /// *Get fresh token*: redeems the refresh token now. Errors: session.signed-out, session.no-refresh-token,
    /// session.user-changed (the fresh ID token names somebody else), sign-in.*, net.*.
    Task<void> refresh();

    /// *Get this scope*: redeems the refresh token for these scopes of the connection, too, which the person may have
    /// consented to elsewhere. They are asked for from then on. Errors: as refresh; sign-in.interaction-required where
    /// only the person can get them.
    Task<void> getScopes(QStringList names);

Q_SIGNALS:
    /// Somebody has signed in or out.
    void personChanged();
    /// A refresh begins that is for nothing but fresh tokens; tokensRenewed, renewalFailed or personChanged ends it.
    void renewalBegan();
    /// The person has fresh tokens.
    void tokensRenewed();
    /// Such a refresh failed; the person keeps the old tokens.
    void renewalFailed(bookdesk::Error error);

private:
    bool isTokenDue() const;
    bool canRefreshHelp(const net::HttpResponse &response) const;
    bool mayRefresh(const RefreshGoal &goal) const;
    ScopedTask<net::HttpResponse> sendWithRefresh(net::HttpRequest request, std::stop_token stop);
    ScopedTask<net::HttpResponse> sendOnce(net::HttpRequest request, std::stop_token stop);
    Error whyNotAsked() const;
    void forgetFailures();
    ScopedTask<void> refreshNow();
    ScopedTask<void> getScopesNow(RefreshGoal goal);
    ScopedTask<void> refreshSilently(RefreshGoal goal);
    ScopedTask<void> refreshFor(RefreshGoal goal);
    Task<void> refreshOnce(RefreshGoal goal);
    ScopedTask<void> redeem(RefreshGoal goal, std::stop_token stop);
    void replaceTokens(SignedIn fresh);
    ScopedTask<void> noteFailure(RefreshGoal goal, Error error);
    ScopedTask<SignedIn> requestTokens(RefreshGoal goal, std::stop_token stop);
    ScopedTask<SignedIn> freshTokensOfAll(SignedIn before, RefreshGoal goal, std::stop_token stop);
    ScopedTask<SignedIn> freshTokens(SignedIn before, RefreshGoal goal, std::optional<QString> nonce,
                                     std::stop_token stop);
    void noteAnswer(const net::HttpResponse &response, const SignedIn &before, const RefreshGoal &goal);
    const Connection &connection() const { return m_parts.trust.connection(); }
    void replacePerson(std::optional<SignedIn> next);

    Parts m_parts;
    std::optional<SignedIn> m_current;
    HeldSecrets m_known; ///< The person's tokens, as the redactor knows them.
    std::optional<Error> m_renewalFailure;
    std::optional<Error> m_proofFailure;
    std::optional<Error> m_lastFailure; ///< Of any refresh.
    Secret m_superseded; ///< In the vault, where its successor could not be stored and is in memory alone.
    ClaimsRequest m_wantedProof;
    SingleFlight<void> m_refreshes;
    RefreshGoal m_goalUnderWay; ///< Of the refresh that runs.
    bool m_isRenewing = false;
    RenewalPlan m_plan;
    WallAlarm m_alarm;
    /// Restarted when the person changes or signs out, so that nothing begun for one person ends for another.
    TaskScope m_scope;
};

} // namespace bookdesk::identity
