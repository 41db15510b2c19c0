#include "window/proxy-prompt.h"

#include "net/proxy-logins.h"
#include "window/proxy-login-dialog.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace bookdesk::window {

ProxyPrompt::ProxyPrompt(net::ProxyLogins &logins, QWidget *window)
    : QObject(window)
    , m_logins(logins)
    , m_window(window)
{
    connect(&m_logins, &net::ProxyLogins::asked, this, &ProxyPrompt::ask);
    connect(&m_logins, &net::ProxyLogins::answered, this, &ProxyPrompt::close);
}

void ProxyPrompt::ask()
{
    const std::optional<net::ProxyLogins::Question> question = m_logins.question();
    if (!question || m_dialog)
        return;
    if (QWidget *other = QApplication::activeModalWidget()) {
        other->installEventFilter(this);
        return;
    }
    m_dialog = new ProxyLoginDialog(*question, m_window);
    connect(m_dialog, &ProxyLoginDialog::given, &m_logins, &net::ProxyLogins::give);
    connect(m_dialog, &ProxyLoginDialog::rejected, &m_logins, &net::ProxyLogins::decline);
    m_dialog->open();
}

/// Of the dialog that is in the way: when it goes, the question can be asked.
bool ProxyPrompt::eventFilter(QObject *dialog, QEvent *event)
{
    if (event->type() == QEvent::Hide) {
        dialog->removeEventFilter(this);
        QTimer::singleShot(0, this, &ProxyPrompt::ask);
    }
    return false;
}

/// The question may have been given up.
void ProxyPrompt::close()
{
    if (!m_dialog)
        return;
    disconnect(m_dialog, nullptr, &m_logins, nullptr);
    m_dialog->close();
    m_dialog = nullptr;
}

} // namespace bookdesk::window
