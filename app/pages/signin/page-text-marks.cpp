#include "pages/signin/page-text-marks.h"

#include "style/colors.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextCharFormat>

#include <algorithm>
#include <utility>

namespace bookdesk::pages {

namespace {

QTextCharFormat formatOf(identity::PageMarkKind kind)
{
    QTextCharFormat format;
    format.setFontWeight(QFont::DemiBold);
    if (kind == identity::PageMarkKind::number) {
        format.setForeground(style::color(style::Role::accent));
        format.setBackground(style::color(style::Role::accentGround));
    } else if (kind == identity::PageMarkKind::removed) {
        format.setForeground(style::color(style::Role::warn));
    }
    return format;
}

} // namespace

PageTextMarks::PageTextMarks(QPlainTextEdit &text)
    : QSyntaxHighlighter(text.document())
{
    text.installEventFilter(this);
}

void PageTextMarks::setMarks(std::vector<identity::PageMark> marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    rehighlight();
}

bool PageTextMarks::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        rehighlight();
    return false;
}

void PageTextMarks::highlightBlock(const QString &line)
{
    const qsizetype from = currentBlock().position();
    for (const identity::PageMark &mark : m_marks) {
        const qsizetype begin = std::max(mark.place.begin - from, qsizetype{0});
        const qsizetype end = std::min(mark.place.end - from, line.size());
        if (begin < end)
            setFormat(static_cast<int>(begin), static_cast<int>(end - begin), formatOf(mark.kind));
    }
}

} // namespace bookdesk::pages
