/// Desk: everything that one connection needs, wired: network, keys, sign-in, session, books.
#pragma once

#include "books/books-api.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "core/task.h"
#include "identity/connection.h"
#include "identity/key-store.h"
#include "identity/session.h"
#include "identity/sign-in.h"
#include "jose/token-policy.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"

#include <QObject>

#include <memory>

namespace bookdesk::workspace {

/// What is the same for every desk.
struct Surroundings
{
    Clock clock = systemNow;
    Redactor redactor;
    identity::OpenUrl open; ///< How URLs reach a browser.
    net::Limits netLimits;
    identity::SignInLimits signInLimits;
};

/// What the tokens of a connection are held against. A plain value. Any thread.
struct TokenTrust
{
    jose::JwkSet keys;
    jose::TokenPolicy accessTokens;
    jose::TokenPolicy idTokens; ///< What a sign-in asks, apart from the nonce, which nobody knows any more.

    /// By the token's audience: ID tokens are for the client and not for the API.
    const jose::TokenPolicy &policyFor(const jose::DecodedToken &token) const;
};

/// One connection at work. GUI thread; destroying it ends what is under way.
class Desk : public QObject
{
    Q_OBJECT

public:
    Desk(identity::Connection connection, Surroundings surroundings, QObject *parent = nullptr);
    ~Desk() override;

    const identity::Connection &connection() const;
    identity::Session &session();
    identity::KeyStore &keys();
    books::BooksApi &books();
    net::ExchangeLog &exchanges();

    /// Signs in with the browser; an attempt that is under way is superseded (it ends with sign-in.cancelled).
    /// On success the session has begun. Errors: as identity::SignIn::run.
    Task<void> signIn(identity::SignInOptions options);
    /// The attempt under way, or nullptr.
    identity::SignIn *attempt();

    /// What is known of the access token in use.
    books::TokenFacts tokenFacts() const;

    /// What this connection's tokens are held against; with the key @p keyId where the issuer has it and the cache's
    /// rules allow to ask. Errors: as inspectToken.
    Task<TokenTrust> trustFor(QString keyId);

    /// Verifies a token against this connection, fetching keys if need be; without sign-in.
    /// Errors: discovery.*, keys.unavailable, net.*.
    Task<jose::InspectedToken> inspectToken(Secret token);

Q_SIGNALS:
    /// An attempt began or ended.
    void attemptChanged();

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bookdesk::workspace
