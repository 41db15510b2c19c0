#include "core/text.h"

#include <QChar>
#include <QList>
#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

QString escape(char32_t character)
{
    const QString hex = QString::number(static_cast<uint>(character), 16).toUpper();
    return u"\\u{%1}"_s.arg(hex.rightJustified(4, u'0'));
}

template <class Keep> QString escaped(const QString &text, Keep keep)
{
    // Nearly all text is harmless, and some of it is long.
    const bool isHarmless = std::none_of(text.begin(), text.end(), [&keep](QChar unit) {
        return unit.isSurrogate() || (isHidden(unit.unicode()) && !keep(unit.unicode()));
    });
    if (isHarmless)
        return text;
    QString result;
    result.reserve(text.size());
    for (const char32_t character : text.toUcs4()) {
        if (isHidden(character) && !keep(character))
            result += escape(character);
        else
            result += QString::fromUcs4(&character, 1);
    }
    return result;
}

/// Numbers beyond that length are no values that anybody reads.
constexpr qsizetype longestNumber = 24;

bool isWithinNumber(const QString &text, qsizetype at)
{
    const auto isPart = [&text](qsizetype i) {
        return i >= 0 && i < text.size() && (text[i].isDigit() || text[i] == u'.' || text[i] == u',');
    };
    return isPart(at - 1) && isPart(at) && (text[at - 1].isDigit() || text[at].isDigit());
}

/// Where a text that is cut at @p at ends: there, or before the number that would be cut.
qsizetype endOfHead(const QString &text, qsizetype at)
{
    qsizetype end = at;
    while (end > at - longestNumber && isWithinNumber(text, end))
        --end;
    return isWithinNumber(text, end) ? at : end;
}

/// Where one begins that is cut at @p at: there, or behind the number that would be cut.
qsizetype beginOfTail(const QString &text, qsizetype at)
{
    qsizetype begin = at;
    while (begin < at + longestNumber && isWithinNumber(text, begin))
        ++begin;
    return isWithinNumber(text, begin) ? at : begin;
}

/// What is read as one character is shorter than that; beyond it somebody heaps up accents.
constexpr qsizetype longestCharacter = 64;

/// Moves a cut at @p at out of the character that it would split, to its beginning or to its end. Looks at the
/// surroundings only: texts may be long.
qsizetype besideCharacter(const QString &text, qsizetype at, qsizetype (QTextBoundaryFinder::*move)())
{
    const qsizetype first = std::max<qsizetype>(at - longestCharacter, 0);
    const QString near = text.mid(first, 2 * longestCharacter);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, near);
    finder.setPosition(at - first);
    if (finder.isAtBoundary())
        return at;
    const qsizetype moved = (finder.*move)();
    return moved < 0 ? at : first + moved;
}

} // namespace

/// Joiners, which Persian, Hindi and other scripts need to be written, and which emoji are made with.
bool isPartOfWriting(char32_t character) { return character == 0x200C || character == 0x200D; }

bool isHidden(char32_t character)
{
    if (isPartOfWriting(character))
        return false;
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString visible(const QString &text)
{
    return escaped(text, [](char32_t) { return false; });
}

QString visibleLines(const QString &text)
{
    return escaped(text, [](char32_t character) { return character == U'\n'; });
}

QString shortened(const QString &text, qsizetype length)
{
    if (text.size() <= length)
        return text;
    const qsizetype kept = length - 1;
    return withoutMiddle(text, kept - kept / 2, text.size() - kept / 2);
}

QString withoutMiddle(const QString &text, qsizetype begin, qsizetype end)
{
    const qsizetype head = besideCharacter(text, endOfHead(text, begin), &QTextBoundaryFinder::toPreviousBoundary);
    const qsizetype tail = besideCharacter(text, beginOfTail(text, end), &QTextBoundaryFinder::toNextBoundary);
    return text.left(head) + QChar(0x2026) + text.sliced(tail);
}

QString searchText(const QString &text)
{
    const QString apart = text.normalized(QString::NormalizationForm_KD);
    QString folded;
    folded.reserve(apart.size());
    for (const QChar character : apart) {
        if (character.category() != QChar::Mark_NonSpacing)
            folded += character;
    }
    return folded.toCaseFolded();
}

} // namespace bookdesk
