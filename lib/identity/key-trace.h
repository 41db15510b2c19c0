/// KeyTrace: what happened to one issuer's keys, remembered for people to inspect.
#pragma once

#include "identity/key-snapshot.h"
#include "jose/jwk-set.h"

#include <map>

namespace bookdesk::identity {

/// Bounded: it remembers only keys that are published, and the last few events. One thread.
class KeyTrace
{
public:
    /// The cache answered without a request. @param isHeld whether it has the key; others leave no trace.
    void noteUse(const QString &keyId, bool isHeld, TimePoint now);
    /// A fetch from @p began until @p now brought @p keys. @param unknownKeyId the key that was wanted and is not among
    /// them; empty otherwise.
    void noteKeys(const jose::JwkSet &keys, bool isUnchanged, TimePoint began, TimePoint now,
                  const QString &unknownKeyId);
    void noteFailure(TimePoint now);

    std::vector<KeptKey> keysOf(const jose::JwkSet &keys) const;
    std::uint64_t uses() const { return m_uses; }
    std::optional<std::chrono::milliseconds> took() const { return m_took; }
    const std::vector<KeyEvent> &history() const { return m_history; }

private:
    struct Seen
    {
        TimePoint first;
        std::optional<TimePoint> lastUsed = {};
    };

    void add(KeyEvent event);

    std::map<QString, Seen> m_seen; ///< By key ID.
    std::uint64_t m_uses = 0;
    std::optional<std::chrono::milliseconds> m_took;
    std::vector<KeyEvent> m_history;
};

} // namespace bookdesk::identity
