#include "pages/token/token-text.h"

#include "style/colors.h"
#include "style/metrics.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QSyntaxHighlighter>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

QString dots() { return QString(24, QChar(0x2022)); }

} // namespace

class TokenText::Colors : public QSyntaxHighlighter
{
public:
    explicit Colors(TokenText &text)
        : QSyntaxHighlighter(text.document())
        , m_text(text)
    {}

protected:
    void highlightBlock(const QString &line) override
    {
        if (!m_text.m_hasParts)
            return;
        const auto paint = [this](qsizetype begin, qsizetype end, style::Role role) {
            setFormat(static_cast<int>(begin), static_cast<int>(end - begin), style::color(role));
        };
        paint(0, m_text.m_dots[0], style::Role::accent);
        paint(m_text.m_dots[0] + 1, m_text.m_dots[1], style::Role::claimsPart);
        paint(m_text.m_dots[1] + 1, line.size(), style::Role::signaturePart);
    }

private:
    const TokenText &m_text;
};

TokenText::TokenText(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_colors(new Colors(*this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setContextMenuPolicy(Qt::NoContextMenu);
    setFocusPolicy(Qt::StrongFocus);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setFont(style::monoFont(QApplication::font()));
}

void TokenText::setToken(const Secret &token, bool hasParts)
{
    if (token == m_token && hasParts == m_hasParts)
        return;
    m_token = token;
    const qsizetype first = token.reveal().indexOf('.');
    m_dots = {first, token.reveal().indexOf('.', first + 1)};
    m_hasParts = hasParts && m_dots[0] >= 0 && m_dots[1] >= 0;
    m_isRevealed = false;
    showText();
}

void TokenText::setRevealed(bool isRevealed)
{
    m_isRevealed = isRevealed;
    showText();
}

void TokenText::showText()
{
    setAccessibleName(m_isRevealed ? tr("The token") : tr("The token, masked"));
    if (m_token.isEmpty() || m_isRevealed)
        setPlainText(QString::fromLatin1(m_token.reveal()));
    else
        setPlainText(QString::fromLatin1(m_token.reveal().first(secretBegin())) + dots());
}

qsizetype TokenText::secretBegin() const { return m_hasParts ? m_dots[1] + 1 : 0; }

qsizetype TokenText::beginOf(TokenPart part) const
{
    return part == TokenPart::header ? 0 : m_dots[part == TokenPart::claims ? 0 : 1] + 1;
}

qsizetype TokenText::sizeOf(TokenPart part) const
{
    if (!m_hasParts)
        return 0;
    const qsizetype end = part == TokenPart::signature ? m_token.size() : m_dots[part == TokenPart::header ? 0 : 1];
    return end - beginOf(part);
}

int TokenText::heightOfLines() const
{
    // The size of a plain text's document is in lines, not in pixels. Without half a line more, the last one does not
    // count as shown.
    const qreal lines = (document()->size().height() + 0.5) * fontMetrics().lineSpacing();
    return static_cast<int>(std::ceil(lines + 2 * document()->documentMargin())) + height() - viewport()->height();
}

int TokenText::heightOfFirst(int lines) const
{
    const qreal text = static_cast<qreal>(lines) * fontMetrics().lineSpacing();
    return static_cast<int>(text + document()->documentMargin()) + height() - viewport()->height();
}

void TokenText::select(TokenPart part)
{
    if (!m_hasParts || (part == TokenPart::signature && !m_isRevealed))
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(beginOf(part)));
    cursor.setPosition(static_cast<int>(beginOf(part) + sizeOf(part)), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    setFocus(Qt::OtherFocusReason);
}

bool TokenText::selectsSecret() const
{
    return m_isRevealed && textCursor().hasSelection() && textCursor().selectionEnd() > secretBegin();
}

void TokenText::keyPressEvent(QKeyEvent *event)
{
    const bool isSecret = !m_token.isEmpty() && (selectsSecret() || !textCursor().hasSelection());
    if (!event->matches(QKeySequence::Copy) || !isSecret)
        return QPlainTextEdit::keyPressEvent(event);
    Q_EMIT secretCopyAsked(selectsSecret() ? Secret::taking(textCursor().selectedText().toLatin1()) : m_token);
}

QMimeData *TokenText::createMimeDataFromSelection() const
{
    auto mime = std::make_unique<QMimeData>();
    const QTextCursor cursor = textCursor();
    const qsizetype visible = secretBegin() - cursor.selectionStart();
    const QString text = cursor.selectedText();
    mime->setText(selectsSecret() ? text.left(std::max<qsizetype>(visible, 0)) + dots() : text);
    return mime.release();
}

void TokenText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_colors)
        m_colors->rehighlight();
}

} // namespace bookdesk::pages
