/// The mark by which clipboard managers of macOS know a secret.
#pragma once

#include <QLatin1StringView>

namespace bookdesk::pages {

/// The format that QMimeData has it under.
inline constexpr QLatin1StringView concealedFormat("application/x-nspasteboard-concealed-type");

/// Makes Qt write that format as `org.nspasteboard.ConcealedType`; call it before the clipboard is used. Does nothing
/// on other systems. GUI thread. Source: http://nspasteboard.org.
void knowConcealedFormat();

} // namespace bookdesk::pages
