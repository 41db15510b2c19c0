#include "core/json-parser.h"

#include <algorithm>

namespace bookdesk {
namespace {

constexpr std::size_t usual = 16 * 1024;
constexpr std::size_t largestKept = 256 * 1024;

/// The most that simdjson writes for the strings of a text of @p size bytes. A string has its length and a zero around
/// it, five bytes in all, and in the text its quotes and what separates it from the next; what simdjson writes at once
/// may be longer than the string.
std::size_t mostBytesOfStrings(std::size_t size) { return 5 * size / 3 + simdjson::SIMDJSON_PADDING; }

} // namespace

simdjson::simdjson_result<simdjson::dom::element> JsonParser::parse(QByteArrayView text, int depth)
{
    wipe();
    const auto size = static_cast<std::size_t>(text.size());
    if (const simdjson::error_code error = makeRoomFor(size, depth); error != simdjson::SUCCESS)
        return error;
    std::copy(text.begin(), text.end(), m_text.begin());
    m_used = size;
    return m_parser.parse(m_text.data(), size, false);
}

simdjson::error_code JsonParser::makeRoomFor(std::size_t size, int depth)
{
    const bool isFitting = m_parser.capacity() >= size && m_parser.capacity() <= largestKept &&
                           m_parser.max_depth() == static_cast<std::size_t>(depth);
    if (isFitting)
        return simdjson::SUCCESS;
    const std::size_t room = std::max(size, usual);
    m_text = CleansedVector<char>(room + simdjson::SIMDJSON_PADDING);
    m_parser = simdjson::dom::parser();
    return m_parser.allocate(room, static_cast<std::size_t>(depth));
}

void JsonParser::wipe()
{
    if (m_used == 0)
        return;
    cleanse(m_text.data(), m_used);
    cleanse(m_parser.doc.string_buf.get(), mostBytesOfStrings(m_used));
    m_used = 0;
}

} // namespace bookdesk
