/// KnownSecrets: the secrets that a Redactor has learned; finds them in one pass over a text.
#pragma once

#include "core/cleansing.h"
#include "core/clock.h"
#include "core/masking.h"
#include "core/secret.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bookdesk {

/// Each secret is kept under its last eight bytes: they differ from token to token, while the first ones are the same.
/// So the number of secrets slows down neither learning nor finding. One thread.
class KnownSecrets
{
public:
    /// Identifies a group of secrets that are held together: a person's, for example.
    using Owner = std::uint64_t;

    /// Shorter values are ignored.
    static constexpr qsizetype shortest = sizeof(std::uint64_t);

    /// @param memory how long a secret that nobody holds is kept.
    KnownSecrets(Clock clock, std::chrono::milliseconds memory);

    Owner newOwner() { return ++m_lastOwner; }

    /// Keeps the secret for the memory's time from now on, or longer while it is held.
    void learn(const Secret &secret);
    /// Keeps the secret until it is released and the memory's time has passed.
    void hold(const Secret &secret, Owner owner);
    void release(const Secret &secret, Owner owner);
    /// Forgets at once what @p owner holds or held.
    void forget(Owner owner);

    /// Adds where @p text contains secrets, plain or percent-encoded.
    void addOccurrences(Stretches &found, QStringView text);

private:
    class Spelling;
    struct Known
    {
        Secret secret;
        Owner owner = 0;      ///< 0 for nobody.
        TimePoint until = {}; ///< The end of time while it is held.
    };

    Known *find(const Secret &secret);
    Known &findOrAdd(const Secret &secret);
    void addOccurrences(Stretches &found, const Spelling &spelling) const;
    void forgetOld();

    Clock m_clock;
    std::chrono::milliseconds m_memory;
    TimePoint m_lastLook;
    Owner m_lastOwner = 0;
    /// Cleansed, because the keys are eight bytes of each secret.
    std::unordered_multimap<std::uint64_t, Known, std::hash<std::uint64_t>, std::equal_to<>,
                            CleansingAllocator<std::pair<const std::uint64_t, Known>>>
        m_byTail;
};

} // namespace bookdesk
