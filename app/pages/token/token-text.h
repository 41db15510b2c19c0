/// TokenText: a token in the colours of its three parts, its signature masked until it is revealed.
#pragma once

#include "core/secret.h"

#include <QPlainTextEdit>

#include <array>

namespace bookdesk::pages {

/// A part of a compact token.
enum class TokenPart { header, claims, signature };

/// Can be selected by mouse and keyboard. What is masked is not in the widget, and a revealed signature leaves it only
/// by secretCopyAsked: not by dragging, nor as what the mouse has selected. GUI thread.
class TokenText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TokenText(QWidget *parent = nullptr);

    /// @param hasParts otherwise it is opaque or encrypted, and all of it is masked.
    void setToken(const Secret &token, bool hasParts);
    void setRevealed(bool isRevealed);
    bool isRevealed() const { return m_isRevealed; }
    bool hasParts() const { return m_hasParts; }
    /// In characters.
    qsizetype sizeOf(TokenPart part) const;
    /// The height that shows all lines without scrolling.
    int heightOfLines() const;
    /// For the first lines of a text that scrolls; of the next one, nothing is seen.
    int heightOfFirst(int lines) const;
    /// A masked part cannot be selected.
    void select(TokenPart part);

Q_SIGNALS:
    /// Ctrl+C on a selection with a secret in it, which is @p text.
    void secretCopyAsked(const bookdesk::Secret &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    class Colors;

    void showText();
    /// Where the part begins, in the token and in what is shown.
    qsizetype beginOf(TokenPart part) const;
    qsizetype secretBegin() const;
    bool selectsSecret() const;

    Secret m_token;
    bool m_hasParts = false;
    bool m_isRevealed = false;
    std::array<qsizetype, 2> m_dots{};
    Colors *m_colors;
};

} // namespace bookdesk::pages
