/// JsonParser: simdjson with memory that is wiped, because any text may hold secrets; for json-parsing.cpp only.
#pragma once

#include "core/cleansing.h"

#include <QByteArrayView>

#include <simdjson.h>

namespace bookdesk {

/// Keeps its buffers for the next text, unless they are unusually large: allocating them anew takes 1.1 % of a
/// verification (tests/bench, RS256). One thread.
class JsonParser
{
public:
    /// The document's root, valid until the next text is parsed or the parser is wiped. @param text not empty.
    simdjson::simdjson_result<simdjson::dom::element> parse(QByteArrayView text, int depth);

    /// Wipes what the parser still has of its last text.
    void wipe();

private:
    simdjson::error_code makeRoomFor(std::size_t size, int depth);

    CleansedVector<char> m_text; ///< A copy, because simdjson reads a few bytes past the end.
    std::size_t m_used = 0;      ///< Bytes of it.
    simdjson::dom::parser m_parser;
};

} // namespace bookdesk
