#include "core/own-memory.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QFile>

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

namespace bookdesk::test {
namespace {

struct Region
{
    quint64 begin = 0;
    quint64 end = 0;
};

/// What a sanitizer reserves for itself is larger.
constexpr quint64 largestRegion = 1ULL << 30;
constexpr quint64 pieceSize = 1ULL << 18;

/// Without this thread's stack below this function: functions that have returned left what is there, and nothing holds
/// it any more.
std::vector<Region> writableRegions()
{
    const auto stackTop = reinterpret_cast<quint64>(__builtin_frame_address(0));
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return {};
    std::vector<Region> regions;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QByteArrayList fields = line.split(' ');
        const QByteArrayList range = fields.front().split('-');
        if (fields.size() < 2 || range.size() != 2 || !fields[1].startsWith("rw"))
            continue;
        Region region{range[0].toULongLong(nullptr, 16), range[1].toULongLong(nullptr, 16)};
        if (region.begin <= stackTop && stackTop < region.end)
            region.begin = stackTop;
        if (region.end - region.begin <= largestRegion)
            regions.push_back(region);
    }
    return regions;
}

/// Only the text's beginning, because a whole copy of it would be found as well.
QByteArray wideBeginning(QByteArrayView text)
{
    QByteArray wide;
    for (const char letter : text.first(4))
        wide.append(letter).append('\0');
    return wide;
}

bool isWideCopy(QByteArrayView memory, QByteArrayView text)
{
    if (memory.size() < 2 * text.size())
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (memory[2 * i] != text[i] || memory[2 * i + 1] != '\0')
            return false;
    }
    return true;
}

int copiesIn(QByteArrayView memory, QByteArrayView text)
{
    int count = 0;
    for (qsizetype at = memory.indexOf(text); at >= 0; at = memory.indexOf(text, at + 1))
        ++count;
    const QByteArray wide = wideBeginning(text);
    for (qsizetype at = memory.indexOf(wide); at >= 0; at = memory.indexOf(wide, at + 1))
        count += isWideCopy(memory.sliced(at), text) ? 1 : 0;
    return count;
}

} // namespace

std::optional<int> copiesInMemory(QByteArrayView text)
{
    std::ifstream memory("/proc/self/mem", std::ios::binary);
    const std::vector<Region> regions = writableRegions();
    if (regions.empty() || !memory)
        return std::nullopt;
    memory.rdbuf()->pubsetbuf(nullptr, 0);
    // Static, so that it is not among what is looked for.
    static std::array<char, pieceSize> piece;
    const auto ours = reinterpret_cast<quint64>(piece.data());
    // One that lies across the end of a piece is not counted: pieces are large, and what a test looks for is small.
    int count = 0;
    for (const Region &region : regions) {
        for (quint64 begin = region.begin; begin < region.end; begin += pieceSize) {
            const auto size = static_cast<qsizetype>(std::min(pieceSize, region.end - begin));
            const bool isOurs = begin < ours + pieceSize && ours < begin + pieceSize;
            memory.clear();
            if (!isOurs && memory.seekg(static_cast<std::streamoff>(begin)) && memory.read(piece.data(), size))
                count += copiesIn(QByteArrayView(piece.data(), size), text);
        }
    }
    return count;
}

std::optional<int> Remembered::copies() const
{
    const std::string text(m_backwards.rbegin(), m_backwards.rend());
    std::optional<int> count = copiesInMemory(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    if (count)
        --*count;
    return count;
}

} // namespace bookdesk::test
