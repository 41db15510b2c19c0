#include "pages/signin/connection-list.h"

#include "core/address-text.h"
#include "core/isolation.h"
#include "core/text.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::Look;

namespace {

/// A card that acts for its radio button: a click anywhere on it chooses.
class ChoiceCard : public widgets::Card
{
public:
    ChoiceCard(QRadioButton *radio, QWidget *parent)
        : Card({}, parent)
        , m_radio(radio)
    {
        m_radio->setParent(this);
        m_radio->installEventFilter(this);
        connect(m_radio, &QRadioButton::toggled, this, [this](bool isChecked) { setChosen(isChecked); });
    }

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        m_radio->setChecked(true);
        m_radio->setFocus(Qt::MouseFocusReason);
        event->accept();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
            setRinged(event->type() == QEvent::FocusIn);
        return Card::eventFilter(watched, event);
    }

private:
    QRadioButton *m_radio;
};

} // namespace

ConnectionList::ConnectionList(QWidget *parent)
    : QWidget(parent)
    , m_cards(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(style::metricsOf(*this).px(8));
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool isChecked) {
        if (isChecked)
            Q_EMIT chosen(m_ids.at(id));
    });
}

void ConnectionList::setConnections(const std::vector<identity::Connection> &connections)
{
    // An arrow key chooses a connection; the buttons that it moves between stay.
    if (connections == m_connections)
        return;
    m_connections = connections;
    m_hadFocus = m_hadFocus || widgets::holdsFocus(*this);
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        m_group->removeButton(button);
    m_ids.clear();
    for (const identity::Connection &connection : connections)
        addCard(connection);
}

void ConnectionList::addCard(const identity::Connection &connection)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *radio = new QRadioButton;
    auto *card = new ChoiceCard(radio, this);
    const QString name = isolated(connection.name);
    const QString about = connection.isSandbox ? tr("Built in: an Entra-like tenant and a books API on this computer")
                                               : tr("%1 · %2").arg(connection.provider.name,
                                                                   shortened(hostText(connection.apiBaseUrl), 160));
    radio->setAccessibleName(withoutIsolates(name));
    radio->setAccessibleDescription(about);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.px(10));
    row->addWidget(radio);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(metrics.px(2));
    auto *first = new QHBoxLayout;
    first->setSpacing(metrics.px(8));
    auto *title = new widgets::ElidedLabel(name, Look::strong, card);
    first->addWidget(title);
    if (connection.isSandbox) {
        auto *chip = new widgets::Chip(widgets::Kind::accent, tr("no setup"), tr("No setup needed"), card);
        chip->setIcon({});
        first->addWidget(chip);
    }
    first->addStretch(1);
    texts->addLayout(first);
    QLabel *second = widgets::label(about, Look::smallMuted, card);
    second->setWordWrap(true);
    texts->addWidget(second);
    row->addLayout(texts, 1);
    card->body()->addLayout(row);
    m_group->addButton(radio, static_cast<int>(m_ids.size()));
    m_ids += connection.id;
    m_cards->addWidget(card);
}

void ConnectionList::setCurrent(const QString &id)
{
    const QSignalBlocker quiet(m_group);
    if (QAbstractButton *button = m_group->button(static_cast<int>(m_ids.indexOf(id))))
        button->setChecked(true);
    if (std::exchange(m_hadFocus, false))
        takeFocus();
}

void ConnectionList::takeFocus()
{
    QAbstractButton *checked = m_group->checkedButton();
    if (QAbstractButton *button = checked ? checked : m_group->button(0))
        button->setFocus(Qt::OtherFocusReason);
}

} // namespace bookdesk::pages
