/// PanelAction: a button of the account panel, with what it does below it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace bookdesk::window {

/// GUI thread.
class PanelAction : public QWidget
{
    Q_OBJECT

public:
    /// @param icon one of the program's icons. @param hint may be empty.
    PanelAction(const QString &text, const QString &icon, const QString &hint, QWidget *parent);

    QPushButton &button() const { return *m_button; }
    void setHint(const QString &hint);
    /// Whether the button is there at all.
    void setOffered(bool isOffered);

private:
    QPushButton *m_button;
    QLabel *m_hint;
};

} // namespace bookdesk::window
