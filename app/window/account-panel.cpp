#include "window/account-panel.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/buttons.h"
#include "widgets/fitting-area.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"
#include "window/other-account.h"
#include "window/panel-action.h"
#include "window/shown-account.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::ButtonLook;
using widgets::Look;

namespace {

constexpr int leastList = 58; ///< One account.
constexpr int mostList = 318; ///< Five of them.
constexpr int buttonMargin = 11;

} // namespace

AccountPanel::AccountPanel(Neighbours neighbours, QWidget *parent)
    : Card({}, parent)
    , m_next(neighbours)
{
    setAccessibleName(tr("Account"));
    body()->setContentsMargins(1, 0, 1, 0); // the dividers go from edge to edge
    body()->setSpacing(0);
    makeShown();
    makeOthers();
    makeSignOut();
    makeRest();
    connect(&m_next.opener, &QAbstractButton::toggled, this, &AccountPanel::setOpen);
    qApp->installEventFilter(this);
    setFixedWidth(std::max(style::metricsOf(*this).px(340), minimumSizeHint().width()));
    hide();
}

/// Below a divider, unless it is the first one.
QWidget *AccountPanel::addSection()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *section = new QWidget(this);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(metrics.px(13), metrics.px(10), metrics.px(13), metrics.px(10));
    column->setSpacing(metrics.px(8));
    if (body()->count() > 0)
        style::setEdge(*section, u"top"_s);
    body()->addWidget(section);
    return section;
}

void AccountPanel::makeShown()
{
    QWidget *section = addSection();
    m_shown = new ShownAccount(section);
    m_signIn = primary(tr("Sign in"), u"sign-in"_s, u"panelSignIn"_s);
    m_signInAgain = primary(tr("Sign in again"), u"sign-in"_s, u"panelSignInAgain"_s);
    m_freshToken = primary(tr("Get fresh token"), u"refresh"_s, u"panelFreshToken"_s);
    const QString hint = tr("It includes roles and permissions that were granted in the meantime.");
    m_freshToken->setToolTip(hint);
    m_freshToken->setAccessibleDescription(hint);
    for (QWidget *part : std::initializer_list<QWidget *>{m_shown, m_signIn, m_signInAgain, m_freshToken})
        section->layout()->addWidget(part);
    closeBefore(*m_signIn, &AccountPanel::signInAsked);
    closeBefore(*m_signInAgain, &AccountPanel::signInAgainAsked);
    closeBefore(*m_freshToken, &AccountPanel::freshTokenAsked);
}

void AccountPanel::makeOthers()
{
    m_othersSection = addSection();
    m_othersTitle = widgets::label(tr("Other accounts"), Look::smallMuted, m_othersSection);
    m_others = new widgets::FittingArea(leastList, mostList, m_othersSection);
    m_others->setAccessibleName(m_othersTitle->text());
    m_anotherAccount = widgets::pushButton(tr("Use another account…"), u"plus"_s, ButtonLook::flat, m_othersSection);
    m_anotherAccount->setObjectName(u"panelAnotherAccount"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_anotherAccount);
    row->addStretch(1);
    auto *column = static_cast<QVBoxLayout *>(m_othersSection->layout());
    // The button has a margin of its own.
    const int indent = style::metricsOf(*this).px(buttonMargin);
    const QMargins around = column->contentsMargins();
    column->setContentsMargins(around.left() - indent, around.top(), around.right(), around.bottom());
    m_othersTitle->setContentsMargins(indent, 0, 0, 0);
    auto *list = new QWidget;
    m_list = new QVBoxLayout(list);
    m_list->setContentsMargins(indent, 0, 0, 0);
    m_list->setSpacing(style::metricsOf(*this).px(8));
    m_others->setContent(list);
    column->addWidget(m_othersTitle);
    column->addWidget(m_others);
    column->addLayout(row);
    closeBefore(*m_anotherAccount, &AccountPanel::anotherAccountAsked);
    listOthers({});
}

void AccountPanel::makeSignOut()
{
    m_signOutSection = addSection();
    m_signOut = action(*m_signOutSection, tr("Sign out here"), u"sign-out"_s, u"panelSignOut"_s);
    m_signOutInBrowser =
        action(*m_signOutSection, tr("Sign out here and in the browser…"), u"browser"_s, u"panelSignOutInBrowser"_s);
    m_signOutInBrowser->setHint(tr("Signs out of other apps in that browser, too"));
    closeBefore(m_signOut->button(), &AccountPanel::signOutAsked);
    closeBefore(m_signOutInBrowser->button(), &AccountPanel::signOutInBrowserAsked);
}

