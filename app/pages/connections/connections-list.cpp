#include "pages/connections/connections-list.h"

#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"
#include "widgets/round-frame.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

ConnectionsList::ConnectionsList(QWidget *parent)
    : Card({}, parent)
    , m_table(new ConnectionsTable(this))
    , m_hint(widgets::label({}, Look::muted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    body()->setContentsMargins(0, 0, 0, 0);
    body()->setSpacing(0);
    m_hint->setObjectName(u"onlySandbox"_s);
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(metrics.px(14), metrics.px(10), metrics.px(14), metrics.px(10));
    body()->addWidget(m_table, 1);
    body()->addWidget(m_hint);
    body()->addWidget(makeFoot());
    new widgets::RoundFrame(this);
    connect(m_table, &ConnectionsTable::selectionMoved, this, &ConnectionsList::enableMoves);
    const auto onKey = [this](const QKeySequence &key, void (ConnectionsList::*asked)()) {
        auto *shortcut = new QShortcut(key, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, asked);
    };
    onKey(Qt::ALT | Qt::Key_Up, &ConnectionsList::upAsked);
    onKey(Qt::ALT | Qt::Key_Down, &ConnectionsList::downAsked);
}

QWidget *ConnectionsList::makeFoot()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *foot = new QWidget(this);
    style::setEdge(*foot, u"top"_s);
    m_up = widgets::pushButton(tr("Up"), u"up"_s, ButtonLook::plain, foot);
    m_up->setObjectName(u"moveUp"_s);
    m_up->setAccessibleName(tr("Move the connection up"));
    m_up->setToolTip(tr("Alt+Up"));
    m_down = widgets::pushButton(tr("Down"), u"down"_s, ButtonLook::plain, foot);
    m_down->setObjectName(u"moveDown"_s);
    m_down->setAccessibleName(tr("Move the connection down"));
    m_down->setToolTip(tr("Alt+Down"));
    auto *order = new widgets::ElidedLabel(tr("Order on the sign-in page"), Look::smallMuted, foot);
    auto *keys = new widgets::ElidedLabel(tr("Double click or Return edits"), Look::smallMuted, foot);
    keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics.px(14), metrics.px(8), metrics.px(14), metrics.px(8));
    row->setSpacing(metrics.px(6));
    row->addWidget(order);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addStretch(1);
    row->addWidget(keys);
    connect(m_up, &QPushButton::clicked, this, &ConnectionsList::upAsked);
    connect(m_down, &QPushButton::clicked, this, &ConnectionsList::downAsked);
    return foot;
}

void ConnectionsList::show(std::vector<ConnectionRow> rows, const QString &hint)
{
    m_table->setRows(std::move(rows));
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    enableMoves();
}

/// The Sandbox stays where it is.
void ConnectionsList::enableMoves()
{
    const ConnectionsModel &model = m_table->connections();
    const QString sandbox = workspace::Workspace::sandboxId();
    const int row = model.rowOf(m_table->selectedId());
    const auto isOwn = [&model, &sandbox](int place) {
        const ConnectionRow *shown = model.row(place);
        return shown && shown->id != sandbox;
    };
    m_up->setEnabled(isOwn(row) && isOwn(row - 1));
    m_down->setEnabled(isOwn(row) && isOwn(row + 1));
}

} // namespace bookdesk::pages
