#include "window/shown-account.h"

#include "core/isolation.h"
#include "style/metrics.h"
#include "widgets/chip.h"
#include "window/account-facts.h"
#include "window/avatar.h"

#include <QHBoxLayout>

namespace bookdesk::window {

using namespace Qt::StringLiterals;
using widgets::Look;

namespace {

QWidget *makeMark(QWidget *parent)
{
    auto *mark = new QWidget(parent);
    auto *row = new QHBoxLayout(mark);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::metricsOf(*mark).px(4));
    auto *icon = new widgets::IconLabel(u"check"_s, style::Role::muted, mark);
    icon->setLogicalSize(14);
    row->addWidget(icon);
    row->addWidget(widgets::label(ShownAccount::tr("shown"), Look::smallMuted, mark));
    return mark;
}

} // namespace

ShownAccount::ShownAccount(QWidget *parent)
    : AccountGroup(AvatarLook::shown, parent)
    , m_mark(makeMark(this))
    , m_state(new widgets::Chip(widgets::Kind::neutral, {}, {}, this))
{
    setObjectName(u"shownAccount"_s);
    addBesideName(m_mark);
    addBelow(m_state);
}

/// The tenant tells apart what has the same name in two of them.
void ShownAccount::setFacts(const AccountFacts &facts)
{
    const bool isNobody = facts.id.isEmpty();
    const QString connection = isolated(facts.connection);
    const QString where = facts.userName.isEmpty() ? connection
                                                   //: A sign-in name and a connection: "riley@contoso.com · Contoso"
                                                   : tr("%1 · %2").arg(isolated(facts.userName), connection);
    setAccount(isNobody ? tr("Signed out") : isolated(facts.name), where);
    widgets::setPlainToolTip(line(), facts.tenant.isEmpty() ? QString() : tr("Tenant %1").arg(isolated(facts.tenant)));
    setAccessibleName(isNobody ? tr("Signed out") : accountSentence(facts));
    m_mark->setVisible(!isNobody);
    // One whose stored sign-in is not used says so by the button to sign in.
    m_state->setVisible(!isNobody && facts.state != AccountState::kept);
    m_state->set(stateKind(facts.state), stateText(facts.state), withoutIsolates(stateAtConnection(facts)));
}

} // namespace bookdesk::window