void AccountPanel::makeRest()
{
    QWidget *section = addSection();
    m_sandboxPage = action(*section, tr("Open the Sandbox's control page"), u"browser"_s, u"panelSandboxPage"_s);
    m_sandboxPage->setHint(tr("Grant roles, cause faults and rotate keys there."));
    PanelAction *help = action(*section, tr("Keyboard shortcuts"), u"info"_s, u"panelHelp"_s);
    closeBefore(m_sandboxPage->button(), &AccountPanel::sandboxPageAsked);
    closeBefore(help->button(), &AccountPanel::helpAsked);
}

QPushButton *AccountPanel::primary(const QString &text, const QString &icon, const QString &name)
{
    QPushButton *button = widgets::pushButton(text, icon, ButtonLook::primary, this);
    button->setObjectName(name);
    return button;
}

/// The buttons' own margin keeps them off the edge.
PanelAction *AccountPanel::action(QWidget &section, const QString &text, const QString &icon, const QString &name)
{
    auto *action = new PanelAction(text, icon, {}, &section);
    action->button().setObjectName(name);
    const style::Metrics metrics = style::metricsOf(*this);
    section.layout()->setContentsMargins(metrics.px(2), metrics.px(6), metrics.px(8), metrics.px(6));
    section.layout()->setSpacing(metrics.px(2));
    section.layout()->addWidget(action);
    return action;
}

void AccountPanel::closeBefore(QPushButton &button, void (AccountPanel::*asked)())
{
    connect(&button, &QPushButton::clicked, this, [this, asked] {
        setOpen(false);
        Q_EMIT(this->*asked)();
    });
}

void AccountPanel::setAccounts(const AccountFacts &shown, const std::vector<AccountFacts> &others)
{
    m_shown->setFacts(shown);
    offer(shown);
    if (others != m_listed)
        listOthers(others);
    m_othersSection->setVisible(!others.empty() || shown.hasPerson);
    if (!isHidden())
        place();
}

void AccountPanel::offer(const AccountFacts &shown)
{
    const bool needsPerson = shown.state == AccountState::needsPerson;
    m_signIn->setVisible(!shown.hasPerson);
    m_signInAgain->setVisible(shown.hasPerson && needsPerson);
    m_freshToken->setVisible(shown.hasPerson && !needsPerson);
    m_anotherAccount->setVisible(shown.hasPerson);
    // What is kept for somebody who is not signed in can be removed, too.
    m_signOutSection->setVisible(!shown.id.isEmpty());
    m_signOut->setOffered(!shown.id.isEmpty());
    m_signOut->setHint(tr("Forgets the tokens of %1 on this computer").arg(isolated(shown.name)));
    m_signOutInBrowser->setOffered(shown.canSignOutInBrowser);
    m_sandboxPage->setOffered(shown.isSandbox);
}

/// A row stays with its account, so that its button keeps the focus, and is there for as long as its click lasts.
void AccountPanel::listOthers(const std::vector<AccountFacts> &others)
{
    std::vector<OtherAccount *> left = std::exchange(m_rows, {});
    for (const AccountFacts &facts : others) {
        const auto known = std::ranges::find(left, facts.id, &OtherAccount::id);
        OtherAccount *row = known == left.end() ? addRow(facts.id) : *known;
        std::erase(left, row);
        row->setFacts(facts);
        m_list->removeWidget(row);
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    for (OtherAccount *gone : left)
        removeRow(*gone);
    m_listed = others;
    m_others->setVisible(!others.empty());
    m_othersTitle->setVisible(!others.empty());
}

OtherAccount *AccountPanel::addRow(const QString &id)
{
    auto *row = new OtherAccount(id, m_list->parentWidget());
    connect(row, &OtherAccount::switchAsked, this, [this, id] {
        setOpen(false);
        Q_EMIT switchAsked(id);
    });
    return row;
}

void AccountPanel::removeRow(OtherAccount &row)
{
    if (isVisible() && widgets::holdsFocus(row))
        focusFirst();
    row.setParent(nullptr);
    row.deleteLater();
}

void AccountPanel::setOpen(bool isOpen)
{
    m_next.opener.setChecked(isOpen);
    setVisible(isOpen);
    if (!isOpen)
        return;
    place();
    raise();
    focusFirst();
}

void AccountPanel::focusFirst()
{
    for (QPushButton *first : {m_signIn, m_signInAgain, m_freshToken}) {
        if (!first->isHidden())
            first->setFocus(Qt::PopupFocusReason);
    }
}

/// No taller than the room above its lower edge; the list of accounts gives way.
void AccountPanel::place()
{
    const int gap = style::metricsOf(*this).px(8);
    const int bottom = m_next.below.y() - gap;
    layout()->activate();
    const int wanted = hasHeightForWidth() ? heightForWidth(width()) : sizeHint().height();
    resize(width(), std::min(wanted, bottom));
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
