#include "core/percent-encoding.h"

namespace bookdesk {
namespace {

std::optional<int> hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    const char lower = static_cast<char>(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

} // namespace

std::optional<char> percentEncodedByte(QByteArrayView text, qsizetype at)
{
    if (text[at] != '%' || at + 2 >= text.size())
        return std::nullopt;
    const std::optional<int> high = hexDigit(text[at + 1]);
    const std::optional<int> low = hexDigit(text[at + 2]);
    return high && low ? std::optional(static_cast<char>(*high << 4 | *low)) : std::nullopt;
}

} // namespace bookdesk
