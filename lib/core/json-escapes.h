/// JSON in files and on terminals, where people also read it as text.
#pragma once

#include <QByteArray>

namespace bookdesk {

/// The same JSON with `\u` escapes for control and bidirectional-formatting characters, so that they hide nothing in an
/// editor, no terminal obeys them, and they arrive unharmed. Any thread.
QByteArray withHiddenCharactersEscaped(const QByteArray &json);

} // namespace bookdesk
