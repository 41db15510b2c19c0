#include "core/known-secrets.h"

#include "core/percent-encoding.h"

#include <QByteArray>

#include <algorithm>
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

std::uint64_t tailOf(const Secret &secret)
{
    Tail tail;
    for (const char byte : secret.reveal().last(KnownSecrets::shortest))
        tail.append(byte);
    return tail.value();
}

} // namespace

/// A text as bytes, with the place of each in the text. Wiped, as the text may hold secrets.
class KnownSecrets::Spelling
{
public:
    static Spelling utf8(QStringView text)
    {
        Spelling result;
        result.reserve(static_cast<std::size_t>(text.size()));
        for (qsizetype i = 0; i < text.size(); ++i) {
            const qsizetype place = i;
            if (text[i].unicode() < 0x80) {
                result.append(static_cast<char>(text[i].unicode()), place);
                continue;
            }
            const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
            for (const char byte : text.sliced(place, isPair ? 2 : 1).toUtf8())
                result.append(byte, place);
            i += isPair ? 1 : 0;
        }
        result.m_places.push_back(text.size());
        return result;
    }

    Spelling percentDecoded() const
    {
        Spelling result;
        result.reserve(size());
        for (std::size_t i = 0; i < size(); ++i) {
            const std::optional<char> escaped = percentEncodedByte(m_bytes, static_cast<qsizetype>(i));
            result.append(escaped.value_or(m_bytes[i]), m_places[i]);
            i += escaped ? 2 : 0;
        }
        result.m_places.push_back(m_places.back());
        return result;
    }

    std::size_t size() const { return m_bytes.size(); }
    char at(std::size_t i) const { return m_bytes[i]; }
    bool hasPercent() const { return std::ranges::find(m_bytes, '%') != m_bytes.end(); }
    bool endsWith(QByteArrayView secret, std::size_t end) const
    {
        const auto length = static_cast<std::size_t>(secret.size());
        return length <= end && std::equal(secret.begin(), secret.end(), m_bytes.data() + (end - length));
    }
    Stretch stretch(std::size_t begin, std::size_t end) const { return {m_places[begin], m_places[end]}; }

private:
    void reserve(std::size_t size)
    {
        m_bytes.reserve(size);
        m_places.reserve(size + 1);
    }

    void append(char byte, qsizetype place)
    {
        m_bytes.push_back(byte);
        m_places.push_back(place);
    }

    CleansedVector<char> m_bytes;
    std::vector<qsizetype> m_places; ///< One more than bytes: the text's end.
};

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
    known.until = std::max(known.until, m_clock() + m_memory);
}

void KnownSecrets::hold(const Secret &secret, Owner owner)
{
    forgetOld();
    if (secret.size() < shortest)
        return;
    Known &known = findOrAdd(secret);
    known.owner = owner;
    known.until = whileHeld;
}

void KnownSecrets::release(const Secret &secret, Owner owner)
{
    Known *known = find(secret);
    if (known && known->owner == owner)
        known->until = m_clock() + m_memory;
}

void KnownSecrets::forget(Owner owner)
{
    std::erase_if(m_byTail, [owner](const auto &entry) { return entry.second.owner == owner; });
}

void KnownSecrets::addOccurrences(Stretches &found, QStringView text)
{
    forgetOld();
    if (m_byTail.empty())
        return;
    const Spelling plain = Spelling::utf8(text);
    addOccurrences(found, plain);
    if (plain.hasPercent())
        addOccurrences(found, plain.percentDecoded());
}

void KnownSecrets::addOccurrences(Stretches &found, const Spelling &spelling) const
{
    Tail tail;
    for (std::size_t end = 1; end <= spelling.size(); ++end) {
        tail.append(spelling.at(end - 1));
        const auto [first, last] = m_byTail.equal_range(tail.value());
        for (auto i = first; i != last; ++i) {
            const QByteArrayView secret = i->second.secret.reveal();
            if (spelling.endsWith(secret, end))
                found.push_back(spelling.stretch(end - static_cast<std::size_t>(secret.size()), end));
        }
    }
}

KnownSecrets::Known *KnownSecrets::find(const Secret &secret)
{
    if (secret.size() < shortest)
        return nullptr;
    const auto [first, last] = m_byTail.equal_range(tailOf(secret));
    const auto found =
        std::find_if(first, last, [&secret](const auto &entry) { return entry.second.secret == secret; });
    return found == last ? nullptr : &found->second;
}

KnownSecrets::Known &KnownSecrets::findOrAdd(const Secret &secret)
{
    if (Known *known = find(secret))
        return *known;
    return m_byTail.emplace(tailOf(secret), Known{secret})->second;
}

/// Goes through all of them, so it runs only now and then: a secret may be kept for a tenth longer.
void KnownSecrets::forgetOld()
{
    const TimePoint now = m_clock();
    const bool wentBack = now < m_lastLook;
    if (!wentBack && now < m_lastLook + m_memory / 10)
        return;
    m_lastLook = now;
    std::erase_if(m_byTail, [now](const auto &entry) { return entry.second.until <= now; });
}

} // namespace bookdesk
