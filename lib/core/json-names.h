/// What makes reading the names and texts of a document cheap; for json-parsing.cpp only.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <cstdint>

namespace bookdesk {

/// So good that different names in one object hardly ever share one.
std::uint32_t nameHash(QByteArrayView name);

/// The name as text. Names come again and again, so short ones are kept for the program's life, up to a bound, and
/// share their text without counting who does. Any thread, no lock. @param hash its nameHash.
QString jsonName(QByteArrayView utf8, std::uint32_t hash);

/// Makes texts that share one block of memory: a token's claims have two dozen, and an allocation of its own for each
/// costs more than reading all of them. The block lives as long as any of its texts. One thread.
class SharedTexts
{
public:
    /// @param room for so many characters, with one more for each text.
    explicit SharedTexts(qsizetype room);

    /// @param utf8 must be valid. A text that is not ASCII, or for which no room is left, gets memory of its own.
    QString add(QByteArrayView utf8);

private:
    QString m_block;
    char16_t *m_next;
    char16_t *m_end;
};

} // namespace bookdesk
