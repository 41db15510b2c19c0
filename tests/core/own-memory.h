/// Looks for text in this program's own memory, to show that secrets leave no copies.
#pragma once

#include <QByteArrayView>

#include <optional>
#include <string>

namespace bookdesk::test {

/// How often @p text, as UTF-8 or UTF-16, occurs in the memory that this program can write to; nothing where the system
/// does not show it. @param text a literal, which itself is not in such memory.
std::optional<int> copiesInMemory(QByteArrayView text);

/// A text that is looked for later. It is kept backwards, because keeping it as it is would be a copy.
class Remembered
{
public:
    explicit Remembered(QByteArrayView text)
        : m_backwards(text.rbegin(), text.rend())
    {}

    /// Besides the one that is made to look for it; nothing where the system does not show memory.
    std::optional<int> copies() const;

private:
    std::string m_backwards;
};

} // namespace bookdesk::test
