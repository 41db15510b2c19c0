/// Card: a frame around things that belong together.
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace bookdesk::widgets {

/// A frame with an optional title and a vertical layout for its content. GUI thread.
class Card : public QFrame
{
    Q_OBJECT

public:
    /// @param title a section title above the body, or empty.
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    QVBoxLayout *body() const { return m_body; }
    /// Highlights the card as the chosen one.
    void setChosen(bool isChosen);
    /// Shows the 2 px focus ring, for cards that act for a control inside.
    void setRinged(bool isRinged);

private:
    QVBoxLayout *m_body;
};

} // namespace bookdesk::widgets
