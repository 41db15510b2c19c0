#include "core/markdown.h"

#include "core/text.h"

#include <QStringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

/// What has a meaning anywhere in a line.
constexpr QStringView marks = u"\\`*_{}[]#|~$^!";
/// What has one only where a line begins.
constexpr QStringView firstMarks = u"-+=";

/// References in place of escapes where software that knows no escapes would see HTML or a mail address.
QString reference(QChar character)
{
    switch (character.unicode()) {
    case u'<':
        return u"&lt;"_s;
    case u'>':
        return u"&gt;"_s;
    case u'&':
        return u"&amp;"_s;
    case u'@':
        return u"&#64;"_s;
    default:
        return {};
    }
}

bool isListNumber(QStringView text, qsizetype at)
{
    return at > 0 && (text[at] == u'.' || text[at] == u')') &&
           std::all_of(text.begin(), text.begin() + at, [](QChar character) { return character.isDigit(); });
}

/// The dot of `www.`, of which GitHub makes a link.
bool isDotOfHost(QStringView text, qsizetype at)
{
    return text[at] == u'.' && text.first(at).endsWith(u"www", Qt::CaseInsensitive);
}

/// The colon of `https://`, `mailto:a` and `:smile:`. After it, a blank or a number as in `localhost:80` make nothing.
bool isMarkingColon(QStringView text, qsizetype at)
{
    if (text[at] != u':')
        return false;
    const QStringView rest = text.sliced(at + 1);
    const auto end = std::find_if_not(rest.begin(), rest.end(), [](QChar character) { return character.isDigit(); });
    if (end == rest.begin())
        return end != rest.end() && *end != u' ';
    return end != rest.end() && (*end == u':' || *end == u'_' || end->isLetter());
}

QString markdownCharacter(QStringView text, qsizetype at)
{
    const QChar character = text[at];
    if (at == 0 && character == u' ') // Four would begin a block of code.
        return u"&#32;"_s;
    if (QString named = reference(character); !named.isEmpty())
        return named;
    const bool isMark = marks.contains(character) || (at == 0 && firstMarks.contains(character)) ||
                        isMarkingColon(text, at) || isListNumber(text, at) || isDotOfHost(text, at);
    return isMark ? u"\\"_s + character : QString(character);
}

qsizetype longestRun(QStringView text, QChar wanted)
{
    qsizetype longest = 0;
    qsizetype current = 0;
    for (const QChar character : text) {
        current = character == wanted ? current + 1 : 0;
        longest = std::max(longest, current);
    }
    return longest;
}

/// A reader takes away one blank at both ends, if it finds both.
bool needsPadding(QStringView code)
{
    return code.startsWith(u'`') || code.endsWith(u'`') || (code.startsWith(u' ') && code.endsWith(u' '));
}

} // namespace

QString markdownText(const QString &text)
{
    const QString shown = visible(text);
    QString result;
    result.reserve(shown.size());
    for (qsizetype i = 0; i < shown.size(); ++i)
        result += markdownCharacter(shown, i);
    return result;
}

QString markdownCode(const QString &text)
{
    if (text.isEmpty())
        return {};
    const QString shown = visible(text);
    const QString fence(longestRun(shown, u'`') + 1, u'`');
    const QString padding = needsPadding(shown) ? u" "_s : QString();
    return fence + padding + shown + padding + fence;
}

QString markdownCodeCell(const QString &text) { return markdownCode(text).replace(u'|', u"\\|"_s); }

QString markdownRow(const QStringList &cells) { return u"| "_s + cells.join(" | "_L1) + u" |\n"_s; }

QString markdownTableHead(const QStringList &titles)
{
    QStringList cells;
    for (const QString &title : titles)
        cells += markdownText(title);
    return markdownRow(cells) + u'|' + u" --- |"_s.repeated(titles.size()) + u'\n';
}

} // namespace bookdesk
