/// ProxyPrompt: asks the person for the log-in that a proxy wants, on every page.
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace bookdesk::net {
class ProxyLogins;
}

namespace bookdesk::window {

class ProxyLoginDialog;

/// Waits until no other dialog is shown. GUI thread.
class ProxyPrompt : public QObject
{
    Q_OBJECT

public:
    /// @param logins must outlive it. @param window the dialog's parent, and this object's.
    ProxyPrompt(net::ProxyLogins &logins, QWidget *window);

    bool eventFilter(QObject *dialog, QEvent *event) override;

private:
    void ask();
    void close();

    net::ProxyLogins &m_logins;
    QWidget *m_window;
    QPointer<ProxyLoginDialog> m_dialog;
};

} // namespace bookdesk::window
