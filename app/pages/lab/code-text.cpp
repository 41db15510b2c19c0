#include "pages/lab/code-text.h"

#include "style/colors.h"
#include "style/metrics.h"

#include <QApplication>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocumentFragment>

#include <algorithm>
#include <cmath>

namespace bookdesk::pages {
namespace {

constexpr std::size_t fewestLines = 4;

/// How far a line is set in, in letters: by its mark and its blanks.
int indentOf(const QString &line)
{
    const auto first = std::find_if(line.cbegin() + std::min<qsizetype>(line.size(), 2), line.cend(),
                                    [](QChar letter) { return letter != u' '; });
    return static_cast<int>(std::distance(line.cbegin(), first));
}

} // namespace

CodeText::CodeText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(style::monoFont(QApplication::font()));
    document()->setDocumentMargin(style::metricsOf(*this).px(6));
}

void CodeText::setLines(const std::vector<lab::CodeLine> &lines)
{
    const QString text = lab::codeText(lines);
    if (text != toPlainText())
        setPlainText(text);
    formatLines(lines);
    fitHeight();
}

void CodeText::formatLines(const std::vector<lab::CodeLine> &lines)
{
    constexpr int further = 4;
    const double letter = QFontMetricsF(font()).horizontalAdvance(u' ');
    QTextCharFormat added;
    added.setForeground(style::color(style::Role::ok));
    added.setFontWeight(QFont::DemiBold);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QTextBlock block = document()->findBlockByNumber(static_cast<int>(i));
        const double continued = (indentOf(block.text()) + further) * letter;
        QTextBlockFormat format;
        format.setLeftMargin(continued);
        format.setTextIndent(-continued);
        if (lines[i].isChange)
            format.setBackground(style::color(style::Role::okGround));
        QTextCursor cursor(block);
        cursor.setBlockFormat(format);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.setCharFormat(lines[i].isChange ? added : QTextCharFormat());
    }
}

void CodeText::fitHeight()
{
    const auto around = static_cast<int>(height() - viewport()->height());
    const int fewest = QFontMetrics(font()).lineSpacing() * static_cast<int>(fewestLines);
    const auto lines = static_cast<int>(std::ceil(document()->size().height()));
    const int wanted = std::max(lines, fewest) + around;
    if (wanted != height() || wanted != maximumHeight())
        setFixedHeight(wanted);
}

void CodeText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

QMimeData *CodeText::createMimeDataFromSelection() const
{
    auto *mime = new QMimeData;
    mime->setText(textCursor().selection().toPlainText());
    return mime;
}

} // namespace bookdesk::pages
