#include "cli/token-input.h"

#include "jose/pasted-token.h"

#include <algorithm>
#include <ios>
#include <iostream>
#include <optional>
#include <utility>

namespace bookdesk::cli {
namespace {

/// Whether the line feed at @p feed is one of UTF-16; nothing as long as its other byte has not come.
std::optional<bool> isUtf16Feed(QByteArrayView text, qsizetype feed, qsizetype low)
{
    if (feed % 2 != low)
        return false;
    const qsizetype high = low == 0 ? feed + 1 : feed - 1;
    if (high >= text.size())
        return std::nullopt;
    return text[high] == '\0';
}

} // namespace

TokenInput::TokenInput()
{
    // Otherwise the library reads byte by byte.
    std::ios_base::sync_with_stdio(false);
}

InputPart TokenInput::next()
{
    QByteArray lines = nextLines();
    const bool isBeginning = !std::exchange(m_hasBegun, true);
    jose::Beginning beginning = isBeginning ? jose::beginningOf(lines) : jose::Beginning::lines;
    while (beginning == jose::Beginning::open) {
        const QByteArray more = nextLines();
        if (more.isEmpty())
            break;
        lines += more;
        beginning = jose::beginningOf(lines);
    }
    return {std::move(lines), beginning != jose::Beginning::lines, m_lowByte.has_value()};
}

QByteArray TokenInput::nextLines()
{
    qsizetype searched = m_rest.size();
    while (readMore()) {
        const qsizetype end = QByteArrayView(m_rest).sliced(searched).lastIndexOf('\n');
        if (end >= 0)
            return takeFirst(searched + end + 1);
        m_rest.truncate(longestLine + 1);
        searched = m_rest.size();
    }
    return std::exchange(m_rest, {});
}

/// Takes what has arrived, and waits only if nothing has.
bool TokenInput::readMore()
{
    std::streambuf &input = *std::cin.rdbuf();
    const bool wasAtEnd = m_isAtEnd;
    m_isAtEnd = m_isAtEnd || input.sgetc() == std::streambuf::traits_type::eof();
    if (m_isAtEnd) {
        m_rest += std::exchange(m_raw, {});
        return !wasAtEnd && !m_rest.isEmpty();
    }
    const std::streamsize size = std::max<std::streamsize>(input.in_avail(), 1);
    const qsizetype before = m_raw.size();
    m_raw.resize(before + static_cast<qsizetype>(size));
    input.sgetn(m_raw.data() + before, size);
    if (!m_isEncodingKnown)
        recogniseUtf16();
    if (m_isEncodingKnown)
        decode();
    return true;
}

/// Judged by the beginning and the first line feed, because a single hostile line could look like UTF-16.
void TokenInput::recogniseUtf16()
{
    const qsizetype feed = m_raw.indexOf('\n');
    const std::optional<qsizetype> low = jose::lowByteOfUtf16(m_raw);
    const bool mayBecome = m_raw.size() < 2 || low;
    if (feed < 0) {
        m_isEncodingKnown = !mayBecome || m_raw.size() > longestLine;
        return;
    }
    const std::optional<bool> isUtf16 = low ? isUtf16Feed(m_raw, feed, *low) : false;
    m_isEncodingKnown = isUtf16.has_value();
    if (isUtf16.value_or(false))
        m_lowByte = low;
}

void TokenInput::decode()
{
    if (!m_lowByte) {
        m_rest += m_raw;
        m_raw.clear();
        return;
    }
    const qsizetype whole = m_raw.size() - m_raw.size() % 2;
    m_rest += jose::fromUtf16(QByteArrayView(m_raw).first(whole), *m_lowByte).reveal();
    m_raw.remove(0, whole);
}

QByteArray TokenInput::takeFirst(qsizetype size)
{
    QByteArray first = m_rest.first(size);
    m_rest.remove(0, size);
    return first;
}

} // namespace bookdesk::cli
