#include "jose/base64url.h"

#include <QtEndian>

#include <array>
#include <cstddef>
#include <cstdint>

namespace bookdesk::jose {
namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint32_t invalid = 1;

using Table = std::array<std::uint32_t, 256>;

/// What a character stands for, shifted to its place among the upper 24 of 32 bits.
constexpr Table tableFor(int place)
{
    Table table{};
    table.fill(invalid);
    for (std::uint32_t value = 0; value < 64; ++value)
        table[static_cast<unsigned char>(alphabet[value])] = value << (26 - 6 * place);
    return table;
}

constexpr std::array<Table, 4> tables{tableFor(0), tableFor(1), tableFor(2), tableFor(3)};

std::uint32_t valueOf(std::size_t place, char character)
{
    return tables[place][static_cast<unsigned char>(character)];
}

std::uint32_t valueOf(const char *group)
{
    return valueOf(0, group[0]) | valueOf(1, group[1]) | valueOf(2, group[2]) | valueOf(3, group[3]);
}

/// How many bytes that many characters stand for.
constexpr qsizetype decodedSize(qsizetype characters) { return characters / 4 * 3 + (characters % 4) * 3 / 4; }

/// Decodes the last two or three characters; false if one is not in the alphabet or an unused bit is set.
bool decodeRest(QByteArrayView rest, char *out)
{
    std::uint32_t bits = valueOf(0, rest[0]) | valueOf(1, rest[1]);
    if (rest.size() == 3)
        bits |= valueOf(2, rest[2]);
    const std::uint32_t unused = rest.size() == 3 ? 0xffff : 0xffffff; // includes the mark of what is invalid
    if ((bits & unused) != 0)
        return false;
    *out++ = static_cast<char>(bits >> 24);
    if (rest.size() == 3)
        *out = static_cast<char>(bits >> 16);
    return true;
}

/// @param out has room for decodedSize bytes.
bool decode(QByteArrayView text, char *out)
{
    const qsizetype rest = text.size() % 4;
    if (rest == 1)
        return false;
    const char *in = text.data();
    const char *const end = in + (text.size() - rest);
    std::uint32_t all = 0;
    // A whole word is written for three bytes: the fourth is overwritten by the next group, so the last group is
    // written by itself.
    for (; end - in > 4; in += 4, out += 3) {
        const std::uint32_t bits = valueOf(in);
        all |= bits;
        qToBigEndian(bits, out);
    }
    if (in != end) {
        const std::uint32_t bits = valueOf(in);
        all |= bits;
        *out++ = static_cast<char>(bits >> 24);
        *out++ = static_cast<char>(bits >> 16);
        *out++ = static_cast<char>(bits >> 8);
    }
    // Checked once and not for each group, because nearly all texts are valid.
    return (all & invalid) == 0 && (rest == 0 || decodeRest(text.last(rest), out));
}

} // namespace

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    QByteArray bytes(decodedSize(text.size()), Qt::Uninitialized);
    if (!decode(text, bytes.data()))
        return std::nullopt;
    return bytes;
}

} // namespace bookdesk::jose
