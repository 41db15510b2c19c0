#include "core/text-cells.h"

#include "core/text.h"
#include "core/wide-characters.h"

#include <QList>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <iterator>
#include <vector>

namespace bookdesk {
namespace {

/// More letters than anything has that takes one cell; only that many are looked at.
constexpr qsizetype mostPerCell = 64;

bool isWide(char32_t character)
{
    const auto *const range =
        std::lower_bound(wideCharacters.begin(), wideCharacters.end(), character,
                         [](const CharacterRange &one, char32_t wanted) { return one.last < wanted; });
    return range != wideCharacters.end() && range->first <= character;
}

/// The vowels and finals of Korean syllables that are written in parts: they join the wide consonant before them.
bool isJoiningJamo(char32_t character)
{
    return (character >= 0x1160 && character <= 0x11ff) || (character >= 0xd7b0 && character <= 0xd7ff);
}

qsizetype cellsOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Control:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    if (isJoiningJamo(character))
        return 0;
    return isWide(character) ? 2 : 1;
}

/// What is read as one character.
qsizetype cellsOfCluster(const QString &cluster)
{
    constexpr QChar emojiLook(0xfe0f);
    if (cluster.contains(emojiLook))
        return 2;
    qsizetype cells = 0;
    for (const char32_t character : cluster.toUcs4())
        cells += cellsOf(character);
    return std::min<qsizetype>(cells, 2);
}

/// Nearly all text is: no letter of it needs a look.
bool isOneCellEach(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar unit) {
        const char16_t code = unit.unicode();
        return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0x300 && code != 0xad);
    });
}

struct Cluster
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype cells = 0;
};

std::vector<Cluster> clustersOf(const QString &text)
{
    std::vector<Cluster> clusters;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype begin = 0, end = finder.toNextBoundary(); end > begin; end = finder.toNextBoundary()) {
        clusters.push_back({begin, end, cellsOfCluster(text.sliced(begin, end - begin))});
        begin = end;
    }
    return clusters;
}

qsizetype sumOf(const std::vector<Cluster> &clusters)
{
    qsizetype cells = 0;
    for (const Cluster &cluster : clusters)
        cells += cluster.cells;
    return cells;
}

/// Where the first clusters end that take no more than @p cells.
qsizetype endOfHead(const std::vector<Cluster> &clusters, qsizetype cells)
{
    qsizetype end = 0;
    for (const Cluster &cluster : clusters) {
        cells -= cluster.cells;
        if (cells < 0)
            break;
        end = cluster.end;
    }
    return end;
}

/// Where the last ones begin.
qsizetype beginOfTail(const std::vector<Cluster> &clusters, qsizetype cells)
{
    const auto before = std::find_if(clusters.rbegin(), clusters.rend(), [&cells](const Cluster &cluster) {
        cells -= cluster.cells;
        return cells < 0;
    });
    if (before != clusters.rbegin())
        return std::prev(before)->begin;
    return clusters.empty() ? 0 : clusters.back().end;
}

} // namespace

qsizetype cellsOf(const QString &text) { return isOneCellEach(text) ? text.size() : sumOf(clustersOf(text)); }

QString padded(const QString &text, qsizetype cells)
{
    return text + QString(std::max<qsizetype>(cells - cellsOf(text), 0), u' ');
}

QString fitted(const QString &text, qsizetype cells)
{
    const QString enough = shortened(text, cells * mostPerCell);
    if (isOneCellEach(enough))
        return padded(shortened(enough, cells), cells);
    const std::vector<Cluster> clusters = clustersOf(enough);
    if (sumOf(clusters) <= cells)
        return padded(enough, cells);
    const qsizetype kept = cells - 1;
    const qsizetype head = endOfHead(clusters, kept - kept / 2);
    return padded(withoutMiddle(enough, head, beginOfTail(clusters, kept / 2)), cells);
}

} // namespace bookdesk
