/// Desk: everything that one account on one connection needs, connected: network, sign-in, session, books.
#pragma once

#include "books/admin-request.h"
#include "books/books-api.h"
#include "core/task-scope.h"
#include "core/wall-alarm.h"
#include "identity/account.h"
#include "identity/session.h"
#include "identity/stored-sign-in.h"
#include "net/clock-ahead.h"
#include "net/exchange-log.h"
#include "net/http-client.h"
#include "workspace/lab.h"
#include "workspace/log-mirror.h"
#include "workspace/shared-connection.h"
#include "workspace/sign-out.h"
#include "workspace/surroundings.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace bookdesk::workspace {

/// One account on one connection. Its session, its books and its exchanges are its own; the keys and what else all
/// accounts of the connection share are in a SharedConnection. It waits for an account until somebody signs in, and
/// again when they sign out. GUI thread; destroying it ends what is under way.
class Desk : public QObject
{
    Q_OBJECT

public:
    /// Finds the desk that has the account with this ID, or nullptr.
    using FindDesk = std::function<Desk *(const QString &accountId)>;

    /// @param findDesk so that an account that signs in here and has a desk already stays at that one.
    Desk(std::shared_ptr<SharedConnection> shared, Surroundings surroundings, FindDesk findDesk = {},
         QObject *parent = nullptr);
    /// The only desk of its connection.
    Desk(identity::Connection connection, Surroundings surroundings, QObject *parent = nullptr);

    const identity::Connection &connection() const { return m_shared->connection(); }
    /// Whose desk this is: the person's who is signed in, or that of a stored sign-in that has yet to be used.
    const std::optional<identity::Account> &account() const { return m_account; }
    /// Nobody is signed in or signing in, so the desk can be anybody's.
    bool isVacant() const { return !m_account && !isSigningIn(); }
    /// Reserves the desk for an account with a stored sign-in, or for nobody. Not while somebody is signed in.
    void reserveFor(std::optional<identity::Account> account);
    /// Only a sign-in by the person helps: what was there for renewing the tokens is of no use any more, or the token
    /// has expired and there is nothing to renew it with.
    bool needsPerson() const;
    identity::Session &session() { return m_session; }
    /// What this connection's tokens are checked against.
    identity::TrustStore &trust() { return m_shared->trust(); }
    identity::KeyStore &keys() { return m_shared->trust().keys(); }
    books::BooksApi &books() { return m_books; }
    Lab &lab() { return m_lab; }
    /// Whether this connection's servers can be reached.
    net::Reachability &reachability() { return m_manager.reachability(); }
    /// The account's own, and those for the connection's keys. Signing out removes them all.
    net::ExchangeLog &exchanges() { return m_exchanges; }
    /// Stops the exchange with this number, if it is under way; whatever waits for it fails with net.stopped.
    void stopExchange(std::int64_t id);

    /// Signs in with the browser, for what reading the books needs and what the options name; an attempt that is under
    /// way is superseded (it ends with sign-in.cancelled). On success the session has begun. Errors: as
    /// identity::SignIn::run.
    Task<void> signIn(identity::SignInOptions options);
    /// The attempt under way, or nullptr.
    identity::SignIn *attempt() { return m_attempt.get(); }

    /// As signIn, but with the browser of another device. @param again who signs in again: nobody else is signed in.
    /// Errors: as identity::DeviceCodeSignIn::run.
    Task<void> signInByDeviceCode(std::optional<identity::Account> again = std::nullopt);
    /// The attempt under way that has or gets a code for another device, or nullptr.
    identity::DeviceCodeSignIn *deviceCodeAttempt() { return m_deviceCodeAttempt.get(); }

    /// When the last sign-in with a browser has been stored for later runs, for programs that end then. Once for each
    /// sign-in. Errors: as identity::TokenVault::add.
    Task<void> kept() { return std::exchange(m_keeping, readyTask(Result<void>())); }
    /// *Get this scope*, for the person signed in: without them where they have consented already, else with the
    /// browser. That the tokens have it then is not certain. Errors: as signIn, session.signed-out.
    Task<void> getScopes(QStringList names);
    /// For signing in again as the desk's account, with what the sign-in server asked for when it refused a refresh or
    /// the stored sign-in.
    identity::SignInOptions againOptions() const;

    /// Signs in with what an earlier run has kept. Errors: as identity::StoredSignIn::run.
    Task<void> resume(identity::Account account);
    /// A stored sign-in is being used.
    bool isResuming() const { return m_stored != nullptr; }

    bool isSigningIn() const { return m_attempt || m_deviceCodeAttempt || m_stored; }
    /// Ends the attempt under way, if there is one, with sign-in.cancelled.
    void cancelSignIn();

    /// Forgets the person's tokens, here and in the keychain, and has them revoked where the provider can; the
    /// browser's own session remains. So, too, for an account that is not signed in yet. An attempt under way ends, so
    /// that it brings nobody back. Errors: as SignOut::here; the person is signed out even so.
    Task<void> signOut();
    /// What is done for a sign-out besides that, such as ending the browser's session.
    SignOut &signOuts() { return m_signOut; }

