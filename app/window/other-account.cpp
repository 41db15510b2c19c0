#include "window/other-account.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "window/account-facts.h"
#include "window/avatar.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Kind;
using widgets::Look;

OtherAccount::OtherAccount(const QString &id, QWidget *parent)
    : AccountGroup(AvatarLook::other, parent)
    , m_id(id)
    , m_stateIcon(new widgets::IconLabel({}, style::Role::text, this))
    , m_state(widgets::label({}, Look::small, this))
    , m_switch(widgets::pushButton(tr("Switch"), u"swap"_s, widgets::ButtonLook::plain, this))
{
    setObjectName(u"otherAccount"_s);
    auto *state = new QWidget(this);
    auto *row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::metricsOf(*state).px(6));
    m_stateIcon->setLogicalSize(13);
    row->addWidget(m_stateIcon);
    m_state->setWordWrap(true);
    row->addWidget(m_state, 1);
    addBelow(state);
    m_switch->setObjectName(u"panelSwitch"_s);
    addAtEnd(m_switch);
    connect(m_switch, &QPushButton::clicked, this, &OtherAccount::switchAsked);
}

void OtherAccount::setFacts(const AccountFacts &facts)
{
    setAccount(isolated(facts.name), isolated(facts.userName));
    setAccessibleName(accountSentence(facts));
    const Kind kind = stateKind(facts.state);
    m_stateIcon->setVisible(kind != Kind::neutral);
    if (kind != Kind::neutral)
        m_stateIcon->setIcon(widgets::kindIcon(kind), widgets::kindInk(kind));
    m_state->setText(stateAtConnection(facts));
    m_state->setAccessibleName(withoutIsolates(m_state->text()));
    m_switch->setAccessibleName(withoutIsolates(tr("Switch to %1").arg(isolated(facts.name))));
    m_switch->setAccessibleDescription(accountSentence(facts));
}

} // namespace bookdesk::window
