/// KeyStore: issuers' keys, cached as the books API caches them.
#pragma once

#include "core/clock.h"
#include "core/single-flight.h"
#include "core/task-scope.h"
#include "identity/fetch-stop.h"
#include "identity/key-document.h"
#include "identity/key-schedule.h"
#include "identity/key-snapshot.h"
#include "net/http-client.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <tuple>
#include <vector>

namespace bookdesk::identity {

/// Keys as the store hands them out: shared with it, so that a look-up copies none of them. A plain value. Any thread.
struct IssuerKeys
{
    SharedKeys set = std::make_shared<const jose::JwkSet>(); ///< Never null.
    std::optional<Error> lastFailure; ///< The last refresh failed; these are the last known good keys.

    const jose::Jwk *find(QStringView keyId) const { return set->find(keyId); }
};

/// What the cache holds for an issuer, for display.
struct KeyState
{
    std::size_t count = 0;
    TimePoint fetchedAt;              ///< Or confirmed by the server.
    std::optional<Error> lastFailure; ///< The last refresh failed; the keys are the last known good ones.
    QString host;                     ///< Where they are fetched from.
};

/// The cache's rules, as constructor values.
struct KeyStoreLimits
{
    KeyRules rules;
    std::size_t issuers = 32;
    std::chrono::seconds betweenRefreshes{5}; ///< Of those that a person asks for.
};

/// Keeps the keys of up to 32 issuers for an hour each, or less if the server says so. A key ID that is not in the
/// cached set forces a refresh, but at most one in five minutes. A prefetch or a renewal does not start those five
/// minutes, and neither does a failed fetch, which is retried after 5 s, doubling up to 5 min, or when a person tries
/// again. The last known good keys live for 24 h. There is one fetch at a time per issuer. The keys need only be
/// usable: `alg` is left to the policy. The hot path makes no network call. Destroying the store stops its fetches. One
/// thread. Source: Microsoft "Signing key rollover", the books API's key cache.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    /// @param http must outlive the store.
    KeyStore(net::HttpClient &http, Clock clock, QObject *parent = nullptr);
    KeyStore(net::HttpClient &http, Clock clock, KeyStoreLimits limits, QObject *parent = nullptr);
    ~KeyStore() override;

    /// The cached keys if they are fresh and contain @p keyId, or else the keys after the refresh that the rules allow.
    /// The set may lack the key. @p stop ends the wait, not a fetch that others share. Errors: keys.unavailable where
    /// there are no keys at all, stopped.
    Task<IssuerKeys> keysFor(KeySource source, QString keyId, std::stop_token stop = {});

    /// Fetches if nothing fresh is cached, for instance while the person types a password. Errors: as keysFor.
    Task<IssuerKeys> prefetch(KeySource source, std::stop_token stop = {});

    /// A person asks for the keys of an issuer that is known already. Neither heeds nor starts the five minutes between
    /// fetches for unknown keys. Within 5 s of the last one it fetches nothing. Errors: as keysFor.
    Task<IssuerKeys> refresh(QString issuer, std::stop_token stop = {});

    /// A person tries again: neither a failed fetch nor one under way delays the next; the latter goes on for those who
    /// wait for it.
    void startAnew();

    /// What is cached now, without any request; an empty set if nothing is.
    IssuerKeys cached(const QString &issuer) const;
    std::optional<KeyState> state(const QString &issuer) const;
    /// Of each issuer; the one used last comes last.
    std::vector<KeySnapshot> snapshots() const;
    std::size_t mostIssuers() const { return m_limits.issuers; }

    /// The network is back: fetches that failed are not delayed any more.
    void noteNetworkBack();

Q_SIGNALS:
    /// A fetch succeeded or failed.
    void changed();

private:
    struct Entry;
    /// A fetch, counted as it begins.
    struct Begun
    {
        std::uint64_t number;
        TimePoint at;
    };
    /// If two connections know one issuer by different addresses, their fetches are not shared.
    using Flight = std::tuple<QString, QUrl, KeyFormat>;

    Entry &use(const KeySource &source);
    Entry *find(const KeySource &source);
    void forgetLeastUsed();
    Result<IssuerKeys> best(const Entry &entry) const;
    ScopedTask<IssuerKeys> lookUp(KeySource source, QString keyId);
    ScopedTask<IssuerKeys> refreshed(QString issuer);
    KeySnapshot snapshotOf(const Entry &entry) const;
    Task<IssuerKeys> fetchOnce(KeySource source, QString keyId, KeySchedule::Reason reason);
    ScopedTask<IssuerKeys> fetch(KeySource source, QString keyId, KeySchedule::Reason reason, std::stop_token stop);
    Result<IssuerKeys> note(const KeySource &source, const QString &keyId, KeySchedule::Reason reason,
                            const Result<KeyDocument> &document, const Begun &begun);

    net::HttpClient &m_http;
    const Clock m_clock;
    const KeyStoreLimits m_limits;
    mutable std::map<QString, Entry> m_entries; ///< Looking one up counts as using it.
    mutable std::uint64_t m_uses = 0;
    std::uint64_t m_fetches = 0;
    SingleFlights<Flight, IssuerKeys> m_flights;
    FetchStop m_fetchStop;
    TaskScope m_scope;
};

} // namespace bookdesk::identity
