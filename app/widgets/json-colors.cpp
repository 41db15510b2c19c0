#include "widgets/json-colors.h"

#include "style/colors.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {
namespace {

enum BlockState { outsideText, insideText }; ///< Very long lines are broken, also in the middle of a text.

/// Behind the quotation mark that ends the text from @p begin on, or -1.
qsizetype endOfText(QStringView line, qsizetype begin)
{
    for (qsizetype at = begin; at < line.size(); ++at) {
        if (line[at] == u'\\')
            ++at;
        else if (line[at] == u'"')
            return at + 1;
    }
    return -1;
}

qsizetype endOfWord(QStringView line, qsizetype begin)
{
    qsizetype at = begin;
    while (at < line.size() &&
           (line[at].isLetterOrNumber() || line[at] == u'.' || line[at] == u'+' || line[at] == u'-'))
        ++at;
    return at;
}

} // namespace

JsonColors::JsonColors(QPlainTextEdit &text)
    : QSyntaxHighlighter(text.document())
{
    text.installEventFilter(this);
}

bool JsonColors::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        rehighlight();
    return false;
}

void JsonColors::highlightBlock(const QString &line)
{
    setCurrentBlockState(outsideText);
    if (!m_isJson)
        return;
    const auto paint = [this](qsizetype begin, qsizetype end, style::Role role) {
        setFormat(static_cast<int>(begin), static_cast<int>(end - begin), style::color(role));
    };
    qsizetype at = previousBlockState() == insideText ? endOfText(line, 0) : 0;
    while (at >= 0 && at < line.size()) {
        const qsizetype word = endOfWord(line, at);
        if (line[at] == u'"') {
            const qsizetype end = endOfText(line, at + 1);
            if (end > 0 && end < line.size() && line[end] == u':')
                paint(at, end, style::Role::accent);
            at = end;
        } else if (word > at) {
            paint(at, word, style::Role::claimsPart);
            at = word;
        } else {
            ++at;
        }
    }
    if (at < 0)
        setCurrentBlockState(insideText);
}

} // namespace bookdesk::widgets
