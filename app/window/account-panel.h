/// AccountPanel: who is signed in on which connection, and what can be done about it.
#pragma once

#include "widgets/card.h"

#include <QString>

class QAbstractButton;
class QPushButton;

namespace bookdesk::widgets {
class KeyValueRows;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::window {

struct AccountFacts;

/// A card over the window's content, made of real buttons, so that assistive technology reaches every action. Opens and
/// closes with its opener; each action, Esc, a press elsewhere and a focus that goes elsewhere close it. GUI thread.
class AccountPanel : public widgets::Card
{
    Q_OBJECT

public:
    /// What the panel opens next to; all of it outlives the panel.
    struct Neighbours
    {
        QAbstractButton &opener; ///< Checked while the panel is open.
        const QWidget &left;
        const QWidget &below;
    };

    AccountPanel(Neighbours neighbours, QWidget *parent);

    void setFacts(const AccountFacts &facts);
    void setOpen(bool isOpen);
    /// Moves it to where its neighbours are now.
    void place();

Q_SIGNALS:
    void signInAsked();
    void freshTokenAsked();
    void anotherAccountAsked();
    void signOutAsked();
    void sandboxPageAsked();
    void helpAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    /// Keeps presses, which would reach the window below and dismiss the panel.
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool leadsAway(const QWidget &widget, const QEvent &event) const;
    QPushButton *addAction(const QString &text, const QString &icon, const QString &hint);
    void closeBefore(QPushButton &button, void (AccountPanel::*asked)());

    Neighbours m_next;
    widgets::ValueLabel *m_name;
    widgets::KeyValueRows *m_rows;
    QPushButton *m_signIn;
    QPushButton *m_freshToken;
    QPushButton *m_anotherAccount;
    QPushButton *m_signOut;
    QPushButton *m_sandboxPage;
    QPushButton *m_help;
};

} // namespace bookdesk::window
