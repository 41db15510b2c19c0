#include "identity/key-store.h"

#include "core/errors.h"
#include "identity/errors.h"
#include "identity/key-trace.h"

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

/// More are forgotten, the oldest first.
constexpr qsizetype mostReplaced = 16;

/// The keys with the memory of those that they replace, so that people learn why a token is refused.
SharedKeys withMemory(const SharedKeys &fetched, const SharedKeys &before)
{
    if (!before || before == fetched)
        return fetched;
    QStringList replaced = before->replaced;
    for (const jose::Jwk &key : before->keys)
        replaced += key.keyId;
    replaced.removeDuplicates();
    replaced.removeIf([&fetched](const QString &keyId) { return fetched->find(keyId) != nullptr; });
    if (replaced.isEmpty())
        return fetched;
    auto keys = std::make_shared<jose::JwkSet>(*fetched);
    keys->replaced = replaced.mid(std::max<qsizetype>(replaced.size() - mostReplaced, 0));
    return keys;
}

} // namespace

/// What is held of one issuer's keys.
struct KeyStore::Entry
{
    KeySource source;
    KeyDocument document;
    KeySchedule schedule;
    std::optional<Error> lastFailure;
    std::uint64_t lastUse = 0;
    std::uint64_t lastFetch = 0; ///< The number of the one that the document came with.
    KeyTrace trace{};
    std::optional<TimePoint> refreshedAt{}; ///< When a person last asked for it.

    KeySchedule::Wanted wanted(const QString &keyId) const
    {
        const bool isHeld = document.keys && (keyId.isEmpty() || document.keys->find(keyId));
        return isHeld ? KeySchedule::Wanted::held : KeySchedule::Wanted::notHeld;
    }

    bool hasUsableKeys(TimePoint now) const { return document.keys && schedule.areUsable(now); }

    void keep(const KeyDocument &fetched, TimePoint now)
    {
        const SharedKeys keys = withMemory(fetched.keys, document.keys);
        document = fetched;
        document.keys = keys;
        schedule.noteKeys(now, fetched.headers.lifetime);
        lastFailure.reset();
    }

    void noteFailure(const Error &error, TimePoint now)
    {
        schedule.noteFailure(now);
        lastFailure = error;
        // Ask for the whole document next time: perhaps our conditional request caused the failure.
        document.headers.entityTag.clear();
    }
};

KeyStore::KeyStore(net::HttpClient &http, Clock clock, QObject *parent)
    : KeyStore(http, std::move(clock), KeyStoreLimits(), parent)
{}

