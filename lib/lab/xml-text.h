/// Text from tokens and servers for XML documents.
#pragma once

#include <QString>

namespace bookdesk::lab {

/// @p text without the characters that XML 1.0 forbids (section 2.2: control characters, halves of surrogate pairs,
/// U+FFFE, U+FFFF), not even as references; other control and bidirectional-formatting characters become visible, but
/// line feeds stay. Any thread.
QString xmlText(const QString &text);

} // namespace bookdesk::lab
