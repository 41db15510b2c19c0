/// SharedTexts: the texts of one small document in one block of memory.
///
/// Gains 1.6 % of a verification (tests/bench, RS256), because each text would be an allocation of its own. It leans on
/// QString::DataPointer, which Qt does not document: it makes a QString that is one of a block's owners without
/// beginning where the block does. In Qt 6 a text may begin anywhere in its block, because removing from its front only
/// moves the beginning; a Qt that kept the size with the block, or freed by the text's address, would break this.
#pragma once

#include "core/json-names.h"

#include <QByteArrayView>
#include <QString>

#include <array>
#include <cstdint>
#include <cstring>

namespace bookdesk {

/// The block lives as long as any of its texts. One thread.
class SharedTexts
{
public:
    /// @param room for so many characters, with one more for each text; more than 0.
    explicit SharedTexts(qsizetype room)
        : m_block(room, Qt::Uninitialized)
        , m_next(reinterpret_cast<char16_t *>(m_block.data()))
        , m_end(m_next + room)
    {}
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
        header()->ref();
        return QString(QString::DataPointer(header(), begin, utf8.size()));
    }

private:
    /// Widens ASCII. False where a byte is none; then @p out holds nothing of use.
    static bool widen(QByteArrayView ascii, char16_t *out)
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
            for (std::size_t i = 0; i < step; ++i)
                out[i] = bytes[i];
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

    /// Qt's own, with the number of the block's owners.
    QTypedArrayData<char16_t> *header() { return m_block.data_ptr().d_ptr(); }

    QString m_block;
    char16_t *m_next;
    char16_t *m_end;
};

} // namespace bookdesk
