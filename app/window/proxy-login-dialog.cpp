#include "window/proxy-login-dialog.h"

#include "core/text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::window {
namespace {

QString questionText(const net::ProxyLogins::Question &question)
{
    const QString proxy = visible(question.proxy);
    return question.isRepeated
               ? ProxyLoginDialog::tr("%1 has not accepted the name and the password. Check them, because some proxies "
                                      "lock an account after a few attempts.")
                     .arg(proxy)
               : ProxyLoginDialog::tr("%1 asks for a name and a password. They are kept until Bookdesk is closed, and "
                                      "are sent to this proxy only.")
                     .arg(proxy);
}

} // namespace

ProxyLoginDialog::ProxyLoginDialog(const net::ProxyLogins::Question &question, QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setWindowTitle(tr("Log in to the proxy"));
    setObjectName(u"proxyLogin"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(20), metrics.px(16), metrics.px(20), metrics.px(16));
    column->setSpacing(metrics.gap());
    QLabel *text = widgets::label(questionText(question), widgets::Look::body, this);
    text->setWordWrap(true);
    column->addWidget(text);
    makeForm();
    auto *cancel = widgets::pushButton(tr("Cancel"), {}, widgets::ButtonLook::plain, this);
    cancel->setObjectName(u"cancel"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(makeLogIn());
    column->addLayout(buttons);
    setMinimumWidth(metrics.px(400));
}

void ProxyLoginDialog::makeForm()
{
    m_user->setObjectName(u"proxyUser"_s);
    m_password->setObjectName(u"proxyPassword"_s);
    m_password->setEchoMode(QLineEdit::Password);
    auto *form = new QFormLayout;
    form->addRow(widgets::fieldLabel(tr("Name"), m_user), m_user);
    form->addRow(widgets::fieldLabel(tr("Password"), m_password), m_password);
    static_cast<QBoxLayout *>(layout())->addLayout(form);
}

/// Proxies want a name at least.
QPushButton *ProxyLoginDialog::makeLogIn()
{
    auto *logIn = widgets::pushButton(tr("Log in"), {}, widgets::ButtonLook::primary, this);
    logIn->setObjectName(u"logInToProxy"_s);
    logIn->setDefault(true);
    const auto showState = [this, logIn] {
        logIn->setEnabled(!m_user->text().isEmpty());
        logIn->setAccessibleDescription(logIn->isEnabled() ? QString() : tr("Write the name first."));
    };
    showState();
    connect(m_user, &QLineEdit::textChanged, logIn, showState);
    connect(logIn, &QPushButton::clicked, this, &ProxyLoginDialog::give);
    return logIn;
}

void ProxyLoginDialog::give()
{
    const net::ProxyLogin login{m_user->text(), Secret(m_password->text().toUtf8())};
    m_password->clear();
    accept();
    Q_EMIT given(login);
}

} // namespace bookdesk::window