    /// The names of the scopes that a call needs, by the rules that are known: the contract's, the API's and the
    /// person's.
    QStringList scopesOf(const books::AccessRule &call) const;

    /// What is known about the access token in use.
    books::TokenFacts tokenFacts() const;

    /// The time, by the clock that all go by.
    TimePoint now() const { return m_surroundings.clock(); }

    /// For requests to an administrator.
    books::Registrations registrations() const;

    /// How far this computer's clock is ahead of the servers', by their last answer that says the time; whole seconds.
    std::optional<std::chrono::seconds> clockAhead() const { return net::clockAhead(m_exchanges); }

    /// Asks the sign-in server for its time, without a token, and returns as clockAhead. Errors: net.*.
    Task<std::optional<std::chrono::seconds>> askForTime(std::stop_token stop);
    /// The proxy for @p url, if any.
    std::optional<net::Proxy> proxyFor(const QUrl &url) const { return m_manager.proxyFor(url); }
    /// Whether that proxy connects us; nobody is asked for a log-in. Errors: as net::askProxy.
    Task<void> checkProxy(QUrl url) { return m_manager.checkProxy(std::move(url)); }
    /// From the next request on, also for the connection's keys.
    void setProxies(const net::ProxyRules &rules);
    /// From the next sign-in on.
    void setSignInLimits(identity::SignInLimits limits) { m_surroundings.signInLimits = limits; }

    /// For the list of books; new for each person.
    books::RetryPlan newRetryPlan() const { return books::RetryPlan(m_surroundings.retryPlan); }

    /// Verifies a token against this connection, without a sign-in; the redactor learns it. Errors: as
    /// identity::TrustStore::inspect.
    Task<jose::InspectedToken> inspectToken(Secret token);

Q_SIGNALS:
    /// An attempt began or ended.
    void attemptChanged();
    /// It was reserved for another account, or for none.
    void reserved();
    /// The token has just expired, and only a sign-in by the person helps.
    void personNeeded();
    /// An attempt has failed; this comes before attemptChanged.
    void signInFailed(bookdesk::Error error);
    /// The account that has signed in here has another desk, which took the tokens; this comes before attemptChanged.
    void handedOver(bookdesk::workspace::Desk *desk);

private:
    /// Why the stored sign-in could not be used.
    struct NotResumed
    {
        Error why;
        identity::ClaimsRequest wantedProof; ///< Of the next sign-in; may be empty.
    };

    bool endAttempts();
    ScopedTask<void> attemptSignIn(identity::SignInOptions options);
    ScopedTask<void> attemptDeviceCode(std::optional<identity::Account> again);
    ScopedTask<void> attemptScopes(QStringList names);
    ScopedTask<void> askSilently(QStringList names);
    QStringList neededScopes(const std::optional<identity::Account> &again) const;
    ScopedTask<void> attemptStored(identity::Account account);
    void keep(const identity::SignedIn &signedIn);
    using Take = void (identity::Session::*)(identity::SignedIn);
    static Take takeFor(const std::optional<identity::Account> &again);
    ScopedTask<void> conclude(Result<identity::SignedIn> signedIn, Take take);
    ScopedTask<void> tell(Result<identity::SignedIn> signedIn, Take take);
    ScopedTask<void> handOver(identity::SignedIn signedIn, Desk *desk);
    Desk *otherDeskOf(const identity::SignedIn &signedIn) const;
    void followPerson();
    void lookAtTokenEnd();
    void noteNotResumed(const Error &error);

    // Each uses those before it; they are destroyed in reverse order.
    const std::shared_ptr<SharedConnection> m_shared;
    Surroundings m_surroundings;
    const FindDesk m_findDesk;
    /// The Sandbox is another one in each run, so its sign-ins are not kept.
    const std::shared_ptr<identity::TokenVault> m_vault;
    net::ExchangeLog m_exchanges;
    LogMirror m_mirror; ///< Of what is sent for the connection's keys.
    net::AccessManager m_manager;
    net::HttpClient m_http;
    identity::Session m_session;
    books::BooksApi m_books;
    Lab m_lab;
    std::optional<identity::Account> m_account;
    std::optional<NotResumed> m_notResumed;
    WallAlarm m_tokenEnd; ///< Nobody notices otherwise that a token ends which cannot be renewed.
    // Of these, one at most.
    std::unique_ptr<identity::SignIn> m_attempt;
    std::unique_ptr<identity::StoredSignIn> m_stored;
    std::unique_ptr<identity::DeviceCodeSignIn> m_deviceCodeAttempt;
    SignOut m_signOut;
    Task<void> m_keeping = readyTask(Result<void>()); ///< Nobody need wait for it.
    std::stop_source m_silentScopes;                  ///< Of getScopes, before there is an attempt; replaced for each.
    TaskScope m_signIns;                              ///< The last attempt; it is restarted for the next one.
};

} // namespace bookdesk::workspace
