#include "core/json-names.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <optional>

namespace bookdesk {
namespace {

template <class Word> std::uint64_t wordAt(const char *bytes)
{
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// The first and the last bytes of a text, which overlap in a short one.
template <class Word> std::uint64_t ends(QByteArrayView text)
{
    const auto size = static_cast<qsizetype>(sizeof(Word));
    return wordAt<Word>(text.data()) * 31 + wordAt<Word>(text.data() + (text.size() - size));
}

std::uint64_t mixed(QByteArrayView name)
{
    if (name.size() >= 8)
        return ends<std::uint64_t>(name);
    if (name.size() >= 4)
        return ends<std::uint32_t>(name);
    if (name.size() >= 2)
        return ends<std::uint16_t>(name);
    return name.isEmpty() ? 0 : static_cast<unsigned char>(name.front());
}

/// Widens ASCII. False where a byte is none; then @p out holds nothing of use.
bool widen(QByteArrayView ascii, char16_t *out)
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

/// One name that is kept. It is written once, by one thread, and from then on only read.
class KeptName
{
public:
    static constexpr qsizetype longest = 32;

    /// The name, which takes this place if it is free; nothing where another one has it.
    std::optional<QString> textOf(QByteArrayView utf8)
    {
        const State state = m_state.load(std::memory_order_acquire);
        if (state == State::free)
            take(utf8);
        if (state != State::taken || m_size != utf8.size() ||
            std::memcmp(m_utf8.data(), utf8.data(), static_cast<std::size_t>(m_size)) != 0)
            return std::nullopt;
        return QString::fromRawData(reinterpret_cast<const QChar *>(m_text.data()), m_size);
    }

private:
    enum class State { free, beingTaken, taken };

    void take(QByteArrayView utf8)
    {
        State expected = State::free;
        if (!m_state.compare_exchange_strong(expected, State::beingTaken))
            return;
        const bool isAscii = widen(utf8, m_text.data());
        std::memcpy(m_utf8.data(), utf8.data(), static_cast<std::size_t>(utf8.size()));
        m_size = utf8.size();
        m_state.store(isAscii ? State::taken : State::free, std::memory_order_release);
    }

    std::atomic<State> m_state = State::free;
    qsizetype m_size = 0;
    std::array<char, longest> m_utf8{};
    std::array<char16_t, longest + 1> m_text{}; // ends with a zero
};

} // namespace

std::uint32_t nameHash(QByteArrayView name)
{
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    return static_cast<std::uint32_t>((mixed(name) + static_cast<std::uint64_t>(name.size())) * golden >> 32);
}

QString jsonName(QByteArrayView utf8, std::uint32_t hash)
{
    // Never destroyed, so that texts may refer to it until the very end.
    constinit static std::array<KeptName, 512> names;
    if (utf8.size() <= KeptName::longest) {
        if (const std::optional<QString> text = names[hash % names.size()].textOf(utf8))
            return *text;
    }
    return QString::fromUtf8(utf8);
}

SharedTexts::SharedTexts(qsizetype room)
    : m_block(room, Qt::Uninitialized)
    , m_next(reinterpret_cast<char16_t *>(m_block.data()))
    , m_end(m_next + room)
{}

QString SharedTexts::add(QByteArrayView utf8)
{
    if (m_end - m_next <= utf8.size() || !widen(utf8, m_next))
        return QString::fromUtf8(utf8);
    char16_t *begin = m_next;
    m_next += utf8.size();
    *m_next++ = 0;
    // Qt's own way to share a block: each text counts as one of its owners, and begins where it stands.
    auto *header = m_block.data_ptr().d_ptr();
    header->ref();
    return QString(QString::DataPointer(header, begin, utf8.size()));
}

} // namespace bookdesk
