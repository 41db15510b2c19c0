/// KeySnapshot: what the key cache holds for one issuer at one moment, for people to inspect.
#pragma once

#include "core/clock.h"
#include "core/error.h"
#include "identity/key-source.h"
#include "jose/left-out-key.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bookdesk::identity {

/// How an issuer's keys are.
enum class KeysState {
    current,
    kept,     ///< The refresh failed; the last good keys are in use.
    fetching, ///< A request is under way.
    none,     ///< There are no usable keys.
};

/// A usable key of the set. A plain value. Any thread.
struct KeptKey
{
    QString keyId;
    QString description; ///< "RSA 2048".
    QString algorithm;   ///< The stated `alg`; empty where there is none.
    TimePoint firstSeen; ///< By this program, since it was started.
    std::optional<TimePoint> lastUsed;
};

/// What happened to an issuer's keys. A plain value. Any thread.
struct KeyEvent
{
    enum class Kind { fetched, unchanged, failed };

    Kind kind = Kind::fetched;
    TimePoint at;
    std::size_t keys = 0; ///< How many usable ones there were then.
    QString unknownKeyId; ///< The key that was asked for and is not published; empty otherwise.
};

/// A plain value. Any thread.
struct KeySnapshot
{
    KeySource source;
    KeysState state = KeysState::none;
    std::vector<KeptKey> keys;
    std::vector<jose::LeftOutKey> leftOut;
    std::optional<TimePoint> fetchedAt;            ///< Or confirmed by the server.
    std::optional<std::chrono::milliseconds> took; ///< The last fetch that succeeded.
    std::optional<TimePoint> nextRenewal;
    std::optional<TimePoint> usableUntil;
    std::optional<TimePoint> nextForced;  ///< From when on an unknown key causes a fetch; nothing where at once.
    std::optional<TimePoint> nextTry;     ///< After a failure; nothing where at once.
    std::optional<TimePoint> nextRefresh; ///< From when on a person can refresh again; nothing where at once.
    std::optional<Error> lastFailure;
    std::uint64_t uses = 0;        ///< How often the cache answered without a request.
    std::vector<KeyEvent> history; ///< The last few, oldest first.
};

} // namespace bookdesk::identity
