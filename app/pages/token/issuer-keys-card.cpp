#include "pages/token/issuer-keys-card.h"

#include "core/isolation.h"
#include "core/text.h"
#include "pages/token/checks-list.h"
#include "pages/token/keys-delegate.h"
#include "pages/token/keys-texts.h"
#include "pages/token/text-rows.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/announcement.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/column-shares.h"
#include "widgets/labels.h"
#include "widgets/row-table.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::ButtonLook;
using widgets::Look;

namespace {

/// A part of the card that a line sets apart from the next one, on the side called @p edge.
QWidget *section(const char *edge, IssuerKeysCard &card)
{
    auto *made = new QWidget(&card);
    style::setEdge(*made, QString::fromLatin1(edge));
    return made;
}

/// A table of a few rows leaves the room below it to the next one.
void fitHeight(QTableView &table)
{
    const int rows = std::max(table.verticalHeader()->length(), style::metricsOf(table).px(31));
    table.setMaximumHeight(table.horizontalHeader()->sizeHint().height() + rows + 2 * table.frameWidth());
}

} // namespace

IssuerKeysCard::IssuerKeysCard(QWidget *parent)
    : Card({}, parent)
    , m_name(widgets::label({}, Look::section, this))
    , m_address(new widgets::ValueLabel({}, Look::mono, this))
    , m_refresh(widgets::pushButton(tr("Refresh now"), u"refresh"_s, ButtonLook::plain, this))
    , m_news(new widgets::Banner(this))
    , m_keysNote(widgets::label({}, Look::smallMuted, this))
    , m_keys(
          new TextRows({tr("kid"), tr("Key"), tr("alg stated"), tr("First seen"), tr("Last used"), tr("State")}, this))
    , m_leftOutNote(widgets::label({}, Look::smallMuted, this))
    , m_leftOut(new TextRows({tr("kid"), tr("Key"), tr("Why")}, this))
    , m_history(widgets::label({}, Look::smallMuted, this))
{
    m_leftOutTitle = makeTitle(tr("Left out"), m_leftOutNote);
    m_leftOutTable = makeTable(tr("Keys left out"), m_leftOut, {24, 30, 46});
    m_leftOutTable->setObjectName(u"leftOutKeys"_s);
    m_keysTable = makeTable(tr("Keys"), m_keys, {31, 16, 11, 13, 11, 18});
    m_keysTable->setObjectName(u"keys"_s);
    body()->setContentsMargins(1, 1, 1, 1);
    body()->setSpacing(0);
    body()->addWidget(makeTop());
    body()->addWidget(m_news);
    body()->addWidget(makeFigures());
    body()->addWidget(makeTitle(tr("Keys"), m_keysNote));
    body()->addWidget(m_keysTable, 30);
    body()->addWidget(m_leftOutTitle);
    body()->addWidget(m_leftOutTable, 20);
    body()->addStretch(1);
    body()->addWidget(makeBottom());
    connect(m_refresh, &QPushButton::clicked, this, &IssuerKeysCard::refreshAsked);
}

QWidget *IssuerKeysCard::makeTop()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_refresh->setObjectName(u"refreshKeys"_s);
    auto *copy = widgets::pushButton(tr("Copy"), u"copy"_s, ButtonLook::plain, this);
    copy->setObjectName(u"copyKeys"_s);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(keysReport(m_issuer.connection, m_issuer.keys, m_now)); });
    m_name->setWordWrap(true);
    m_address->setWordWrap(true);
    m_address->setObjectName(u"issuer"_s);
    m_name->setContentsMargins(2, 0, 0, 0); // as the room that the address has for its focus ring
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_address);
    QWidget *top = section("bottom", *this);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(metrics.px(12), metrics.px(10), metrics.px(14), metrics.px(10));
    row->setSpacing(metrics.px(10));
    row->addLayout(names, 1);
    row->addWidget(copy);
    row->addWidget(m_refresh);
    return top;
}

QWidget *IssuerKeysCard::makeFigures()
{
    const style::Metrics metrics = style::metricsOf(*this);
    QWidget *figures = section("bottom", *this);
    auto *row = new QHBoxLayout(figures);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(0);
    for (Figure &figure : m_figures) {
        figure = {widgets::label({}, Look::smallMuted, this), widgets::label({}, Look::strong, this),
                  widgets::label({}, Look::smallMuted, this)};
        QWidget *place = section(&figure == &m_figures.back() ? "" : "right", *this);
        auto *column = new QVBoxLayout(place);
        column->setContentsMargins(metrics.px(14), metrics.px(8), metrics.px(8), metrics.px(8));
        column->setSpacing(metrics.px(2));
        for (QLabel *label : {figure.name, figure.value, figure.note}) {
            label->setWordWrap(true);
            column->addWidget(label);
        }
        row->addWidget(place, 1);
    }
    return figures;
}

