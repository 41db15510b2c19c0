/// Spelling: a text as bytes, as it is or decoded, with the place in the text that each byte comes from.
#pragma once

#include "core/cleansing.h"
#include "core/masking.h"

#include <QStringView>

#include <cstddef>
#include <vector>

namespace bookdesk {

/// What redaction looks through for secrets. Wiped, as the text may hold some. One thread.
class Spelling
{
public:
    static Spelling utf8(QStringView text);

    /// With percent-encoding decoded (RFC 3986), and nothing else.
    Spelling percentDecoded() const;
    /// As a reader of URLs, JSON and HTML would see it, without line breaks and the indentation behind them.
    Spelling unfolded() const;
    /// Each long run of base64 letters decoded from its letter @p skipped on; zeros keep runs apart. Either alphabet.
    Spelling base64Decoded(std::size_t skipped) const;

    /// Whether percentDecoded or unfolded may differ.
    bool hasPercent() const;
    bool isFolded() const;
    bool hasBase64() const;

    std::size_t size() const { return m_bytes.size(); }
    char at(std::size_t i) const { return m_bytes[i]; }
    const char *bytes() const { return m_bytes.data(); }
    /// The stretch of the text that these bytes come from.
    Stretch stretch(std::size_t begin, std::size_t end) const { return {m_places[begin].begin, m_places[end - 1].end}; }

private:
    void reserve(std::size_t size);
    void append(char byte, Stretch place);
    void appendText(char32_t character, Stretch place);
    /// The stretch of @p length bytes from @p i on.
    Stretch placeOf(std::size_t i, std::size_t length) const { return stretch(i, i + length); }
    std::size_t endOfBase64(std::size_t begin) const;
    void appendBase64(const Spelling &from, std::size_t begin, std::size_t end);

    CleansedVector<char> m_bytes;
    std::vector<Stretch> m_places; ///< One for each byte.
};

} // namespace bookdesk
