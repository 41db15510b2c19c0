#include "identity/key-trace.h"

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

constexpr std::size_t mostEvents = 5;

} // namespace

void KeyTrace::noteUse(const QString &keyId, bool isHeld, TimePoint now)
{
    ++m_uses;
    if (!isHeld || keyId.isEmpty())
        return;
    if (const auto seen = m_seen.find(keyId); seen != m_seen.end())
        seen->second.lastUsed = now;
}

void KeyTrace::noteKeys(const jose::JwkSet &keys, bool isUnchanged, TimePoint began, TimePoint now,
                        const QString &unknownKeyId)
{
    std::map<QString, Seen> seen;
    for (const jose::Jwk &key : keys.keys) {
        const auto before = m_seen.find(key.keyId);
        seen.emplace(key.keyId, before != m_seen.end() ? before->second : Seen{now});
    }
    m_seen = std::move(seen);
    m_took = std::chrono::duration_cast<std::chrono::milliseconds>(now - began);
    add({isUnchanged ? KeyEvent::Kind::unchanged : KeyEvent::Kind::fetched, now, keys.keys.size(), unknownKeyId});
}

void KeyTrace::noteFailure(TimePoint now) { add({KeyEvent::Kind::failed, now, 0, {}}); }

std::vector<KeptKey> KeyTrace::keysOf(const jose::JwkSet &keys) const
{
    std::vector<KeptKey> result;
    for (const jose::Jwk &key : keys.keys) {
        const auto seen = m_seen.find(key.keyId);
        const Seen known = seen != m_seen.end() ? seen->second : Seen{};
        result.push_back({key.keyId, key.key.description(),
                          key.algorithm ? jose::algorithmName(*key.algorithm) : QString(), known.first,
                          known.lastUsed});
    }
    return result;
}

void KeyTrace::add(KeyEvent event)
{
    m_history.push_back(std::move(event));
    if (m_history.size() > mostEvents)
        m_history.erase(m_history.begin());
}

} // namespace bookdesk::identity
