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

namespace {

QWidget *makeState(const AccountFacts &facts, QWidget *parent)
{
    auto *state = new QWidget(parent);
    auto *row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::metricsOf(*state).px(6));
    const Kind kind = stateKind(facts.state);
    if (kind != Kind::neutral) {
        auto *icon = new widgets::IconLabel(widgets::kindIcon(kind), widgets::kindInk(kind), state);
        icon->setLogicalSize(13);
        row->addWidget(icon);
    }
    QLabel *text = widgets::label(stateAtConnection(facts), Look::small, state);
    text->setAccessibleName(withoutIsolates(text->text()));
    text->setWordWrap(true);
    row->addWidget(text, 1);
    return state;
}

} // namespace

OtherAccount::OtherAccount(const AccountFacts &facts, QWidget *parent)
    : AccountGroup(AvatarLook::other, parent)
{
    setObjectName(u"otherAccount"_s);
    setAccount(isolated(facts.name), isolated(facts.userName));
    addBelow(makeState(facts, this));
    setAccessibleName(accountSentence(facts));
    QPushButton *button = widgets::pushButton(tr("Switch"), u"swap"_s, widgets::ButtonLook::plain, this);
    button->setObjectName(u"panelSwitch"_s);
    button->setAccessibleDescription(accountSentence(facts));
    addAtEnd(button);
    connect(button, &QPushButton::clicked, this, &OtherAccount::switchAsked);
}

} // namespace bookdesk::window
