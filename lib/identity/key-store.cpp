#include "identity/key-store.h"

#include "core/errors.h"
#include "core/single-flight.h"
#include "core/stoppable.h"
#include "identity/errors.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

namespace bookdesk::identity {

/// What is held of one issuer's keys.
struct KeyStore::Entry
{
    KeySource source;
    KeyDocument document;
    KeySchedule schedule;
    std::optional<Error> lastFailure;
    std::uint64_t lastUse = 0;

    KeySchedule::Wanted wanted(const QString &keyId) const
    {
        const bool isHeld = document.keys && (keyId.isEmpty() || document.keys->find(keyId));
        return isHeld ? KeySchedule::Wanted::held : KeySchedule::Wanted::notHeld;
    }

    bool hasUsableKeys(TimePoint now) const { return document.keys && schedule.areUsable(now); }

    void keep(const KeyDocument &fetched, TimePoint now)
    {
        document = fetched;
        schedule.noteKeys(now, fetched.headers.lifetime);
        lastFailure.reset();
    }

    void noteFailure(const Error &error, TimePoint now)
    {
        schedule.noteFailure(now);
        lastFailure = error;
        // The next time the whole document is asked for: perhaps it was our question that went wrong.
        document.headers.entityTag.clear();
    }
};

/// Shared with the fetches under way, so that they survive the store's end.
struct KeyStore::Cache
{
    /// Where two connections know one issuer by different addresses, their fetches are not shared.
    using Flight = std::tuple<QString, QUrl, KeyFormat>;

    Cache(net::HttpClient &client, Clock time, KeyStoreLimits given, KeyStore *store)
        : http(client)
        , clock(std::move(time))
        , limits(given)
        , owner(store)
    {}

    net::HttpClient &http;
    Clock clock;
    KeyStoreLimits limits;
    KeyStore *owner;
    std::stop_source stop;
    std::map<QString, Entry> entries;
    SingleFlight<Flight, IssuerKeys> flights;
    std::uint64_t uses = 0;

    Entry &use(const KeySource &source)
    {
        Entry &entry = entries[source.issuer];
        if (entry.source != source)
            entry = Entry{source, {}, KeySchedule(limits.rules), {}, 0};
        entry.lastUse = ++uses;
        forgetLeastUsed();
        return entry;
    }

    /// The entry that @p source still has, or nullptr.
    Entry *find(const KeySource &source)
    {
        const auto found = entries.find(source.issuer);
        return found != entries.end() && found->second.source == source ? &found->second : nullptr;
    }

    Result<IssuerKeys> best(const Entry &entry) const
    {
        if (entry.hasUsableKeys(clock()))
            return IssuerKeys{entry.document.keys, entry.lastFailure};
        return failure(entry.lastFailure.value_or(fetchingStopped()));
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

Task<IssuerKeys> KeyStore::lookUp(std::shared_ptr<Cache> cache, KeySource source, QString keyId)
{
    while (!cache->stop.stop_requested()) {
        const Entry &entry = cache->use(source);
        const std::optional<KeySchedule::Reason> reason =
            entry.schedule.reasonToFetch(entry.wanted(keyId), cache->clock());
        if (!reason)
            co_return cache->best(entry);
        const Cache::Flight flight(source.issuer, source.jwksUri, source.format);
        // A fetch that somebody else began may be older than the key that is looked for, so it is looked at once more.
        const bool isOurs = !cache->flights.isRunning(flight);
        std::function<Task<IssuerKeys>()> work = [cache, source, keyId, why = *reason] {
            return fetch(cache, source, keyId, why);
        };
        Result<IssuerKeys> fetched = co_await cache->flights.run(flight, std::move(work));
        if ((fetched && isOurs) || cache->stop.stop_requested())
            co_return fetched;
        if (!fetched) {
            const Entry *known = cache->find(source);
            if (known && known->hasUsableKeys(cache->clock()))
                co_return cache->best(*known);
            co_return fetched;
        }
    }
    co_return failure(fetchingStopped());
}

Task<IssuerKeys> KeyStore::fetch(std::shared_ptr<Cache> cache, KeySource source, QString keyId,
                                 KeySchedule::Reason reason)
{
    const Entry *before = cache->find(source);
    const KeyDocument known = before ? before->document : KeyDocument();
    Task<KeyDocument> fetching = fetchKeys(cache->http, source, known, cache->limits.fetch, cache->stop.get_token());
    const Result<KeyDocument> document = co_await std::move(fetching);
    if (!document && document.error().code == bookdesk::errors::stopped)
        co_return failure(document.error());

    const TimePoint now = cache->clock();
    Entry *entry = cache->find(source);
    if (entry && document) {
        entry->keep(*document, now);
        // A set just fetched that lacks the key has shown that it is unknown, whatever it was fetched for.
        if (reason == KeySchedule::Reason::unknownKey || entry->wanted(keyId) == KeySchedule::Wanted::notHeld)
            entry->schedule.noteForced(now);
    } else if (entry) {
        entry->noteFailure(document.error(), now);
    }
    if (cache->owner)
        Q_EMIT cache->owner->changed();
    if (!document)
        co_return failure(document.error());
    co_return IssuerKeys{document->keys, {}};
}

Task<IssuerKeys> KeyStore::keysFor(KeySource source, QString keyId, std::stop_token stop)
{
    Task<IssuerKeys> found = lookUp(m_cache, std::move(source), std::move(keyId));
    if (found.isReady() || !stop.stop_possible())
        return found;
    return unlessStopped(std::move(found), std::move(stop), fetchingStopped());
}

Task<IssuerKeys> KeyStore::prefetch(KeySource source, std::stop_token stop)
{
    return keysFor(std::move(source), QString(), std::move(stop));
}

IssuerKeys KeyStore::cached(const QString &issuer) const
{
    const auto found = m_cache->entries.find(issuer);
    if (found == m_cache->entries.end() || !found->second.hasUsableKeys(m_cache->clock()))
        return {};
    found->second.lastUse = ++m_cache->uses;
    return {found->second.document.keys, found->second.lastFailure};
}

std::optional<KeyState> KeyStore::state(const QString &issuer) const
{
    const auto found = m_cache->entries.find(issuer);
    if (found == m_cache->entries.end())
        return std::nullopt;
    const Entry &entry = found->second;
    const std::size_t count = entry.hasUsableKeys(m_cache->clock()) ? entry.document.keys->keys.size() : 0;
    return KeyState{count, entry.schedule.fetchedAt().value_or(TimePoint()), entry.lastFailure};
}

} // namespace bookdesk::identity
