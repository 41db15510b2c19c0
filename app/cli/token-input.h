/// TokenInput: standard input as tokens come in it: one per line, or one wrapped over several.
#pragma once

#include <QByteArray>

#include <optional>

namespace bookdesk::cli {

/// The verifier refuses tokens beyond 1 MiB; a line also has room for `Bearer` and a line feed.
inline constexpr qsizetype longestLine = 1024 * 1024 + 64;

/// Whole lines; the last one of the input may lack its line feed.
struct InputPart
{
    QByteArray lines;        ///< Empty at the end of the input. Of an overlong line only the beginning.
    bool isOneToken = false; ///< All of them together are one token, or what it has to be taken out of.
    bool wasUtf16 = false;   ///< And is no longer.
};

/// Gives lines as they arrive, from the first one on that is a token of its own. Before that it waits for what belongs
/// to the token that begins the input. Memory use does not grow with the input. One thread at a time.
class TokenInput
{
public:
    TokenInput();

    /// Waits for lines. Throws std::ios_base::failure if reading fails.
    InputPart next();

private:
    QByteArray nextLines();
    bool readMore();
    void recogniseUtf16();
    void decode();
    QByteArray takeFirst(qsizetype size);

    QByteArray m_raw; ///< As it came, until the encoding is known.
    QByteArray m_rest;
    bool m_hasBegun = false;
    bool m_isAtEnd = false; ///< A terminal could be read again after its end.
    bool m_isEncodingKnown = false;
    std::optional<qsizetype> m_lowByte; ///< In each pair of UTF-16.
};

} // namespace bookdesk::cli
