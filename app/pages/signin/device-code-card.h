/// DeviceCodeCard: a sign-in with the browser of another device: where to go, what to type there, and how long it
/// works.
#pragma once

#include "identity/device-code-sign-in.h"
#include "widgets/card.h"

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <optional>

class QHBoxLayout;
class QLabel;
class QLayout;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class ElidedLabel;
class IconLabel;
class QrPicture;
class ThinBar;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Shows one attempt and hides when it ends. Says the code once, and later that 5 min and 1 min are left. GUI thread.
class DeviceCodeCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit DeviceCodeCard(Clock clock, QWidget *parent = nullptr);

    /// @p attempt may be destroyed at any time. nullptr hides the card and forgets the code.
    void setAttempt(identity::DeviceCodeSignIn *attempt);
    void takeFocus();

    /// What it shows; empty before there is a code.
    QString userCode() const;
    QString link() const;
    QString timeLeft() const;
    QString state() const;
    const widgets::QrPicture &picture() const { return *m_picture; }

Q_SIGNALS:
    void newCodeAsked();
    /// *Use the browser on this computer*
    void browserAsked();

private:
    void addHead();
    void addSteps();
    QVBoxLayout *makeSteps();
    QHBoxLayout *makeLinkRow();
    QLayout *makeCodeRow();
    QLayout *makeStateRow();
    QVBoxLayout *makePicture();
    void addWarnings();
    void addButtons();
    void refresh();
    void showCode(const identity::DeviceCode &code);
    void forgetCode();
    void showState();
    void showTimeLeft();
    void announceTimeLeft(std::chrono::seconds left);
    void showNotice(const QString &text);
    void openLink();

    Clock m_clock;
    QPointer<identity::DeviceCodeSignIn> m_attempt;
    std::optional<identity::DeviceCode> m_shown;
    std::chrono::seconds m_said{0}; ///< The last time left that was said.
    QTimer m_tick;
    widgets::ElidedLabel *m_title;
    QLabel *m_left;
    widgets::ThinBar *m_bar;
    QWidget *m_steps; ///< All that needs a code.
    widgets::ValueLabel *m_link;
    QToolButton *m_copyLink;
    QToolButton *m_open;
    widgets::ValueLabel *m_code;
    QPushButton *m_copyCode;
    widgets::IconLabel *m_stateIcon;
    QLabel *m_state;
    QLabel *m_pace;
    QLabel *m_notice;
    widgets::QrPicture *m_picture;
    QPushButton *m_cancel;
    QPushButton *m_new;
    QPushButton *m_browser;
};

} // namespace bookdesk::pages
