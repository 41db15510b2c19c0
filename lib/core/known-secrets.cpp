#include "core/known-secrets.h"

#include "core/spelling.h"

#include <QByteArrayView>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace bookdesk {
namespace {

constexpr TimePoint whileHeld = TimePoint::max();

/// The last eight of the bytes that were appended.
class Tail
{
public:
    void append(char byte) { m_value = m_value << 8 | static_cast<unsigned char>(byte); }
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0;
};

std::uint64_t tailOf(QByteArrayView bytes)
{
    Tail tail;
    for (const char byte : bytes.last(KnownSecrets::shortest))
        tail.append(byte);
    return tail.value();
}

/// Each run of shortestRun bytes has a whole piece in it.
constexpr qsizetype betweenPieces = KnownSecrets::shortestRun - KnownSecrets::shortest + 1;

/// So many of the secrets that were replaced last are known by their runs: answers to calls under way may echo them.
constexpr std::size_t mostReplaced = 8;

/// Pieces in a row that are the same; a secret that repeats itself needs no more of them.
constexpr int mostAlike = 4;

bool endsWith(const Spelling &spelling, QByteArrayView secret, std::size_t end)
{
    const auto length = static_cast<std::size_t>(secret.size());
    return length <= end && std::equal(secret.begin(), secret.end(), spelling.bytes() + (end - length));
}

/// How far @p secret and the spelling agree around the piece that ends at @p end, but not before @p first.
KnownSecrets::Range agreement(const Spelling &spelling, QByteArrayView secret, qsizetype offset, std::size_t first,
                              std::size_t end)
{
    constexpr auto length = static_cast<std::size_t>(KnownSecrets::shortest);
    KnownSecrets::Range range{end - length, end};
    auto before = static_cast<std::size_t>(offset);
    std::size_t after = before + length;
    while (before > 0 && range.begin > first &&
           secret[static_cast<qsizetype>(before - 1)] == spelling.at(range.begin - 1)) {
        --before;
        --range.begin;
    }
    while (after < static_cast<std::size_t>(secret.size()) && range.end < spelling.size() &&
           secret[static_cast<qsizetype>(after)] == spelling.at(range.end)) {
        ++after;
        ++range.end;
    }
    return range;
}

} // namespace

KnownSecrets::KnownSecrets(Clock clock, std::chrono::milliseconds memory)
    : m_clock(std::move(clock))
    , m_memory(memory)
    , m_lastLook(m_clock())
{}

void KnownSecrets::learn(const Secret &secret)
{
    forgetOld();
    if (secret.size() < shortest)
        return;
    Known &known = findOrAdd(secret);
    addPieces(known);
    known.until = std::max(known.until, m_clock() + m_memory);
}

void KnownSecrets::hold(const Secret &secret, Owner owner)
{
    forgetOld();
    if (secret.size() < shortest)
        return;
    Known &known = findOrAdd(secret);
    addPieces(known);
    known.owner = owner;
    known.until = whileHeld;
}

void KnownSecrets::release(const Secret &secret, Owner owner)
{
    Known *known = find(secret);
    if (!known || known->owner != owner)
        return;
    known->until = m_clock() + m_memory;
    m_replaced.push_back(secret);
    if (m_replaced.size() <= mostReplaced)
        return;
    Known *oldest = find(m_replaced.front());
    if (oldest && oldest->until != whileHeld)
        removePieces(*oldest);
    m_replaced.pop_front();
}

void KnownSecrets::forget(Owner owner)
{
    forgetWhere([owner](const Known &known) { return known.owner == owner; });
}

void KnownSecrets::addOccurrences(Stretches &found, QStringView text)
{
    forgetOld();
    if (m_byTail.empty())
        return;
    constexpr int mostLayers = 2; // Of escapes, one inside the other.
    Spelling spelling = Spelling::utf8(text);
    if (spelling.hasPercent())
        addOccurrences(found, spelling.percentDecoded());
    for (int layer = 0;; ++layer) {
        const bool isFolded = spelling.isFolded();
        addOccurrences(found, spelling);
        if (layer > 0 || !isFolded) // What is base64 as it stands is so without its line breaks, too.
            addDisguised(found, spelling);
        if (!isFolded || layer == mostLayers)
            return;
        spelling = spelling.unfolded();
    }
}

