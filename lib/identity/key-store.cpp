#include "identity/key-store.h"

#include "core/errors.h"
#include "core/single-flight.h"
#include "core/text.h"
#include "identity/errors.h"
#include "net/errors.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <map>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeyStore)
};

constexpr qsizetype longestShownUrl = 300;

/// False also where the clock was set back, so that nothing counts as young for ever.
bool isWithin(std::chrono::seconds span, TimePoint start, TimePoint now) { return now >= start && now - start < span; }

tl::unexpected<Error> stopped()
{
    return failure(bookdesk::errors::stopped, Texts::tr("Fetching the keys was stopped."));
}

tl::unexpected<Error> unavailable(const QString &reason, const QString &details)
{
    return failure(
        errors::keysUnavailable,
        Texts::tr("The sign-in server's keys are not available, so no token can be verified: %1").arg(reason), details);
}

Result<jose::JwkSet> readKeys(const net::HttpResponse &response, const QUrl &url, qsizetype mostBytes)
{
    QString details = u"%1: HTTP %2"_s.arg(url.toString(QUrl::FullyEncoded)).arg(response.status);
    if (response.redirectTarget.isValid()) {
        const QString target = response.redirectTarget.toString(QUrl::FullyEncoded);
        details += u"\nLocation: "_s + visible(shortened(target, longestShownUrl));
        return unavailable(Texts::tr("their address redirects elsewhere, and Bookdesk does not follow."), details);
    }
    if (response.status != 200)
        return unavailable(Texts::tr("the server answered with HTTP %1. Try again later.").arg(response.status),
                           details);
    if (response.body.size() > mostBytes)
        return unavailable(Texts::tr("the answer is too large to be a set of keys."), details);
    Result<jose::JwkSet> keys = jose::parseJwkSet(response.body);
    if (!keys)
        return unavailable(keys.error().message, details + u'\n' + keys.error().details);
    if (keys->keys.empty())
        return unavailable(Texts::tr("the answer holds no usable key."), details + u'\n' + keys->findings.join(u'\n'));
    return keys;
}

/// Hands a task's result on; the task goes on where the waiter no longer cares.
QCoro::Task<void> deliver(Task<jose::JwkSet> task, OneShot<Result<jose::JwkSet>> end)
{
    Result<jose::JwkSet> result = co_await task;
    end.set(std::move(result));
}

Task<jose::JwkSet> untilStopped(Task<jose::JwkSet> task, std::stop_token stop)
{
    const OneShot<Result<jose::JwkSet>> end;
    const std::stop_callback onStop(stop, [end] { end.set(Result<jose::JwkSet>(stopped())); });
    deliver(std::move(task), end);
    co_return co_await end;
}

} // namespace

enum class KeyStore::FetchReason { renewal, unknownKey };

struct KeyStore::Entry
{
    QUrl jwksUri;
    std::optional<jose::JwkSet> keys;
    TimePoint fetchedAt;
    std::optional<TimePoint> forcedAt;
    std::optional<Error> lastFailure;
    TimePoint failedAt;
    std::chrono::seconds retryDelay{0};
    std::uint64_t lastUse = 0;
};

/// Shared with the fetches under way, so that they survive the store's end.
struct KeyStore::Cache
{
    Cache(net::HttpClient &client, Clock time, KeyStoreLimits rules, KeyStore *store)
        : http(client)
        , clock(std::move(time))
        , limits(rules)
        , owner(store)
    {}

    net::HttpClient &http;
    Clock clock;
    KeyStoreLimits limits;
    KeyStore *owner;
    std::stop_source stop;
    std::map<QString, Entry> entries;
    SingleFlight<QString, jose::JwkSet> flights;
    std::uint64_t uses = 0;

    Entry &use(const KeySource &source)
    {
        Entry &entry = entries[source.issuer];
        if (entry.jwksUri != source.jwksUri) {
            entry = Entry();
            entry.jwksUri = source.jwksUri;
        }
        entry.lastUse = ++uses;
        forgetLeastUsed();
        return entry;
    }

    /// The entry that @p source still has, or nullptr.
    Entry *find(const KeySource &source)
    {
        const auto found = entries.find(source.issuer);
        return found != entries.end() && found->second.jwksUri == source.jwksUri ? &found->second : nullptr;
    }

    bool hasUsableKeys(const Entry &entry) const
    {
        return entry.keys && isWithin(limits.lastKnownGood, entry.fetchedAt, clock());
    }

    Result<jose::JwkSet> best(const Entry &entry) const
    {
        if (hasUsableKeys(entry))
            return *entry.keys;
        if (entry.lastFailure)
            return failure(*entry.lastFailure);
        return stopped();
    }

    void keep(Entry &entry, const jose::JwkSet &keys, bool startsPause) const
    {
        entry.keys = keys;
        entry.fetchedAt = clock();
        entry.lastFailure.reset();
        entry.retryDelay = std::chrono::seconds{0};
        if (startsPause)
            entry.forcedAt = entry.fetchedAt;
    }

    void noteFailure(Entry &entry, const Error &error) const
    {
        entry.lastFailure = error;
        entry.failedAt = clock();
        entry.retryDelay = std::clamp(2 * entry.retryDelay, limits.firstRetry, limits.longestRetry);
    }

private:
    void forgetLeastUsed()
    {
        while (entries.size() > limits.issuers)
            entries.erase(std::min_element(entries.begin(), entries.end(), [](const auto &left, const auto &right) {
                return left.second.lastUse < right.second.lastUse;
            }));
    }
};

