#include "core/json-text.h"

#include <QByteArray>
#include <QChar>

#include <algorithm>
#include <optional>

namespace bookdesk {
namespace {

/// The four hexadecimal digits behind `\u`; nothing where there is no such escape at the beginning.
std::optional<char16_t> escapedUnit(QByteArrayView text)
{
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return std::nullopt;
    bool isNumber = false;
    const ushort unit = text.sliced(2, 4).toByteArray().toUShort(&isNumber, 16);
    return isNumber ? std::optional<char16_t>(unit) : std::nullopt;
}

/// Where the token of JSON at @p begin ends that is a number, or begins like one.
qsizetype endOfNumber(QByteArrayView text, qsizetype begin)
{
    static constexpr QByteArrayView letters = "0123456789+-.eE";
    qsizetype end = begin;
    while (end < text.size() && letters.contains(text[end]))
        ++end;
    return end;
}

/// Past the closing quote of the string that begins at @p begin.
qsizetype endOfString(QByteArrayView text, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

bool beginsNumber(char letter) { return letter == '-' || (letter >= '0' && letter <= '9'); }

bool isInteger(QByteArrayView number) { return std::ranges::all_of(number, beginsNumber); }

} // namespace

bool hasHalfAPair(QByteArrayView text)
{
    for (qsizetype i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i)) {
        const std::optional<char16_t> unit = escapedUnit(text.sliced(i));
        if (!unit || !QChar::isSurrogate(*unit)) {
            i += 2; // past what is escaped, which may be a backslash
            continue;
        }
        const std::optional<char16_t> next = escapedUnit(text.sliced(i + 6));
        if (!QChar::isHighSurrogate(*unit) || !next || !QChar::isLowSurrogate(*next))
            return true;
        i += 12;
    }
    return false;
}

bool mayHaveNegativeZero(QByteArrayView text)
{
    static constexpr QByteArrayView before = ":[, \t\r\n";
    static constexpr QByteArrayView after = ",]} \t\r\n";
    for (qsizetype i = text.indexOf("-0"); i >= 0; i = text.indexOf("-0", i + 2)) {
        const bool isBegin = i == 0 || before.contains(text[i - 1]);
        if (isBegin && (i + 2 == text.size() || after.contains(text[i + 2])))
            return true;
    }
    return false;
}

CleansedVector<char> withHugeIntegersAsDoubles(QByteArrayView text)
{
    constexpr qsizetype fewestDigits = 19;
    CleansedVector<char> result;
    for (qsizetype i = 0; i < text.size();) {
        const bool isNumber = beginsNumber(text[i]);
        const qsizetype end = text[i] == '"' ? endOfString(text, i) : isNumber ? endOfNumber(text, i) : i + 1;
        const QByteArrayView token = text.sliced(i, end - i);
        result.insert(result.end(), token.begin(), token.end());
        if (isNumber && token.size() >= fewestDigits && isInteger(token))
            result.insert(result.end(), {'e', '0'});
        i = end;
    }
    return result;
}

QByteArrayView NumberTexts::next()
{
    qsizetype begin = 0;
    while (begin < m_rest.size() && !beginsNumber(m_rest[begin]))
        begin = m_rest[begin] == '"' ? endOfString(m_rest, begin) : begin + 1;
    const qsizetype end = endOfNumber(m_rest, begin);
    const QByteArrayView number = m_rest.sliced(begin, end - begin);
    m_rest = m_rest.sliced(end);
    return number;
}

QByteArrayView NumberTexts::after(qsizetype count)
{
    for (; count > 0; --count)
        next();
    return next();
}

} // namespace bookdesk
