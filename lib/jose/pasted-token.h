/// PastedToken: a token taken out of what people paste or pipe: quotes, headers, whole answers.
#pragma once

#include "core/secret.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>

namespace bookdesk::jose {

/// A token and, for people, what it was taken out of.
struct PastedToken
{
    Secret token;
    QStringList notes =
        {}; ///< Whole sentences; none where the text was the token itself, with blanks around it at most.
    QStringList takenOff = {}; ///< The same in a word or two each: "two quotes".
};

/// For faces only: the verifier takes tokens as they are. Takes out of UTF-16, a byte order mark, quotes,
/// `Authorization:`, `Bearer`, the token endpoint's whole answer (its access token), and joins a token that is wrapped
/// over lines. Whatever is left is the token, good or bad. Any thread.
PastedToken takenOut(QByteArrayView text);

/// What the beginning of a stream of lines is.
enum class Beginning {
    open,  ///< A part of a token or of an answer, which may go on in the next lines; or nothing yet.
    whole, ///< One token endpoint's answer over several lines.
    lines, ///< Tokens, one per line.
};

/// @param text whole lines from the beginning of the stream on. A token that is complete in its first line is never
/// open, so that nobody waits for more than its line. Any thread.
Beginning beginningOf(QByteArrayView text);

/// Where the lower byte of each pair is if @p text is in UTF-16: by its byte order mark, or because every other byte of
/// ASCII is a zero then.
std::optional<qsizetype> lowByteOfUtf16(QByteArrayView text);
/// The ASCII of UTF-16, and what else there is as quotes, which is all that stands around tokens.
Secret fromUtf16(QByteArrayView text, qsizetype low);
/// The note on it.
QString utf16Note();

} // namespace bookdesk::jose