KeyStore::KeyStore(net::HttpClient &http, Clock clock, QObject *parent)
    : KeyStore(http, std::move(clock), KeyStoreLimits(), parent)
{}

KeyStore::KeyStore(net::HttpClient &http, Clock clock, KeyStoreLimits limits, QObject *parent)
    : QObject(parent)
    , m_cache(std::make_shared<Cache>(http, std::move(clock), limits, this))
{}

KeyStore::~KeyStore()
{
    const std::shared_ptr<Cache> cache = m_cache;
    cache->owner = nullptr;
    cache->stop.request_stop();
}

std::optional<KeyStore::FetchReason> KeyStore::reasonToFetch(const Cache &cache, const Entry &entry,
                                                             const QString &keyId)
{
    const TimePoint now = cache.clock();
    const bool isFresh = entry.keys && isWithin(cache.limits.timeToLive, entry.fetchedAt, now);
    if (isFresh && (keyId.isEmpty() || entry.keys->find(keyId)))
        return std::nullopt;
    if (entry.lastFailure && isWithin(entry.retryDelay, entry.failedAt, now))
        return std::nullopt;
    if (!isFresh)
        return FetchReason::renewal;
    if (entry.forcedAt && isWithin(cache.limits.betweenForced, *entry.forcedAt, now))
        return std::nullopt;
    return FetchReason::unknownKey;
}

Task<jose::JwkSet> KeyStore::lookUp(std::shared_ptr<Cache> cache, KeySource source, QString keyId)
{
    const QString flight = source.issuer + u'\n' + source.jwksUri.toString(QUrl::FullyEncoded);
    while (!cache->stop.stop_requested()) {
        const Entry &entry = cache->use(source);
        const std::optional<FetchReason> reason = reasonToFetch(*cache, entry, keyId);
        if (!reason)
            co_return cache->best(entry);
        // A fetch that somebody else began may be older than the key that is looked for, so it is looked at once more.
        const bool isOurs = !cache->flights.isRunning(flight);
        std::function<Task<jose::JwkSet>()> work = [cache, source, keyId, why = *reason] {
            return fetch(cache, source, keyId, why);
        };
        Result<jose::JwkSet> fetched = co_await cache->flights.run(flight, std::move(work));
        if (fetched && isOurs)
            co_return fetched;
        if (!fetched) {
            const Entry *known = cache->find(source);
            if (known && cache->hasUsableKeys(*known))
                co_return *known->keys;
            co_return fetched;
        }
    }
    co_return stopped();
}

Task<jose::JwkSet> KeyStore::fetch(std::shared_ptr<Cache> cache, KeySource source, QString keyId, FetchReason reason)
{
    net::HttpRequest request;
    request.url = source.jwksUri;
    request.headers = {{"Accept"_ba, "application/json"_ba}};
    const Result<net::HttpResponse> response = co_await cache->http.send(std::move(request), cache->stop.get_token());
    // An end that we made says nothing about the server.
    if (!response && response.error().code == net::errors::stopped)
        co_return stopped();
    Result<jose::JwkSet> keys = failure(Error{errors::keysUnavailable, {}, {}});
    if (response)
        keys = readKeys(*response, source.jwksUri, cache->limits.documentBytes);
    else
        keys = unavailable(response.error().message, response.error().details);

    if (Entry *entry = cache->find(source)) {
        // A set just fetched that lacks the key has shown that the key is unknown, whatever it was fetched for.
        const bool startsPause = reason == FetchReason::unknownKey || (keys && !keyId.isEmpty() && !keys->find(keyId));
        if (keys)
            cache->keep(*entry, *keys, startsPause);
        else
            cache->noteFailure(*entry, keys.error());
    }
    if (cache->owner)
        Q_EMIT cache->owner->changed();
    co_return keys;
}

Task<jose::JwkSet> KeyStore::keysFor(KeySource source, QString keyId, std::stop_token stop)
{
    Task<jose::JwkSet> found = lookUp(m_cache, std::move(source), std::move(keyId));
    return stop.stop_possible() ? untilStopped(std::move(found), std::move(stop)) : std::move(found);
}

Task<jose::JwkSet> KeyStore::prefetch(KeySource source, std::stop_token stop)
{
    return keysFor(std::move(source), QString(), std::move(stop));
}

jose::JwkSet KeyStore::cached(const QString &issuer) const
{
    const auto found = m_cache->entries.find(issuer);
    if (found == m_cache->entries.end() || !m_cache->hasUsableKeys(found->second))
        return {};
    found->second.lastUse = ++m_cache->uses;
    return *found->second.keys;
}

std::optional<KeyState> KeyStore::state(const QString &issuer) const
{
    const auto found = m_cache->entries.find(issuer);
    if (found == m_cache->entries.end())
        return std::nullopt;
    const Entry &entry = found->second;
    const std::size_t count = m_cache->hasUsableKeys(entry) ? entry.keys->keys.size() : 0;
    return KeyState{count, entry.fetchedAt, entry.lastFailure};
}

} // namespace bookdesk::identity
