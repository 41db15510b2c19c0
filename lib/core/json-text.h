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

/// Whether "-0" may be among the numbers, which no integer can hold. It may be mistaken where there are texts.
bool mayHaveNegativeZero(QByteArrayView text);

/// The numbers of a valid JSON text, in their order, as they are written in it. @p text must outlive it.
class NumberTexts
{
public:
    explicit NumberTexts(QByteArrayView text)
        : m_rest(text)
    {}

    /// Passes over @p count numbers and returns the one behind them; empty where there are fewer.
    QByteArrayView after(qsizetype count);

private:
    QByteArrayView next();

    QByteArrayView m_rest;
};

} // namespace bookdesk