void KnownSecrets::addDisguised(Stretches &found, const Spelling &spelling) const
{
    if (!spelling.hasBase64())
        return;
    constexpr std::size_t lettersInGroup = 4;
    for (std::size_t skipped = 0; skipped < lettersInGroup; ++skipped)
        addOccurrences(found, spelling.base64Decoded(skipped));
}

void KnownSecrets::addOccurrences(Stretches &found, const Spelling &spelling) const
{
    Tail tail;
    std::size_t done = 0; // Up to here, all that is secret has been found.
    for (std::size_t end = 1; end <= spelling.size(); ++end) {
        tail.append(spelling.at(end - 1));
        const auto [first, last] = m_byTail.equal_range(tail.value());
        for (auto i = first; i != last; ++i) {
            const QByteArrayView secret = i->second.secret.reveal();
            if (!endsWith(spelling, secret, end))
                continue;
            found.push_back(spelling.stretch(end - static_cast<std::size_t>(secret.size()), end));
            done = end;
        }
        if (end < done + shortest)
            continue;
        if (const std::optional<Range> run = runAround(spelling, done, end, tail.value())) {
            found.push_back(spelling.stretch(run->begin, run->end));
            done = run->end;
        }
    }
}

std::optional<KnownSecrets::Range> KnownSecrets::runAround(const Spelling &spelling, std::size_t first, std::size_t end,
                                                           std::uint64_t piece) const
{
    Range best;
    const auto [begin, last] = m_byPiece.equal_range(piece);
    for (auto i = begin; i != last; ++i) {
        const Range range = agreement(spelling, i->second.secret.reveal(), i->second.offset, first, end);
        if (range.end - range.begin >= shortestRun && range.end > best.end)
            best = range;
    }
    return best.end > 0 ? std::optional(best) : std::nullopt;
}

void KnownSecrets::addPieces(Known &known)
{
    const QByteArrayView secret = known.secret.reveal();
    if (known.hasPieces || secret.size() < shortestRun)
        return;
    known.hasPieces = true;
    int alike = 0;
    std::uint64_t before = 0;
    for (qsizetype offset = 0; offset + shortest <= secret.size(); offset += betweenPieces) {
        const std::uint64_t key = tailOf(secret.first(offset + shortest));
        alike = key == before ? alike + 1 : 0;
        before = key;
        if (alike < mostAlike)
            m_byPiece.emplace(key, Piece{known.secret, offset});
    }
}

void KnownSecrets::removePieces(Known &known)
{
    const QByteArrayView secret = known.secret.reveal();
    const auto isOfIt = [&secret](const Piece &piece) { return piece.secret.reveal().data() == secret.data(); };
    std::uint64_t before = 0;
    for (qsizetype offset = 0; known.hasPieces && offset + shortest <= secret.size(); offset += betweenPieces) {
        const std::uint64_t key = tailOf(secret.first(offset + shortest));
        if (key == before)
            continue;
        before = key;
        const auto [first, last] = m_byPiece.equal_range(key);
        for (auto i = first; i != last;)
            i = isOfIt(i->second) ? m_byPiece.erase(i) : std::next(i);
    }
    known.hasPieces = false;
}

void KnownSecrets::forgetWhere(const std::function<bool(const Known &)> &isOver)
{
    for (auto i = m_byTail.begin(); i != m_byTail.end();) {
        if (!isOver(i->second)) {
            ++i;
            continue;
        }
        removePieces(i->second);
        std::erase(m_replaced, i->second.secret); // The last owner cleanses it.
        i = m_byTail.erase(i);
    }
}

KnownSecrets::Known *KnownSecrets::find(const Secret &secret)
{
    if (secret.size() < shortest)
        return nullptr;
    const auto [first, last] = m_byTail.equal_range(tailOf(secret.reveal()));
    const auto found =
        std::find_if(first, last, [&secret](const auto &entry) { return entry.second.secret == secret; });
    return found == last ? nullptr : &found->second;
}

KnownSecrets::Known &KnownSecrets::findOrAdd(const Secret &secret)
{
    if (Known *known = find(secret))
        return *known;
    return m_byTail.emplace(tailOf(secret.reveal()), Known{secret})->second;
}

/// Goes through all of them, so it runs only now and then: a secret may be kept for a tenth longer.
void KnownSecrets::forgetOld()
{
    const TimePoint now = m_clock();
    const bool wentBack = now < m_lastLook;
    if (!wentBack && now < m_lastLook + m_memory / 10)
        return;
    m_lastLook = now;
    forgetWhere([now](const Known &known) { return known.until <= now; });
}

} // namespace bookdesk
