#include "pages/activity/body-text.h"

#include "style/metrics.h"
#include "widgets/json-colors.h"

#include <QApplication>
#include <QTextCursor>

namespace bookdesk::pages {
namespace {

/// Takes some 15 ms without optimization.
constexpr qsizetype pieceSize = 64 * 1024;

} // namespace

BodyText::BodyText(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_colors(new widgets::JsonColors(*this))
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    setTabChangesFocus(true);
    setFont(style::monoFont(QApplication::font()));
    connect(&m_timer, &QTimer::timeout, this, &BodyText::appendPiece);
}

void BodyText::show(const QString &text, bool isJson)
{
    m_colors->setJson(isJson);
    m_rest = text;
    setPlainText(nextPiece());
    m_rest.isEmpty() ? m_timer.stop() : m_timer.start(0);
}

/// Up to the end of a line.
QString BodyText::nextPiece()
{
    const qsizetype lineEnd = m_rest.size() > pieceSize ? m_rest.lastIndexOf(u'\n', pieceSize) : -1;
    QString piece = lineEnd < 0 ? m_rest : m_rest.first(lineEnd + 1);
    m_rest.remove(0, piece.size());
    return piece;
}

void BodyText::appendPiece()
{
    // The person's own cursor and the part in sight stay where they are.
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(nextPiece());
    if (m_rest.isEmpty())
        m_timer.stop();
}

} // namespace bookdesk::pages
