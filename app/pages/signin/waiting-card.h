/// WaitingCard: a sign-in under way, with its steps, the time left and what can be done meanwhile.
#pragma once

#include "identity/sign-in.h"
#include "widgets/card.h"

#include <QPointer>
#include <QTimer>

#include <vector>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class StepRow;
class ThinBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Shows one attempt and hides when it ends. GUI thread.
class WaitingCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit WaitingCard(Clock clock, QWidget *parent = nullptr);

    /// @p attempt may be destroyed at any time. nullptr hides the card.
    void setAttempt(identity::SignIn *attempt);
    void takeFocus();
    /// Puts a link on the clipboard.
    void copyLink();

    QString notice() const;
    QString timeLeft() const;

Q_SIGNALS:
    /// The browser has returned: the window should come to the front.
    void redirectReceived();
    /// The browser shows an error, and the person wants it explained.
    void browserErrorAsked();

private:
    void addHead();
    void addSteps();
    void addButtons();
    void refresh();
    void showSteps();
    void showTimeLeft();
    void showNotice(const QString &text);
    void openAgain();

    Clock m_clock;
    QPointer<identity::SignIn> m_attempt;
    QTimer m_tick;
    bool m_wasRedirected = false;
    QLabel *m_title;
    QLabel *m_left;
    widgets::ThinBar *m_bar;
    std::vector<widgets::StepRow *> m_steps;
    QLabel *m_notice;
    QPushButton *m_cancel;
    QPushButton *m_again;
    QPushButton *m_link;
};

} // namespace bookdesk::pages
