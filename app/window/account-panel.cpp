#include "window/account-panel.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/key-value-rows.h"
#include "window/account-facts.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Look;

AccountPanel::AccountPanel(Neighbours neighbours, QWidget *parent)
    : Card({}, parent)
    , m_next(neighbours)
    , m_name(new widgets::ValueLabel({}, Look::section, this))
    , m_rows(new widgets::KeyValueRows(this, widgets::KeyValueRows::Placing::below))
{
    setAccessibleName(tr("Account"));
    body()->addWidget(m_name);
    m_rows->setContentsMargins(m_name->margin(), 0, 0, 0);
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
    closeBefore(*m_signIn, &AccountPanel::signInAsked);
    closeBefore(*m_freshToken, &AccountPanel::freshTokenAsked);
    closeBefore(*m_anotherAccount, &AccountPanel::anotherAccountAsked);
    closeBefore(*m_signOut, &AccountPanel::signOutAsked);
    closeBefore(*m_sandboxPage, &AccountPanel::sandboxPageAsked);
    closeBefore(*m_help, &AccountPanel::helpAsked);
    connect(&m_next.opener, &QAbstractButton::toggled, this, &AccountPanel::setOpen);
    qApp->installEventFilter(this);
    setFixedWidth(std::max(style::metricsOf(*this).px(340), minimumSizeHint().width()));
    hide();
}

void AccountPanel::closeBefore(QPushButton &button, void (AccountPanel::*asked)())
{
    connect(&button, &QPushButton::clicked, this, [this, asked] {
        setOpen(false);
        Q_EMIT(this->*asked)();
    });
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
    m_name->setBreakableText(facts.isSignedIn ? isolated(facts.name) : tr("Signed out"));
    std::vector<widgets::KeyValue> rows;
    const auto add = [&rows](const QString &key, const QString &value) {
        if (!value.isEmpty())
            rows.push_back({key, value, Look::body, widgets::Direction::isolated});
    };
    add(tr("Sign-in name"), facts.userName);
    add(tr("Connection"), facts.connection);
    if (!facts.tenant.isEmpty())
        rows.push_back({tr("Tenant"), facts.tenant, Look::mono});
    m_rows->setRows(rows);
    m_signIn->setVisible(!facts.isSignedIn);
    m_freshToken->setVisible(facts.isSignedIn);
    m_anotherAccount->setVisible(facts.isSignedIn);
    m_signOut->setVisible(facts.isSignedIn);
    m_sandboxPage->setVisible(facts.isSandbox);
    adjustSize();
}

void AccountPanel::setOpen(bool isOpen)
{
    m_next.opener.setChecked(isOpen);
    setVisible(isOpen);
    if (!isOpen)
        return;
    place();
    raise();
    (m_signIn->isHidden() ? m_freshToken : m_signIn)->setFocus(Qt::PopupFocusReason);
}

void AccountPanel::place()
{
    adjustSize();
    const int gap = style::metricsOf(*this).px(8);
    const int bottom = m_next.below.y() - gap;
    move(m_next.left.width() + gap, std::max(0, bottom - height()));
}

/// Whether an event in @p widget means that the person has turned to something else in the window.
bool AccountPanel::leadsAway(const QWidget &widget, const QEvent &event) const
{
    if (widget.window() != window() || &widget == this || isAncestorOf(&widget))
        return false;
    if (event.type() == QEvent::MouseButtonPress)
        return &widget != &m_next.opener;
    // A click on the opener closes the panel by itself.
    return event.type() == QEvent::FocusIn &&
           (&widget != &m_next.opener || static_cast<const QFocusEvent &>(event).reason() != Qt::MouseFocusReason);
}

bool AccountPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (!isHidden()) {
        if (const auto *widget = qobject_cast<QWidget *>(watched); widget && leadsAway(*widget, *event))
            setOpen(false);
    }
    return Card::eventFilter(watched, event);
}

void AccountPanel::mousePressEvent(QMouseEvent *event) { event->accept(); }

void AccountPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        setOpen(false);
        m_next.opener.setFocus(Qt::PopupFocusReason);
        return;
    }
    Card::keyPressEvent(event);
}

} // namespace bookdesk::window
