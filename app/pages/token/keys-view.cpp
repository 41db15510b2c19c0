#include "pages/token/keys-view.h"

#include "pages/token/issuer-keys-card.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/labels.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <set>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;

KeysView::KeysView(workspace::Desks desks, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_desks(std::move(desks))
    , m_clock(std::move(clock))
    , m_count(widgets::label({}, Look::smallMuted, this))
    , m_list(new IssuersList(this))
    , m_card(new IssuerKeysCard(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::metricsOf(*this).gap());
    row->addWidget(makeIssuers());
    row->addWidget(m_card, 1);
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &KeysView::refresh);
    connect(m_list, &QListWidget::currentRowChanged, this, &KeysView::showDetail);
    connect(m_card, &IssuerKeysCard::refreshAsked, this, &KeysView::refreshKeys);
    connect(m_card, &IssuerKeysCard::exchangesAsked, this, &KeysView::exchangesAsked);
}

const widgets::Banner &KeysView::news() const { return m_card->news(); }

QWidget *KeysView::makeIssuers()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *issuers = new QWidget(this);
    issuers->setFixedWidth(metrics.px(250));
    m_list->setObjectName(u"issuers"_s);
    m_list->setAccessibleName(tr("Issuers in use"));
    QLabel *note = widgets::label(
        tr("Only issuers of your connections are ever asked for keys. An issuer named by a pasted token is not."),
        Look::smallMuted, this);
    note->setWordWrap(true);
    QLabel *title = widgets::label(tr("Issuers in use"), Look::strong, this);
    title->setWordWrap(true);
    m_count->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, metrics.px(4), 0, 0);
    top->addWidget(title);
    top->addWidget(m_count, 1);
    auto *column = new QVBoxLayout(issuers);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(8));
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(note);
    column->addStretch();
    return issuers;
}

void KeysView::refresh()
{
    m_issuers.clear();
    m_owners.clear();
    std::set<const identity::KeyStore *> seen; // the accounts of a connection share one
    for (workspace::Desk *desk : m_desks.opened ? m_desks.opened() : std::vector<workspace::Desk *>()) {
        if (!seen.insert(&desk->keys()).second)
            continue;
        for (identity::KeySnapshot &keys : desk->keys().snapshots()) {
            m_issuers.push_back({desk->connection().name, std::move(keys)});
            m_owners.emplace_back(desk);
        }
    }
    m_list->fill(m_issuers, m_clock());
    m_count->setText(tr("%1 of at most %2").arg(QString::number(m_issuers.size()), QString::number(32)));
    showDetail();
}

int KeysView::chosen() const
{
    const int row = m_list->currentRow();
    return row < static_cast<int>(m_issuers.size()) ? row : -1;
}

void KeysView::showDetail()
{
    m_card->setVisible(chosen() >= 0);
    if (chosen() >= 0)
        m_card->showIssuer(m_issuers.at(static_cast<std::size_t>(chosen())), m_clock());
}

void KeysView::refreshKeys()
{
    workspace::Desk *desk = chosen() < 0 ? nullptr : m_owners.at(static_cast<std::size_t>(chosen())).data();
    if (!desk)
        return;
    const QString issuer = m_issuers.at(static_cast<std::size_t>(chosen())).keys.source.issuer;
    QCoro::connect(desk->keys().refresh(issuer), this, [this](const Result<identity::IssuerKeys> &keys) {
        refresh();
        const bool isGood = keys && !keys->lastFailure;
        m_card->say(isGood ? tr("The keys were refreshed") : tr("The keys could not be refreshed"));
    });
    refresh();
}

void KeysView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    m_tick.start();
}

void KeysView::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QWidget::hideEvent(event);
}

} // namespace bookdesk::pages
