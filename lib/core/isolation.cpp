#include "core/isolation.h"

#include "core/text.h"

#include <QList>
#include <QStringList>

#include <algorithm>

namespace bookdesk {
namespace {

constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);

bool beginsIsolate(char32_t character) { return character >= 0x2066 && character <= 0x2068; }

/// Marks, embeddings, overrides and isolates: they are not seen, but move what is.
bool isDirectional(char32_t character)
{
    return character == 0x061C || character == 0x200E || character == 0x200F ||
           (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

bool isWrittenFromTheRight(char32_t character)
{
    const QChar::Direction direction = QChar::direction(character);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

/// What others wrote, so that it can be put between two isolates: it ends each isolate that it begins, and no other.
QString contained(const QString &text)
{
    QString shown;
    int depth = 0;
    for (const char32_t character : text.toUcs4()) {
        const bool isEnd = character == popIsolate.unicode();
        const bool isKept = isDirectional(character) && (!isEnd || depth > 0);
        // QString::fromUcs4 would drop a U+FEFF, as a mark of the byte order.
        const QString one = QStringView(QChar::fromUcs4(character)).toString();
        shown += isKept ? one : visible(one);
        if (beginsIsolate(character))
            ++depth;
        else if (isEnd && depth > 0)
            --depth;
    }
    return shown + QString(depth, popIsolate);
}

/// Where the isolate ends that begins at @p begin; -1 if it does not end.
qsizetype endOfIsolate(const QString &text, qsizetype begin)
{
    int depth = 0;
    for (qsizetype at = begin; at < text.size(); ++at) {
        if (beginsIsolate(text[at].unicode()))
            ++depth;
        else if (text[at] == popIsolate && --depth == 0)
            return at;
    }
    return -1;
}

} // namespace

QString isolated(const QString &text)
{
    const QString shown = visible(text) == text ? text : contained(text);
    const QList<uint> characters = shown.toUcs4();
    const bool isFromTheLeft = std::ranges::none_of(
        characters, [](uint character) { return isWrittenFromTheRight(character) || isDirectional(character); });
    return isFromTheLeft ? shown : firstStrongIsolate + shown + popIsolate;
}

QString isolatedLines(const QString &text)
{
    QStringList lines = text.split(u'\n');
    std::ranges::transform(lines, lines.begin(), isolated);
    return lines.join(u'\n');
}

QString visibleSentences(const QString &text)
{
    QString shown;
    qsizetype begin = 0;
    for (qsizetype at = text.indexOf(firstStrongIsolate); at >= 0; at = text.indexOf(firstStrongIsolate, begin)) {
        const qsizetype end = endOfIsolate(text, at);
        if (end < 0)
            break;
        shown += visibleLines(text.sliced(begin, at - begin)) + firstStrongIsolate +
                 contained(text.sliced(at + 1, end - at - 1)) + popIsolate;
        begin = end + 1;
    }
    return shown + visibleLines(text.sliced(begin));
}

QString withoutIsolates(QString text)
{
    return text.removeIf([](QChar character) { return isDirectional(character.unicode()); });
}

} // namespace bookdesk
