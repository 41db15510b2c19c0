/// What makes reading the names and texts of a document cheap; for json-parsing.cpp only, into which it is inlined.
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

namespace bookdesk {

/// Valid UTF-8 as text. QString::fromUtf8 drops a byte order mark, which is a character where a document does not
/// begin.
inline QString unicodeText(QByteArrayView utf8)
{
    return QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom)(utf8);
}

/// Widens ASCII. False where a byte is none; then @p out holds nothing of use.
inline bool widen(QByteArrayView ascii, char16_t *out)
{
    // By eight, which compilers turn into one instruction.
    constexpr std::size_t step = 8;
    constexpr std::uint64_t beyondAscii = 0x8080'8080'8080'8080;
    std::uint64_t all = 0;
    const char *in = ascii.data();
    const char *const end = in + ascii.size();
    for (; end - in >= qsizetype{step}; in += step, out += step) {
        std::array<unsigned char, step> bytes;
        std::memcpy(bytes.data(), in, step);
        std::array<char16_t, step> wide;
        for (std::size_t i = 0; i < step; ++i)
            wide[i] = bytes[i];
        std::memcpy(out, wide.data(), sizeof(wide));
        std::uint64_t word = 0;
        std::memcpy(&word, in, step);
        all |= word;
    }
    for (; in != end; ++in, ++out) {
        const auto byte = static_cast<unsigned char>(*in);
        all |= byte;
        *out = byte;
    }
    return (all & beyondAscii) == 0;
}

/// A name, and a hash so good that different names in one object hardly ever share it.
class HashedName
{
public:
    explicit HashedName(QByteArrayView utf8)
        : m_utf8(utf8)
        , m_hash(static_cast<std::uint32_t>((mixed(utf8) + static_cast<std::uint64_t>(utf8.size())) * golden >> 32))
    {}

    QByteArrayView utf8() const { return m_utf8; }
    std::uint32_t hash() const { return m_hash; }

private:
    static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

    template <class Word> static std::uint64_t wordAt(const char *bytes)
    {
        Word word;
        std::memcpy(&word, bytes, sizeof word);
        return word;
    }

    /// The first and the last bytes of a text, which overlap in a short one.
    template <class Word> static std::uint64_t ends(QByteArrayView text)
    {
        const auto size = static_cast<qsizetype>(sizeof(Word));
        return wordAt<Word>(text.data()) * 31 + wordAt<Word>(text.data() + (text.size() - size));
    }

    static std::uint64_t mixed(QByteArrayView name)
    {
        if (name.size() >= 8)
            return ends<std::uint64_t>(name);
        if (name.size() >= 4)
            return ends<std::uint32_t>(name);
        if (name.size() >= 2)
            return ends<std::uint16_t>(name);
        return name.isEmpty() ? 0 : static_cast<unsigned char>(name.front());
    }

    QByteArrayView m_utf8;
    std::uint32_t m_hash;
};

/// One name that is kept. It is written once, by one thread, and from then on only read.
class KeptName
{
public:
    static constexpr qsizetype longest = 32;

    /// Whether this is the name's place, which it takes if it is free.
    bool holds(QByteArrayView utf8)
    {
        const State state = m_state.load(std::memory_order_acquire);
        if (state == State::free)
            return take(utf8);
        return state == State::taken && m_size == utf8.size() &&
               std::memcmp(m_utf8.data(), utf8.data(), static_cast<std::size_t>(m_size)) == 0;
    }

    /// Refers to this place, which lives to the program's end.
    QString text() const { return QString(QString::DataPointer::fromRawData(m_text.data(), m_size)); }

private:
    enum class State { free, beingTaken, taken };

    bool take(QByteArrayView utf8)
    {
        State expected = State::free;
        if (!m_state.compare_exchange_strong(expected, State::beingTaken))
            return false;
        const bool isAscii = widen(utf8, m_text.data());
        std::memcpy(m_utf8.data(), utf8.data(), static_cast<std::size_t>(utf8.size()));
        m_size = utf8.size();
        m_state.store(isAscii ? State::taken : State::free, std::memory_order_release);
        return isAscii;
    }

    std::atomic<State> m_state = State::free;
    qsizetype m_size = 0;
    std::array<char, longest> m_utf8{};
    std::array<char16_t, longest + 1> m_text{}; // ends with a zero
};

/// The name as text. Names come again and again, so short ones are kept for the program's life, up to a bound, and
/// share their text without counting who does. Any thread, no lock.
inline QString jsonName(const HashedName &name)
{
    // Never destroyed, so that texts may refer to it until the very end.
    constinit static std::array<KeptName, 512> names;
    if (name.utf8().size() > KeptName::longest)
        return unicodeText(name.utf8());
    // Two names in use may want one place, so each has a second one.
    KeptName &first = names[name.hash() % names.size()];
    if (first.holds(name.utf8()))
        return first.text();
    KeptName &second = names[name.hash() / names.size() % names.size()];
    if (second.holds(name.utf8()))
        return second.text();
    return unicodeText(name.utf8());
}

/// Makes texts that share one block of memory: a token's claims have two dozen, and an allocation of its own for each
/// costs more than reading all of them. The block lives as long as any of its texts. One thread.
class SharedTexts
{
public:
    /// @param room for so many characters, with one more for each text; more than 0.
    explicit SharedTexts(qsizetype room)
        : m_block(room, Qt::Uninitialized)
        , m_next(reinterpret_cast<char16_t *>(m_block.data()))
        , m_end(m_next + room)
        , m_unusedShares(static_cast<int>(room))
    {
        // Each text counts as one of the block's owners. All that there could be are counted here at once, because
        // counting one by one is slow; those that were not needed are given back at the end.
        header()->ref_.fetchAndAddRelaxed(m_unusedShares);
    }
    ~SharedTexts() { header()->ref_.fetchAndSubRelaxed(m_unusedShares); }
    SharedTexts(const SharedTexts &) = delete;
    SharedTexts &operator=(const SharedTexts &) = delete;

    /// @param utf8 must be valid. A text that is not ASCII, or for which no room is left, gets memory of its own.
    QString add(QByteArrayView utf8)
    {
        if (m_end - m_next <= utf8.size() || !widen(utf8, m_next))
            return unicodeText(utf8);
        char16_t *begin = m_next;
        m_next += utf8.size();
        *m_next++ = 0;
        --m_unusedShares;
        return QString(QString::DataPointer(header(), begin, utf8.size()));
    }

private:
    /// Qt's own, with the number of the block's owners.
    QTypedArrayData<char16_t> *header() { return m_block.data_ptr().d_ptr(); }

    QString m_block;
    char16_t *m_next;
    char16_t *m_end;
    int m_unusedShares;
};

} // namespace bookdesk
