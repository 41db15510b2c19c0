#include "identity/key-store.h"

#include "core/errors.h"
#include "identity/errors.h"

#include <algorithm>
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
    // Last, because a resumed waiter may destroy the store.
    std::exchange(m_flightsStop, std::stop_source()).request_stop();
}

ScopedTask<IssuerKeys> KeyStore::lookUp(KeySource source, QString keyId)
{
    for (;;) {
        const Entry &entry = use(source);
        const std::optional<KeySchedule::Reason> reason = entry.schedule.reasonToFetch(entry.wanted(keyId), m_clock());
        if (!reason)
            co_return best(entry);
        // A fetch that another caller began may be older than the wanted key, so look once more.
        const bool isOurs = !m_flights.isRunning(Flight(source.issuer, source.jwksUri, source.format));
        Result<IssuerKeys> fetched = co_await callOut([&] { return fetchOnce(source, keyId, *reason); });
        if (fetched && !isOurs)
            continue;
        const bool isKnown = !fetched && fetched.error().code != bookdesk::errors::stopped;
        const Entry *known = isKnown ? find(source) : nullptr;
        co_return known && known->hasUsableKeys(m_clock()) ? best(*known) : fetched;
    }
}

/// Starts a fetch, or joins the one under way. A caller's stop does not end it.
Task<IssuerKeys> KeyStore::fetchOnce(KeySource source, QString keyId, KeySchedule::Reason reason)
{
    const auto work = [this, source, keyId, reason](std::stop_token stop) {
        return fetch(source, keyId, reason, std::move(stop));
    };
    return m_flights.run(Flight(source.issuer, source.jwksUri, source.format),
                         [this, work] { return m_scope.run(work, fetchingStopped(), m_flightsStop.get_token()); });
}

ScopedTask<IssuerKeys> KeyStore::fetch(KeySource source, QString keyId, KeySchedule::Reason reason,
                                       std::stop_token stop)
{
    const Entry *before = find(source);
    const KeyDocument known = before ? before->document : KeyDocument();
    const Result<KeyDocument> document = co_await callOut([&] { return fetchKeys(m_http, source, known, stop); });
    if (!document && document.error().code == bookdesk::errors::stopped)
        co_return failure(document.error());
    note(source, keyId, reason, document);
    if (const Result<void> told = co_await callOut([this] { Q_EMIT changed(); }); !told)
        co_return failure(told.error());
    if (!document)
        co_return failure(document.error());
    co_return IssuerKeys{document->keys, {}};
}

void KeyStore::note(const KeySource &source, const QString &keyId, KeySchedule::Reason reason,
                    const Result<KeyDocument> &document)
{
    const TimePoint now = m_clock();
    Entry *entry = find(source);
    if (entry && document) {
        entry->keep(*document, now);
        // If the keys just fetched lack the key, it is unknown, whatever the reason for the fetch.
        if (reason == KeySchedule::Reason::unknownKey || entry->wanted(keyId) == KeySchedule::Wanted::notHeld)
            entry->schedule.noteForced(now);
    } else if (entry) {
        entry->noteFailure(document.error(), now);
    }
}

KeyStore::Entry &KeyStore::use(const KeySource &source)
{
    Entry &entry = m_entries[source.issuer];
    if (entry.source != source)
        entry = Entry{source, {}, KeySchedule(m_limits.rules), {}, 0};
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
    return KeyState{count, entry.schedule.fetchedAt().value_or(TimePoint()), entry.lastFailure};
}

} // namespace bookdesk::identity
