/// Escapes of JSON and HTML, for those who look for what they hide.
#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <optional>

namespace bookdesk {

/// A character and how many bytes its escape takes; the character 0 means a line break.
struct Escape
{
    char32_t character = 0;
    std::size_t size = 0;
};

/// The escape that begins at @p text, which begins with a backslash (RFC 8259 section 7) or `&` (`&amp;`, `&#43;`);
/// nothing if there is none. Any thread.
std::optional<Escape> jsonEscape(QByteArrayView text);
std::optional<Escape> htmlEscape(QByteArrayView text);

} // namespace bookdesk