QWidget *IssuerKeysCard::makeTitle(const QString &title, QLabel *note)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *whole = new QWidget(this);
    auto *row = new QHBoxLayout(whole);
    row->setContentsMargins(metrics.px(14), metrics.px(10), metrics.px(14), metrics.px(8));
    row->setSpacing(metrics.px(10));
    row->addWidget(widgets::label(title, Look::strong, this));
    note->setWordWrap(true);
    row->addWidget(note, 1);
    return whole;
}

QWidget *IssuerKeysCard::makeBottom()
{
    QPushButton *exchanges = widgets::pushButton(tr("Show exchanges"), {}, ButtonLook::flat, this);
    exchanges->setObjectName(u"showKeyExchanges"_s);
    connect(exchanges, &QPushButton::clicked, this, &IssuerKeysCard::exchangesAsked);
    m_history->setWordWrap(true);
    const style::Metrics metrics = style::metricsOf(*this);
    QWidget *bottom = section("top", *this);
    auto *row = new QHBoxLayout(bottom);
    row->setContentsMargins(metrics.px(14), metrics.px(4), metrics.px(4), metrics.px(4));
    row->setSpacing(metrics.px(10));
    row->addWidget(m_history, 1);
    row->addWidget(exchanges);
    return bottom;
}

QTableView *IssuerKeysCard::makeTable(const QString &name, TextRows *rows, const std::vector<int> &shares)
{
    auto *table = new widgets::RowTable(this);
    table->setAccessibleName(name);
    table->setModel(rows);
    table->setItemDelegate(new KeysDelegate(table));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setMinimumSectionSize(style::metricsOf(*this).px(50));
    table->horizontalHeader()->setSectionsClickable(false);
    new widgets::ColumnShares(table, shares);
    frameless(*table);
    connect(table->verticalHeader(), &QHeaderView::sectionResized, table, [table] { fitHeight(*table); });
    auto *copy = new QShortcut(QKeySequence::Copy, table);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, table, [table] {
        if (table->currentIndex().isValid())
            QApplication::clipboard()->setText(table->currentIndex().siblingAtColumn(0).data().toString());
    });
    return table;
}

void IssuerKeysCard::showIssuer(const IssuerEntry &issuer, TimePoint now)
{
    m_issuer = issuer;
    m_now = now;
    m_name->setText(isolated(issuer.connection));
    m_name->setAccessibleName(withoutIsolates(m_name->text()));
    m_address->setBreakableText(visible(issuer.keys.source.issuer));
    m_refresh->setEnabled(issuer.keys.state != identity::KeysState::fetching && !issuer.keys.nextRefresh);
    showNews();
    showFigures();
    showKeys();
    m_history->setText(tr("History: %1").arg(keysHistory(issuer.keys)));
}

void IssuerKeysCard::showFigures()
{
    const std::vector<KeysFigure> figures = keysFigures(m_issuer.keys, m_now);
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        m_figures.at(i).name->setText(figures.at(i).name);
        m_figures.at(i).value->setText(figures.at(i).value);
        m_figures.at(i).note->setText(figures.at(i).note);
    }
}

void IssuerKeysCard::showKeys()
{
    const identity::KeySnapshot &keys = m_issuer.keys;
    const std::size_t published = keys.keys.size() + keys.leftOut.size();
    m_keysNote->setText(
        tr("%1 of %2 published are usable here").arg(QString::number(keys.keys.size()), QString::number(published)));
    m_keys->fill(keyRows(keys, m_now));
    for (int row = 0; row < m_keys->rowCount(); ++row)
        m_keys->setData(m_keys->index(row, m_keys->columnCount() - 1),
                        keys.keys.at(static_cast<std::size_t>(row)).lastUsed.has_value(), KeysDelegate::isUsedRole);
    m_leftOutNote->setText(
        tr("%n published keys, and why they are not used", nullptr, static_cast<int>(keys.leftOut.size())));
    m_leftOutTitle->setVisible(!keys.leftOut.empty());
    m_leftOutTable->setVisible(!keys.leftOut.empty());
    m_leftOut->fill(leftOutRows(keys));
    fitHeight(*m_keysTable);
    fitHeight(*m_leftOutTable);
}

/// The banner announces itself, so it is shown only where it says something new.
void IssuerKeysCard::showNews()
{
    const std::optional<widgets::BannerText> news = keysNews(m_issuer.keys, m_now);
    const QString shown = news ? news->headline + news->text : QString();
    if (shown == m_newsShown)
        return;
    m_newsShown = shown;
    if (news)
        m_news->show(*news);
    else
        m_news->forget();
}

void IssuerKeysCard::say(const QString &text) { widgets::announce(*m_refresh, text); }

} // namespace bookdesk::pages
