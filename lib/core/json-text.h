/// Where RFC 8259 reads a text otherwise than simdjson does; for json-parsing.cpp only.
#pragma once

#include "core/cleansing.h"

#include <QByteArrayView>

namespace bookdesk {

/// Whether a `\u` escape is half of a surrogate pair, which no UTF-8 can hold; simdjson makes other characters of some.
/// @param text is valid JSON otherwise, so backslashes stand in strings only.
bool hasHalfAPair(QByteArrayView text);

/// The text with "e0" behind each integer that may not fit into 64 bits, so that it is read as a double (section 6);
/// simdjson would refuse the whole text.
CleansedVector<char> withHugeIntegersAsDoubles(QByteArrayView text);

} // namespace bookdesk
