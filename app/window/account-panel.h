/// AccountPanel: who is signed in on which connection, and what can be done about it.
#pragma once

#include "widgets/card.h"

#include <QString>

class QPushButton;

namespace bookdesk::widgets {
class KeyValueRows;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::window {

/// What the panel shows, as plain text.
struct AccountFacts
{
    bool isSignedIn = false;
    QString name;
    QString userName;
    QString connection;
    QString tenant;
    bool isSandbox = false; ///< Its control page can be opened.
};

/// A card over the window's content, made of real buttons, so that assistive technology reaches every action.
class AccountPanel : public widgets::Card
{
    Q_OBJECT

public:
    explicit AccountPanel(QWidget *parent);

    void setFacts(const AccountFacts &facts);
    void takeFocus();

Q_SIGNALS:
    void signInAsked();
    void freshTokenAsked();
    void anotherAccountAsked();
    void signOutAsked();
    void sandboxPageAsked();
    void helpAsked();
    void dismissed(); ///< Esc.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    /// Keeps presses, which would reach the window below and dismiss the panel.
    void mousePressEvent(QMouseEvent *event) override;

private:
    QPushButton *addAction(const QString &text, const QString &icon, const QString &hint);

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
