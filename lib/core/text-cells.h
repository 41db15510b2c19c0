/// Text in the cells of a terminal: how many it takes, and how it is made to fit into a column.
#pragma once

#include <QString>

namespace bookdesk {

/// The columns that terminals give to @p text, which is visible: two for Chinese, Japanese and Korean characters and
/// for emoji, none for combining marks, and no more than two for what is read as one character. Independent of the
/// locale.
qsizetype cellsOf(const QString &text);

/// @p text with blanks behind it, if it takes less than @p cells.
QString padded(const QString &text, qsizetype cells);

/// Exactly @p cells wide: padded, or without its middle, as shortened does it.
QString fitted(const QString &text, qsizetype cells);

} // namespace bookdesk
