/// Text from tokens, servers and files inside a Markdown document, where it must stay text.
///
/// Sources: CommonMark 0.30; GitHub Flavored Markdown 0.29 for tables, strike-through and bare links.
#pragma once

#include <QString>
#include <QStringList>

namespace bookdesk {

/// @p text as it should be read, in a paragraph, a list or a table: no markup, HTML, links, list marks or line breaks
/// come of it, and control and bidirectional-formatting characters are visible, as by bookdesk::visible.
QString markdownText(const QString &text);

/// @p text as a code span outside tables; nothing if it is empty. Names and addresses are safest so: GitHub also turns
/// `@name` and `#1` into links, but not in code.
QString markdownCode(const QString &text);

/// The same for a table's cell, where a pipe would end it even in code.
QString markdownCodeCell(const QString &text);

/// A row of a table; the cells are Markdown already.
QString markdownRow(const QStringList &cells);

/// The first two rows of a table with these column titles, which are text.
QString markdownTableHead(const QStringList &titles);

} // namespace bookdesk
