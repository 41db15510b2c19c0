/// Text from tokens, servers and files, made safe to show and easy to search.
#pragma once

#include <QString>

namespace bookdesk {

/// Whether people do not see the character: control and bidirectional-formatting characters, halves of surrogate pairs
/// and separators of lines.
bool isHidden(char32_t character);

/// Control and bidirectional-formatting characters, and others that cannot be seen, become visible escapes such as
/// `\u{202E}`; the rest stays, joiners too: Persian, Hindi and emoji are shown as they are written.
QString visible(const QString &text);

/// As visible, but line feeds stay.
QString visibleLines(const QString &text);

/// At most @p length characters, with an ellipsis in the middle, but never within a number, half of which is another,
/// nor within what is read as one character (a letter and its accents, an emoji of several parts).
QString shortened(const QString &text, qsizetype length);

/// @p text with an ellipsis for what is between @p begin and @p end, and a little more than that, so that no number or
/// character is cut.
QString withoutMiddle(const QString &text, qsizetype begin, qsizetype end);

/// @p text folded for searching: no case, no accents.
QString searchText(const QString &text);

} // namespace bookdesk
