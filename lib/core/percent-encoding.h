/// Percent-encoded bytes in URLs and forms (RFC 3986 section 2.1).
#pragma once

#include <QByteArrayView>

#include <optional>

namespace bookdesk {

/// The byte encoded at @p at as `%` and two hexadecimal digits; nothing if there is no such sequence.
std::optional<char> percentEncodedByte(QByteArrayView text, qsizetype at);

} // namespace bookdesk
