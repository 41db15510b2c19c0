/// Looks for text in this program's own memory, to show that secrets leave no copies.
#pragma once

#include <QByteArrayView>

#include <optional>

namespace bookdesk::test {

/// How often @p text, as UTF-8 or UTF-16, occurs in the memory that this program can write to; nothing where the system
/// does not show it. @param text a literal, which itself is not in such memory.
std::optional<int> copiesInMemory(QByteArrayView text);

} // namespace bookdesk::test
