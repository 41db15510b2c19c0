/// KeyStore: an issuer's keys, cached as the books API caches them.
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "jose/jwk-set.h"
#include "net/http-client.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace bookdesk::identity {

/// Where a configured issuer publishes its keys. Only configured issuers are ever asked.
struct KeySource
{
    QString issuer;
    QUrl jwksUri;
};

/// What the cache holds for an issuer, for showing.
struct KeyState
{
    std::size_t count = 0;
    TimePoint fetchedAt;
    std::optional<Error> lastFailure; ///< The last refresh failed; the keys are the last known good ones.
};

/// The cache's rules, as constructor values.
struct KeyStoreLimits
{
    std::chrono::seconds timeToLive{std::chrono::hours{1}};
    std::chrono::seconds lastKnownGood{std::chrono::hours{24}};
    std::chrono::seconds betweenForced{std::chrono::minutes{5}};
    std::chrono::seconds firstRetry{5};
    std::chrono::seconds longestRetry{std::chrono::minutes{5}};
    std::size_t issuers = 32;
    qsizetype documentBytes = 1024 * 1024;
};

/// Per issuer, at most 32, one hour to live. A key ID that is not in the cached set forces a refresh, at most one in
/// five minutes; a prefetch or a renewal does not start those five minutes, nor does a failed fetch, which is retried
/// after 5 s, doubling to 5 min. Last known good keys live 24 h. One fetch at a time per issuer. The hot path makes no
/// network call. Destroying the store stops its fetches. One thread. Source: Microsoft "Signing key rollover", the
/// books API's key cache.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    /// @param http must outlive the store.
    KeyStore(net::HttpClient &http, Clock clock, QObject *parent = nullptr);
    KeyStore(net::HttpClient &http, Clock clock, KeyStoreLimits limits, QObject *parent = nullptr);
    ~KeyStore() override;

    /// The cached keys where they hold @p keyId and are fresh, else after the refresh that the cache's rules allow.
    /// The set may lack the key. @p stop ends the wait, not a fetch that others share. Errors: keys.unavailable where
    /// there are no keys at all, stopped.
    Task<jose::JwkSet> keysFor(KeySource source, QString keyId, std::stop_token stop = {});

    /// Fetches where nothing fresh is cached, for instance while the person types a password. Errors: as keysFor.
    Task<jose::JwkSet> prefetch(KeySource source, std::stop_token stop = {});

    /// What is cached now, without any request; an empty set where nothing is.
    jose::JwkSet cached(const QString &issuer) const;
    std::optional<KeyState> state(const QString &issuer) const;

Q_SIGNALS:
    /// A fetch succeeded or failed.
    void changed();

private:
    struct Entry;
    struct Cache;
    enum class FetchReason;

    static std::optional<FetchReason> reasonToFetch(const Cache &cache, const Entry &entry, const QString &keyId);
    static Task<jose::JwkSet> lookUp(std::shared_ptr<Cache> cache, KeySource source, QString keyId);
    static Task<jose::JwkSet> fetch(std::shared_ptr<Cache> cache, KeySource source, QString keyId, FetchReason reason);

    std::shared_ptr<Cache> m_cache;
};

} // namespace bookdesk::identity
