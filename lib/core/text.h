/// Text from tokens, servers and files, made safe to show and easy to search.
#pragma once

#include <QString>

namespace bookdesk {

/// Control and bidirectional-formatting characters become visible escapes such as `\u{202E}`; the rest stays.
QString visible(const QString &text);

/// As visible, but line feeds stay.
QString visibleLines(const QString &text);

/// At most @p length characters, with an ellipsis in the middle, but never within a number: half of one is another.
QString shortened(const QString &text, qsizetype length);

/// @p text folded for searching: no case, no accents.
QString searchText(const QString &text);

} // namespace bookdesk
