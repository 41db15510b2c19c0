/// StatusLine: token lifetime, key cache and API host at the bottom of the window.
#pragma once

#include "core/clock.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QPushButton;

namespace bookdesk::widgets {
class ElidedLabel;
class IconLabel;
} // namespace bookdesk::widgets
namespace bookdesk::workspace {
class Desk;
}

namespace bookdesk::window {

/// Shows what is known elsewhere, never news. Refreshed at most once a second, and only while visible.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Clock clock, QWidget *parent = nullptr);

    /// @param sandboxUrl where the Sandbox runs if @p desk is its connection's, else empty.
    void setDesk(workspace::Desk *desk, const QString &sandboxUrl);
    void refresh();

    QString tokenText() const;
    QString keysText() const;
    QString hostText() const;
    /// Why a server cannot be reached; empty where all can.
    QString offlineText() const;

Q_SIGNALS:
    void sandboxPageAsked();
    /// The person wants to know more about the keys.
    void keysAsked();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// Refreshes when something of it changes.
    void follow(workspace::Desk &desk);
    void leave(workspace::Desk &desk);
    void showToken();
    void showKeys();
    void showOffline();

    Clock m_clock;
    QPointer<workspace::Desk> m_desk;
    QTimer m_tick;
    widgets::IconLabel *m_tokenIcon;
    widgets::ElidedLabel *m_token;
    QPushButton *m_keys;
    widgets::IconLabel *m_offlineIcon;
    widgets::ElidedLabel *m_offline;
    QPushButton *m_sandboxPage;
    widgets::ElidedLabel *m_host;
};

} // namespace bookdesk::window
