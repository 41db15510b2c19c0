/// ProxyLoginDialog: asks for the name and password that a proxy wants.
#pragma once

#include "net/proxy-logins.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace bookdesk::window {

/// The field with the password is emptied when the dialog closes. GUI thread.
class ProxyLoginDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ProxyLoginDialog(const net::ProxyLogins::Question &question, QWidget *parent = nullptr);

Q_SIGNALS:
    void given(const bookdesk::net::ProxyLogin &login);

private:
    void makeForm();
    QPushButton *makeLogIn();
    void give();

    QLineEdit *m_user;
    QLineEdit *m_password;
};

} // namespace bookdesk::window
