/// KnownSecrets: the secrets that a Redactor has learned; finds them in one pass over a text.
#pragma once

#include "core/cleansing.h"
#include "core/clock.h"
#include "core/masking.h"
#include "core/secret.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bookdesk {

class Spelling;

/// Each secret is kept under its last eight bytes: they differ from token to token, while the first ones are the same.
/// So the number of secrets slows down neither learning nor finding. Those that are in use are also kept under pieces
/// of eight bytes, so that a part of one is found, too. Texts are looked through as they are and decoded. One thread.
class KnownSecrets
{
public:
    /// Identifies a group of secrets that are held together: a person's, for example.
    using Owner = std::uint64_t;

    /// Shorter values are ignored.
    static constexpr qsizetype shortest = sizeof(std::uint64_t);
    /// So many bytes of a secret in a row are as secret as the whole.
    static constexpr qsizetype shortestRun = 20;

    /// Bytes from `begin` up to, but not including, `end`.
    struct Range
    {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

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

    /// Adds where @p text contains secrets, or runs of those that are held or learned, or were replaced just now:
    /// plain, encoded as in URLs, JSON, HTML or base64, or over several lines.
    void addOccurrences(Stretches &found, QStringView text);

private:
    struct Known
    {
        Secret secret;
        Owner owner = 0;      ///< 0 for nobody.
        TimePoint until = {}; ///< The end of time while it is held.
        bool hasPieces = false;
    };
    struct Piece
    {
        Secret secret;
        qsizetype offset = 0; ///< Where it begins in the secret.
    };

    Known *find(const Secret &secret);
    Known &findOrAdd(const Secret &secret);
    void addOccurrences(Stretches &found, const Spelling &spelling) const;
    void addDisguised(Stretches &found, const Spelling &spelling) const;
    std::optional<Range> runAround(const Spelling &spelling, std::size_t first, std::size_t end,
                                   std::uint64_t piece) const;
    void addPieces(Known &known);
    void removePieces(Known &known);
    void forgetWhere(const std::function<bool(const Known &)> &isOver);
    void forgetOld();

    Clock m_clock;
    std::chrono::milliseconds m_memory;
    TimePoint m_lastLook;
    Owner m_lastOwner = 0;
    std::deque<Secret> m_replaced; ///< The last ones, which still have pieces; the oldest first.
    /// Cleansed, because the keys are eight bytes of each secret.
    template <class T>
    using ByBytes = std::unordered_multimap<std::uint64_t, T, std::hash<std::uint64_t>, std::equal_to<>,
                                            CleansingAllocator<std::pair<const std::uint64_t, T>>>;
    ByBytes<Known> m_byTail;
    ByBytes<Piece> m_byPiece;
};

} // namespace bookdesk
