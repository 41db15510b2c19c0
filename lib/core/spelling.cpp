#include "core/spelling.h"

#include "core/escapes.h"
#include "core/percent-encoding.h"

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <optional>

namespace bookdesk {
namespace {

/// As many letters as 20 bytes have at least, wherever they begin.
constexpr std::size_t shortestBase64 = 26;

/// The six bits of a letter of base64 or base64url, or -1.
int base64Digit(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    if (letter == '+' || letter == '-')
        return 62;
    return letter == '/' || letter == '_' ? 63 : -1;
}

bool isLineBreak(char32_t character) { return character == U'\r' || character == U'\n' || character == 0; }

bool isBlank(char32_t character) { return character == U' ' || character == U'\t'; }

/// The escape at @p at, or the byte itself.
Escape characterAt(QByteArrayView text, qsizetype at)
{
    std::optional<Escape> escape;
    if (text[at] == '\\')
        escape = jsonEscape(text.sliced(at));
    else if (text[at] == '&')
        escape = htmlEscape(text.sliced(at));
    return escape.value_or(Escape{static_cast<unsigned char>(text[at]), 1});
}

} // namespace

Spelling Spelling::utf8(QStringView text)
{
    Spelling result;
    result.reserve(static_cast<std::size_t>(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype place = i;
        if (text[i].unicode() < 0x80) {
            result.append(static_cast<char>(text[i].unicode()), {place, place + 1});
            continue;
        }
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        i += isPair ? 1 : 0;
        for (const char byte : text.sliced(place, i + 1 - place).toUtf8())
            result.append(byte, {place, i + 1});
    }
    return result;
}

Spelling Spelling::percentDecoded() const
{
    Spelling result;
    result.reserve(size());
    for (std::size_t i = 0; i < size(); ++i) {
        const std::optional<char> escaped = percentEncodedByte(m_bytes, static_cast<qsizetype>(i));
        result.append(escaped.value_or(m_bytes[i]), placeOf(i, escaped ? 3 : 1));
        i += escaped ? 2 : 0;
    }
    return result;
}

Spelling Spelling::unfolded() const
{
    Spelling result;
    result.reserve(size());
    bool isAfterBreak = false;
    for (std::size_t i = 0; i < size();) {
        const std::optional<char> escaped = percentEncodedByte(m_bytes, static_cast<qsizetype>(i));
        const Escape found =
            escaped ? Escape{static_cast<unsigned char>(*escaped), 3} : characterAt(m_bytes, static_cast<qsizetype>(i));
        const Stretch place = placeOf(i, found.size);
        i += found.size;
        isAfterBreak = isLineBreak(found.character) || (isAfterBreak && isBlank(found.character));
        if (isAfterBreak)
            continue;
        if (found.size > 3)
            result.appendText(found.character, place);
        else
            result.append(static_cast<char>(found.character), place);
    }
    return result;
}

Spelling Spelling::base64Decoded(std::size_t skipped) const
{
    Spelling result;
    result.reserve(size());
    for (std::size_t begin = 0; begin < size();) {
        const std::size_t end = endOfBase64(begin);
        if (end >= begin + shortestBase64)
            result.appendBase64(*this, begin + skipped, end);
        begin = end + 1;
    }
    return result;
}

bool Spelling::hasPercent() const { return std::ranges::find(m_bytes, '%') != m_bytes.end(); }

bool Spelling::isFolded() const
{
    return std::ranges::any_of(
        m_bytes, [](char byte) { return byte == '%' || byte == '&' || byte == '\\' || byte == '\n' || byte == '\r'; });
}

bool Spelling::hasBase64() const
{
    for (std::size_t begin = 0; begin < size();) {
        const std::size_t end = endOfBase64(begin);
        if (end >= begin + shortestBase64)
            return true;
        begin = end + 1;
    }
    return false;
}

void Spelling::reserve(std::size_t size)
{
    m_bytes.reserve(size);
    m_places.reserve(size);
}

void Spelling::append(char byte, Stretch place)
{
    m_bytes.push_back(byte);
    m_places.push_back(place);
}

void Spelling::appendText(char32_t character, Stretch place)
{
    for (const char byte : QString::fromUcs4(&character, 1).toUtf8())
        append(byte, place);
}

/// Where the letters of base64 end that begin at @p begin; there itself if there are none.
std::size_t Spelling::endOfBase64(std::size_t begin) const
{
    const auto isOther = [](char byte) { return base64Digit(byte) < 0; };
    const auto end = std::find_if(m_bytes.begin() + static_cast<std::ptrdiff_t>(begin), m_bytes.end(), isOther);
    return static_cast<std::size_t>(end - m_bytes.begin());
}

/// The bytes of the letters from @p begin to @p end, and a zero behind them.
void Spelling::appendBase64(const Spelling &from, std::size_t begin, std::size_t end)
{
    unsigned bits = 0;
    int count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        bits = bits << 6 | static_cast<unsigned>(base64Digit(from.at(i)));
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        append(static_cast<char>(bits >> count & 0xff), from.placeOf(i - 1, 2));
    }
    append('\0', from.placeOf(end - 1, 1));
}

} // namespace bookdesk
