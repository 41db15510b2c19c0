/// AccountPanel: who is signed in on which connection, who else is, and what can be done about it.
#pragma once

#include "widgets/card.h"
#include "window/account-facts.h"

#include <QString>

#include <vector>

class QAbstractButton;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class FittingArea;
}

namespace bookdesk::window {

class OtherAccount;
class PanelAction;
class ShownAccount;

/// A card over the window's content, made of real buttons, so that assistive technology reaches every action. Opens and
/// closes with its opener; each action, Esc, a press elsewhere and a focus that goes elsewhere close it. The list of
/// the other accounts scrolls where it is long, so that the actions stay. GUI thread.
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

    /// @param others in the order in which they are listed.
    void setAccounts(const AccountFacts &shown, const std::vector<AccountFacts> &others);
    void setOpen(bool isOpen);
    /// Moves it to where its neighbours are now.
    void place();

Q_SIGNALS:
    void signInAsked();
    void signInAgainAsked();
    void freshTokenAsked();
    /// @param id of the account, as in its AccountFacts.
    void switchAsked(const QString &id);
    void anotherAccountAsked();
    void signOutAsked();
    void signOutInBrowserAsked();
    void sandboxPageAsked();
    void helpAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    /// Keeps presses, which would reach the window below and dismiss the panel.
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool leadsAway(const QWidget &widget, const QEvent &event) const;
    QWidget *addSection();
    void makeShown();
    void makeOthers();
    void makeSignOut();
    void makeRest();
    QPushButton *primary(const QString &text, const QString &icon, const QString &name);
    PanelAction *action(QWidget &section, const QString &text, const QString &icon, const QString &name);
    void closeBefore(QPushButton &button, void (AccountPanel::*asked)());
    void listOthers(const std::vector<AccountFacts> &others);
    OtherAccount *addRow(const QString &id);
    void removeRow(OtherAccount &row);
    void focusFirst();
    void offer(const AccountFacts &shown);

    Neighbours m_next;
    std::vector<AccountFacts> m_listed; ///< As they are shown.
    ShownAccount *m_shown = nullptr;
    QPushButton *m_signIn = nullptr; ///< Of these three, one is there.
    QPushButton *m_signInAgain = nullptr;
    QPushButton *m_freshToken = nullptr;
    QWidget *m_othersSection = nullptr;
    QLabel *m_othersTitle = nullptr;
    widgets::FittingArea *m_others = nullptr;
    QVBoxLayout *m_list = nullptr; ///< In it.
    std::vector<OtherAccount *> m_rows;
    QPushButton *m_anotherAccount = nullptr;
    QWidget *m_signOutSection = nullptr;
    PanelAction *m_signOut = nullptr;
    PanelAction *m_signOutInBrowser = nullptr;
    PanelAction *m_sandboxPage = nullptr;
};

} // namespace bookdesk::window
