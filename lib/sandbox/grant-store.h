/// GrantStore: the codes and refresh tokens that were issued, and what they grant.
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "sandbox/asked-proof.h"
#include "sandbox/scopes.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <functional>
#include <map>

namespace bookdesk::sandbox {

/// What an authorization code can be redeemed for, and by whom. A plain value.
struct CodeGrant
{
    QString personaId;
    AskedScopes scopes;
    QString nonce;
    QString redirectUri;
    QByteArray codeChallenge;
    TimePoint expiry;
    Proof proof = {};
    bool isRedeemed = false;
};

/// What a refresh token can be redeemed for. A plain value.
struct RefreshGrant
{
    QString personaId;
    AskedScopes scopes;
    TimePoint expiry;
    Proof proof = {};
    QString family = {};   ///< Shared by all that come from one sign-in.
    int endedSessions = 0; ///< Of the persona, when it was issued.
    bool isUsed = false;
};

/// Grants by the SHA-256 of their secret, so that the secrets themselves are not kept; the oldest are dropped when
/// there are too many. One thread.
template <class Grant> class GrantStore
{
public:
    void add(const Secret &secret, Grant grant);
    /// Nullptr for a secret that was never issued or has been dropped.
    Grant *find(const Secret &secret);
    /// Drops what @p isOver is true for.
    void dropIf(const std::function<bool(const Grant &)> &isOver);

private:
    std::map<QByteArray, Grant> m_grants;
    std::deque<QByteArray> m_oldestFirst;
};

extern template class GrantStore<CodeGrant>;
extern template class GrantStore<RefreshGrant>;

} // namespace bookdesk::sandbox
