#include "core/escapes.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <utility>

namespace bookdesk {
namespace {

constexpr qsizetype longestReference = 10;

struct Name
{
    QByteArrayView text;
    char32_t character;
};

constexpr std::array names{Name{"amp", U'&'}, Name{"lt", U'<'}, Name{"gt", U'>'}, Name{"quot", U'"'},
                           Name{"apos", U'\''}};

std::optional<char32_t> numbered(QByteArrayView digits, int base)
{
    bool isNumber = false;
    const uint number = digits.toByteArray().toUInt(&isNumber, base);
    return isNumber ? std::optional<char32_t>(number) : std::nullopt;
}

/// What stands between `&` and `;`.
std::optional<char32_t> referred(QByteArrayView reference)
{
    if (reference.startsWith("#x") || reference.startsWith("#X"))
        return numbered(reference.sliced(2), 16);
    if (reference.startsWith('#'))
        return numbered(reference.sliced(1), 10);
    const auto found = std::ranges::find(names, reference, &Name::text);
    return found == names.end() ? std::nullopt : std::optional(found->character);
}

} // namespace

std::optional<Escape> jsonEscape(QByteArrayView text)
{
    if (text.size() < 2)
        return std::nullopt;
    switch (text[1]) {
    case '"':
    case '\\':
    case '/':
        return Escape{static_cast<char32_t>(text[1]), 2};
    case 'n':
    case 'r':
        return Escape{0, 2};
    case 'u':
        if (const auto character = text.size() < 6 ? std::nullopt : numbered(text.sliced(2, 4), 16))
            return Escape{*character, 6};
        break;
    default:
        break;
    }
    return std::nullopt;
}

std::optional<Escape> htmlEscape(QByteArrayView text)
{
    const qsizetype end = text.first(std::min(text.size(), longestReference)).indexOf(';');
    const auto character = end < 2 ? std::nullopt : referred(text.sliced(1, end - 1));
    return character ? std::optional(Escape{*character, static_cast<std::size_t>(end + 1)}) : std::nullopt;
}

} // namespace bookdesk
