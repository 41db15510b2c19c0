/// TokenParts: a token's text with a button for each of its parts and one that reveals its signature.
#pragma once

#include "core/secret.h"
#include "pages/token/token-text.h"

#include <QWidget>

#include <array>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class FlowLayout;
}

namespace bookdesk::pages {

/// Masks the token again when it is hidden. GUI thread.
class TokenParts : public QWidget
{
    Q_OBJECT

public:
    explicit TokenParts(QWidget *parent = nullptr);

    /// @param hasParts as for TokenText.
    void setToken(const Secret &token, bool hasParts);
    bool isRevealed() const;
    TokenText *text() const { return m_text; }
    QPushButton *reveal() const { return m_reveal; }
    /// At the right of the buttons' line.
    void addNote(QLabel *note);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void addPart(TokenPart part, const QString &objectName);
    void showButtons();

    TokenText *m_text;
    std::array<QPushButton *, 3> m_parts{}; ///< In the order of TokenPart.
    QWidget *m_divider;
    QPushButton *m_reveal;
    QHBoxLayout *m_line;
    widgets::FlowLayout *m_buttons; ///< Wraps where there is little room, or the words are long.
};

} // namespace bookdesk::pages
