/// WaitingStrip: says in one line that a sign-in still waits for the browser, and for how long.
#pragma once

#include "identity/sign-in.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class IconLabel;
class ThinBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// GUI thread.
class WaitingStrip : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingStrip(Clock clock, QWidget *parent = nullptr);

    /// Called when the attempt begins; it may be destroyed at any time. nullptr when it has ended.
    void setAttempt(identity::SignIn *attempt);

    QString state() const;
    QString timeLeft() const;
    /// Why the browser could not be opened again; empty otherwise.
    QString notice() const;

Q_SIGNALS:
    /// To sign in again, after the attempt has ended.
    void againAsked();
    void backAsked();

private:
    void addButtons();
    void openAgain();
    void showNotice(const QString &text);
    void showTimeLeft();
    void refresh();

    Clock m_clock;
    QPointer<identity::SignIn> m_attempt;
    std::chrono::milliseconds m_whole{};
    QTimer m_tick;
    widgets::IconLabel *m_icon;
    QLabel *m_state;
    QLabel *m_left;
    widgets::ThinBar *m_bar;
    QLabel *m_notice;
    QPushButton *m_cancel;
    QPushButton *m_open;
    QPushButton *m_again;
};

} // namespace bookdesk::pages
