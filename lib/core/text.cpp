#include "core/text.h"

#include <QChar>
#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

bool isHidden(char32_t character)
{
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

} // namespace

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
    const qsizetype end = endOfHead(text, kept - kept / 2);
    const qsizetype begin = beginOfTail(text, text.size() - kept / 2);
    return text.left(end) + QChar(0x2026) + text.sliced(begin);
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
