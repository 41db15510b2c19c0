#include "identity/stored-sign-in.h"

#include "identity/asked-scopes.h"
#include "identity/errors.h"
#include "identity/token-check.h"
#include "identity/token-request.h"

#include <QCoreApplication>

#include <utility>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(StoredSignIn)
};

Error notKept()
{
    return {errors::notKept, Texts::tr("No sign-in of this account is kept on this computer."), Texts::tr("Sign in.")};
}

Error ended() { return {errors::cancelled, Texts::tr("Sign-in was cancelled.")}; }

Error userChanged()
{
    return {errors::userChanged, Texts::tr("The stored sign-in belongs to another person, so it was not used."),
            Texts::tr("Sign in again.")};
}

/// A fresh ID token need not repeat the nonce, but must not have another one.
jose::SentNonce nonceFor(const TokenSet &tokens, const KeptSignIn &kept)
{
    const Result<jose::DecodedToken> idToken = jose::decode(tokens.idToken);
    const bool hasNonce = idToken && idToken->claims.find(u"nonce");
    return hasNonce ? jose::SentNonce(kept.nonce) : jose::SentNonce(jose::NoNonce());
}

} // namespace

StoredSignIn::StoredSignIn(Parts parts)
    : m_parts(std::move(parts))
{}

Task<SignedIn> StoredSignIn::run(Account account)
{
    return m_scope.run([this, account](std::stop_token stop) { return attempt(account, std::move(stop)); }, ended());
}

/// Those who wait may destroy this object; nothing is touched afterwards.
void StoredSignIn::cancel()
{
    const bool isAlive = m_scope.stop();
    Q_UNUSED(isAlive)
}

/// What was under way says in its own words that it was stopped.
ScopedTask<SignedIn> StoredSignIn::attempt(Account account, std::stop_token stop)
{
    Result<SignedIn> signedIn = co_await pursue(account, stop);
    if (!signedIn && stop.stop_requested())
        co_return failure(ended());
    co_return signedIn;
}

ScopedTask<SignedIn> StoredSignIn::pursue(Account account, std::stop_token stop)
{
    const Result<VaultLock> lock = co_await callOut([&] { return m_parts.vault->lock(stop); });
    if (!lock)
        co_return failure(lock.error());
    const Result<std::optional<KeptSignIn>> kept = co_await callOut([&] { return m_parts.vault->find(account.id()); });
    if (!kept)
        co_return failure(kept.error());
    if (!*lock || !*kept)
        co_return failure(notKept());
    Result<SignedIn> signedIn = co_await redeemed(account, **kept, stop);
    if (signedIn) {
        const Account now = accountOf(m_parts.trust.connection(), signedIn->identity);
        const KeptSignIn next{signedIn->tokens.refreshToken, (*kept)->nonce, heldScopes(signedIn->tokens)};
        // The vault says itself what went wrong, and the person is signed in without it.
        const Result<void> stored = co_await callOut([&] { return m_parts.vault->store(*lock, now, next); });
    }
    const bool isUseless = !signedIn && (signedIn.error().code == errors::refreshTokenRejected ||
                                         signedIn.error().code == errors::userChanged);
    if (isUseless)
        const Result<void> discarded = co_await callOut([&] { return m_parts.vault->discard(*lock, account.id()); });
    co_return signedIn;
}

ScopedTask<SignedIn> StoredSignIn::redeemed(Account account, KeptSignIn kept, std::stop_token stop)
{
    Result<TokenSet> tokens = co_await requestTokens(kept, stop);
    if (!tokens)
        co_return failure(tokens.error());
    if (tokens->refreshToken.isEmpty())
        tokens->refreshToken = kept.refreshToken;
    const std::vector<Secret> signedTokens{tokens->idToken, tokens->accessToken};
    const Result<Trust> trust = co_await callOut([&] { return m_parts.trust.trustFor(signedTokens, stop); });
    if (!trust)
        co_return failure(trust.error());
    Result<SignedIn> signedIn = checkNewTokens(*trust, *tokens, nonceFor(*tokens, kept), m_parts.clock());
    if (signedIn && !account.isOf(signedIn->identity))
        co_return failure(userChanged());
    co_return signedIn;
}

ScopedTask<TokenSet> StoredSignIn::requestTokens(KeptSignIn kept, std::stop_token stop)
{
    const Result<DiscoveryDocument> endpoints = co_await callOut([&] { return m_parts.trust.endpoints(stop); });
    if (!endpoints)
        co_return failure(endpoints.error());
    const Connection &connection = m_parts.trust.connection();
    const QStringList scopes = scopesFor(connection, kept.scopes);
    const net::HttpRequest request =
        formRequest(endpoints->tokenEndpoint, refreshFields(connection, kept.refreshToken, scopes));
    const Result<net::HttpResponse> response = co_await callOut([&] { return m_parts.http.send(request, stop); });
    if (!response)
        co_return failure(response.error());
    if (response->status == 400)
        m_wantedProof = claimsInRefusal(response->body.reveal()).value_or(ClaimsRequest());
    co_return readTokenAnswer(*response, scopes, m_parts.clock(), m_parts.redactor);
}

} // namespace bookdesk::identity
