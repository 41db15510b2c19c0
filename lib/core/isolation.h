/// Text from servers, tokens and files inside the program's own sentences, whose order it must not change.
#pragma once

#include <QString>

namespace bookdesk {

/// @p text for a place in a sentence, or alone: set apart from the words around it where it is written from right to
/// left or changes the direction by itself. Its characters for that stay; other hidden ones become visible.
/// Source: Unicode Standard Annex #9, section 2.4, explicit directional isolates.
QString isolated(const QString &text);

/// As isolated, line by line.
QString isolatedLines(const QString &text);

/// As visibleLines, but what is set apart by isolated stays as it is: for whole sentences.
QString visibleSentences(const QString &text);

/// @p text without characters that change the direction: for screen readers, the clipboard and wherever the order of
/// characters on screen does not matter.
QString withoutIsolates(QString text);

} // namespace bookdesk
