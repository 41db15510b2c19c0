#include "window/account-panel.h"

#include "core/text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Look;

AccountPanel::AccountPanel(QWidget *parent)
    : Card({}, parent)
    , m_name(new widgets::ValueLabel({}, Look::section, this))
    , m_rows(new widgets::KeyValueRows(this))
{
    setAccessibleName(tr("Account"));
    body()->addWidget(m_name);
    body()->addWidget(m_rows);
    m_signIn = addAction(tr("Sign in"), u"sign-in"_s, {});
    m_freshToken = addAction(tr("Get fresh token"), u"refresh"_s,
                             tr("It includes roles and permissions that were granted in the meantime."));
    m_anotherAccount = addAction(tr("Use another account"), u"account"_s, {});
    m_signOut = addAction(tr("Sign out here"), u"sign-out"_s,
                          tr("Forgets the tokens on this computer; the browser stays signed in."));
    m_sandboxPage = addAction(tr("Open the Sandbox's control page"), u"browser"_s,
                              tr("Grant roles, cause faults and rotate keys there."));
    m_help = addAction(tr("Keyboard shortcuts"), u"info"_s, {});
    m_signIn->setObjectName(u"panelSignIn"_s);
    m_freshToken->setObjectName(u"panelFreshToken"_s);
    m_anotherAccount->setObjectName(u"panelAnotherAccount"_s);
    m_signOut->setObjectName(u"panelSignOut"_s);
    m_sandboxPage->setObjectName(u"panelSandboxPage"_s);
    m_help->setObjectName(u"panelHelp"_s);
    connect(m_signIn, &QPushButton::clicked, this, &AccountPanel::signInAsked);
    connect(m_freshToken, &QPushButton::clicked, this, &AccountPanel::freshTokenAsked);
    connect(m_anotherAccount, &QPushButton::clicked, this, &AccountPanel::anotherAccountAsked);
    connect(m_signOut, &QPushButton::clicked, this, &AccountPanel::signOutAsked);
    connect(m_sandboxPage, &QPushButton::clicked, this, &AccountPanel::sandboxPageAsked);
    connect(m_help, &QPushButton::clicked, this, &AccountPanel::helpAsked);
    setFixedWidth(std::max(style::metricsOf(*this).px(320), minimumSizeHint().width()));
}

QPushButton *AccountPanel::addAction(const QString &text, const QString &icon, const QString &hint)
{
    QPushButton *button = widgets::pushButton(text, icon, widgets::ButtonLook::plain, this);
    button->setToolTip(hint);
    button->setAccessibleDescription(hint);
    body()->addWidget(button);
    return button;
}

void AccountPanel::setFacts(const AccountFacts &facts)
{
    m_name->setText(facts.isSignedIn ? visible(facts.name) : tr("Signed out"));
    std::vector<widgets::KeyValue> rows;
    const auto add = [&rows](const QString &key, const QString &value, Look look) {
        if (!value.isEmpty())
            rows.push_back({key, value, look});
    };
    add(tr("Sign-in name"), facts.userName, Look::body);
    add(tr("Connection"), facts.connection, Look::body);
    add(tr("Tenant"), facts.tenant, Look::mono);
    m_rows->setRows(rows);
    m_signIn->setVisible(!facts.isSignedIn);
    m_freshToken->setVisible(facts.isSignedIn);
    m_anotherAccount->setVisible(facts.isSignedIn);
    m_signOut->setVisible(facts.isSignedIn);
    m_sandboxPage->setVisible(facts.isSandbox);
    adjustSize();
}

void AccountPanel::takeFocus() { (m_signIn->isHidden() ? m_freshToken : m_signIn)->setFocus(Qt::PopupFocusReason); }

void AccountPanel::mousePressEvent(QMouseEvent *event) { event->accept(); }

void AccountPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT dismissed();
        return;
    }
    Card::keyPressEvent(event);
}

} // namespace bookdesk::window