KeyStore::KeyStore(net::HttpClient &http, Clock clock, KeyStoreLimits limits, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_clock(std::move(clock))
    , m_limits(limits)
{}

KeyStore::~KeyStore() = default;

Task<IssuerKeys> KeyStore::keysFor(KeySource source, QString keyId, std::stop_token stop)
{
    const auto work = [this, source, keyId](std::stop_token) { return lookUp(source, keyId); };
    return m_scope.run(work, fetchingStopped(), std::move(stop));
}

Task<IssuerKeys> KeyStore::prefetch(KeySource source, std::stop_token stop)
{
    return keysFor(std::move(source), QString(), std::move(stop));
}

void KeyStore::startAnew()
{
    noteNetworkBack();
    m_flights = {};
    m_fetchStop.startAnew();
}

ScopedTask<IssuerKeys> KeyStore::lookUp(KeySource source, QString keyId)
{
    for (;;) {
        Entry &entry = use(source);
        const std::optional<KeySchedule::Reason> reason = entry.schedule.reasonToFetch(entry.wanted(keyId), m_clock());
        if (!reason) {
            entry.trace.noteUse(keyId, entry.wanted(keyId) == KeySchedule::Wanted::held, m_clock());
            co_return best(entry);
        }
        // A fetch that another caller began may be older than the wanted key, so look once more.
        const FetchStop::Waiter waiter(m_fetchStop);
        const bool isOurs = !m_flights.isRunning(Flight(source.issuer, source.jwksUri, source.format));
        Result<IssuerKeys> fetched = co_await callOut([&] { return fetchOnce(source, keyId, *reason); });
        if (fetched && !isOurs)
            continue;
        const bool isKnown = !fetched && fetched.error().code != bookdesk::errors::stopped;
        const Entry *known = isKnown ? find(source) : nullptr;
        co_return known && known->hasUsableKeys(m_clock()) ? best(*known) : fetched;
    }
}

Task<IssuerKeys> KeyStore::refresh(QString issuer, std::stop_token stop)
{
    return m_scope.run([this, issuer](std::stop_token) { return refreshed(issuer); }, fetchingStopped(),
                       std::move(stop));
}

ScopedTask<IssuerKeys> KeyStore::refreshed(QString issuer)
{
    const auto found = m_entries.find(issuer);
    if (found == m_entries.end())
        co_return failure(fetchingStopped());
    Entry &entry = found->second;
    const TimePoint now = m_clock();
    if (entry.refreshedAt && now >= *entry.refreshedAt && now - *entry.refreshedAt < m_limits.betweenRefreshes)
        co_return best(entry);
    entry.refreshedAt = now;
    const KeySource source = entry.source;
    const FetchStop::Waiter waiter(m_fetchStop);
    Result<IssuerKeys> keys =
        co_await callOut([&] { return fetchOnce(source, QString(), KeySchedule::Reason::renewal); });
    co_return keys;
}

/// Starts a fetch, or joins the one under way. A caller's stop does not end it.
Task<IssuerKeys> KeyStore::fetchOnce(KeySource source, QString keyId, KeySchedule::Reason reason)
{
    const auto work = [this, source, keyId, reason](std::stop_token stop) {
        return fetch(source, keyId, reason, std::move(stop));
    };
    return m_flights.run(Flight(source.issuer, source.jwksUri, source.format),
                         [this, work] { return m_scope.run(work, fetchingStopped(), m_fetchStop.token()); });
}

ScopedTask<IssuerKeys> KeyStore::fetch(KeySource source, QString keyId, KeySchedule::Reason reason,
                                       std::stop_token stop)
{
    const Entry *before = find(source);
    const KeyDocument known = before ? before->document : KeyDocument();
    const Begun begun{++m_fetches, m_clock()};
    const Result<KeyDocument> document = co_await callOut([&] { return fetchKeys(m_http, source, known, stop); });
    if (!document && document.error().code == bookdesk::errors::stopped)
        co_return failure(document.error());
    const Result<IssuerKeys> noted = note(source, keyId, reason, document, begun);
    if (const Result<void> told = co_await callOut([this] { Q_EMIT changed(); }); !told)
        co_return failure(told.error());
    co_return noted;
}

/// The keys as they are kept, or the failure.
Result<IssuerKeys> KeyStore::note(const KeySource &source, const QString &keyId, KeySchedule::Reason reason,
                                  const Result<KeyDocument> &document, const Begun &begun)
{
    const TimePoint now = m_clock();
    Entry *entry = find(source);
    // What startAnew has left under way may be older than what is held.
    const bool isOutdated = entry && entry->lastFetch > begun.number;
    if (entry && document && !isOutdated) {
        entry->lastFetch = begun.number;
        const bool isUnchanged = entry->document.keys == document->keys;
        entry->keep(*document, now);
        const bool isUnknown = entry->wanted(keyId) == KeySchedule::Wanted::notHeld;
        entry->trace.noteKeys(*document->keys, isUnchanged, begun.at, now, isUnknown ? keyId : QString());
        // If the keys just fetched lack the key, it is unknown, whatever the reason for the fetch.
        if (reason == KeySchedule::Reason::unknownKey || isUnknown)
            entry->schedule.noteForced(now);
    } else if (entry && !isOutdated) {
        entry->noteFailure(document.error(), now);
        entry->trace.noteFailure(now);
    }
    if (!document)
        return failure(document.error());
    return IssuerKeys{entry ? entry->document.keys : document->keys, {}};
}

KeyStore::Entry &KeyStore::use(const KeySource &source)
{
    Entry &entry = m_entries[source.issuer];
    if (entry.source != source)
        entry = Entry{source, {}, KeySchedule(m_limits.rules), {}};
    entry.lastUse = ++m_uses;
    forgetLeastUsed();
    return entry;
}

/// The entry that @p source still has, or nullptr.
KeyStore::Entry *KeyStore::find(const KeySource &source)
{
    const auto found = m_entries.find(source.issuer);
    return found != m_entries.end() && found->second.source == source ? &found->second : nullptr;
}

void KeyStore::forgetLeastUsed()
{
    while (m_entries.size() > m_limits.issuers)
        m_entries.erase(std::min_element(m_entries.begin(), m_entries.end(), [](const auto &left, const auto &right) {
            return left.second.lastUse < right.second.lastUse;
        }));
}

Result<IssuerKeys> KeyStore::best(const Entry &entry) const
{
    if (entry.hasUsableKeys(m_clock()))
        return IssuerKeys{entry.document.keys, entry.lastFailure};
    return failure(entry.lastFailure.value_or(fetchingStopped()));
}

IssuerKeys KeyStore::cached(const QString &issuer) const
{
    const auto found = m_entries.find(issuer);
    if (found == m_entries.end() || !found->second.hasUsableKeys(m_clock()))
        return {};
    found->second.lastUse = ++m_uses;
    return {found->second.document.keys, found->second.lastFailure};
}

void KeyStore::noteNetworkBack()
{
    for (auto &[issuer, entry] : m_entries)
        entry.schedule.endPause();
}

std::optional<KeyState> KeyStore::state(const QString &issuer) const
{
    const auto found = m_entries.find(issuer);
    if (found == m_entries.end())
        return std::nullopt;
    const Entry &entry = found->second;
    const std::size_t count = entry.hasUsableKeys(m_clock()) ? entry.document.keys->keys.size() : 0;
    return KeyState{count, entry.schedule.fetchedAt().value_or(TimePoint()), entry.lastFailure,
                    entry.source.jwksUri.host(QUrl::FullyEncoded)};
}

KeySnapshot KeyStore::snapshotOf(const Entry &entry) const
{
    const TimePoint now = m_clock();
    KeySnapshot snapshot;
    snapshot.source = entry.source;
    const bool isUsable = entry.hasUsableKeys(now);
    if (isUsable) {
        snapshot.keys = entry.trace.keysOf(*entry.document.keys);
        snapshot.leftOut = entry.document.keys->leftOut;
    }
    if (m_flights.isRunning(Flight(entry.source.issuer, entry.source.jwksUri, entry.source.format)))
        snapshot.state = KeysState::fetching;
    else if (isUsable)
        snapshot.state = entry.lastFailure ? KeysState::kept : KeysState::current;
    snapshot.fetchedAt = entry.schedule.fetchedAt();
    snapshot.took = entry.trace.took();
    snapshot.nextRenewal = entry.schedule.nextRenewal();
    snapshot.usableUntil = entry.schedule.usableUntil();
    snapshot.nextForced = entry.schedule.nextForced(now);
    snapshot.nextTry = entry.schedule.nextTry(now);
    if (entry.refreshedAt && now >= *entry.refreshedAt && now < *entry.refreshedAt + m_limits.betweenRefreshes)
        snapshot.nextRefresh = *entry.refreshedAt + m_limits.betweenRefreshes;
    snapshot.lastFailure = entry.lastFailure;
    snapshot.uses = entry.trace.uses();
    snapshot.history = entry.trace.history();
    return snapshot;
}

std::vector<KeySnapshot> KeyStore::snapshots() const
{
    std::vector<const Entry *> entries;
    for (const auto &[issuer, entry] : m_entries)
        entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](const Entry *left, const Entry *right) { return left->lastUse < right->lastUse; });
    std::vector<KeySnapshot> snapshots;
    for (const Entry *entry : entries)
        snapshots.push_back(snapshotOf(*entry));
    return snapshots;
}

} // namespace bookdesk::identity
