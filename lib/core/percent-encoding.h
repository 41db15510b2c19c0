/// Percent-encoded bytes in URLs and forms (RFC 3986 section 2.1).
#pragma once

#include <QByteArrayView>

#include <optional>

namespace bookdesk {

/// The byte that the `%` and two hexadecimal digits at @p at stand for; nothing if there is no such sequence.
std::optional<char> percentEncodedByte(QByteArrayView text, qsizetype at);

} // namespace bookdesk
