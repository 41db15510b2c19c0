#include "pages/activity/exchanges-table.h"

#include "pages/activity/exchange-text.h"
#include "pages/activity/exchanges-model.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/card.h"
#include "widgets/column-shares.h"
#include "widgets/labels.h"
#include "widgets/row-delegate.h"
#include "widgets/row-table.h"
#include "widgets/words-filter.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Paints a state as a chip; one under way only as a mark, because nothing has come of it.
class StatusDelegate : public widgets::RowDelegate
{
public:
    explicit StatusDelegate(const ExchangesTable &table, QObject *parent)
        : RowDelegate(parent)
        , m_table(table)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RowDelegate::paint(painter, option, index);
        const auto *filter = static_cast<const QSortFilterProxyModel *>(index.model());
        const net::Exchange *exchange = m_table.model().exchange(filter->mapToSource(index).row());
        if (!exchange)
            return;
        const QPoint at(textRect(option).left(), option.rect.center().y());
        const widgets::PaintedChip chip = statusChip(*exchange);
        if (exchange->isUnderWay())
            widgets::paintMark(*painter, chip.icon, chip.text, style::Role::accent, at,
                               style::sectionFont(option.font));
        else
            widgets::paintChip(*painter, chip, at, option.font);
    }

protected:
    void drawText(QPainter &, const QRect &, const QString &, Qt::Alignment) const override {}

private:
    const ExchangesTable &m_table;
};

} // namespace

ExchangesTable::ExchangesTable(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_model(new ExchangesModel(clock, this))
    , m_filter(new widgets::WordsFilter(this))
    , m_view(new widgets::RowTable(this))
    , m_messageCard(new widgets::Card({}, this))
    , m_message(widgets::label({}, widgets::Look::muted, this))
    , m_stack(new QStackedLayout(this))
{
    m_filter->setSourceModel(m_model);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setUpView();
    m_stack->addWidget(m_view);
    m_messageCard->body()->addWidget(m_message);
    m_stack->addWidget(m_messageCard);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ExchangesTable::selectionChanged);
    connect(m_filter, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        const QModelIndexList rows = m_view->selectionModel()->selectedRows();
        if (!rows.isEmpty() && from.row() <= rows.first().row() && rows.first().row() <= to.row())
            Q_EMIT selectionChanged();
    });
    connect(m_filter, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_view->verticalScrollBar();
        m_isAtEnd = bar->value() == bar->maximum();
    });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ExchangesTable::followEnd);
    // Of the model, because the filter may hide what goes.
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ExchangesTable::showRowsOrReason);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ExchangesTable::showRowsOrReason);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ExchangesTable::showRowsOrReason);
    showRowsOrReason();
}

void ExchangesTable::setUpView()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_view->setObjectName(u"exchanges"_s);
    m_view->setAccessibleName(tr("Exchanges"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new widgets::RowDelegate(m_view));
    m_view->setItemDelegateForColumn(ExchangesModel::statusColumn, new StatusDelegate(*this, m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->verticalHeader()->setDefaultSectionSize(metrics.px(29));
    m_view->horizontalHeader()->setMinimumSectionSize(metrics.px(60));
    new widgets::ColumnShares(m_view, {15, 11, 43, 21, 10});
    auto *copy = new QShortcut(QKeySequence::Copy, m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &ExchangesTable::copyCell);
}

void ExchangesTable::setLog(net::ExchangeLog *log) { m_model->setLog(log); }

void ExchangesTable::setSearch(const QString &search)
{
    m_filter->setSearch(search);
    if (m_view->currentIndex().isValid())
        m_view->scrollTo(m_view->currentIndex());
    showRowsOrReason();
}

const net::Exchange *ExchangesTable::selected() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->exchange(m_filter->mapToSource(rows.first()).row());
}

bool ExchangesTable::select(std::int64_t id)
{
    const QModelIndex index = m_filter->mapFromSource(m_model->index(m_model->rowOf(id), 0));
    if (!index.isValid())
        return false;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    return true;
}

void ExchangesTable::setAttached(bool isAttached)
{
    style::setStyleProperty(*m_view, "attached", isAttached);
    style::setStyleProperty(*m_messageCard, "attached", isAttached);
}

int ExchangesTable::shown() const { return m_filter->rowCount(); }

void ExchangesTable::followEnd()
{
    if (m_isAtEnd)
        m_view->scrollToBottom();
}

void ExchangesTable::copyCell()
{
    const QString text = m_view->currentIndex().data().toString();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void ExchangesTable::showRowsOrReason()
{
    if (shown() == 0)
        m_message->setText(m_model->rowCount() > 0 ? tr("No exchange matches the filter")
                                                   : tr("Nothing has been sent yet"));
    m_stack->setCurrentIndex(shown() == 0 ? 1 : 0);
    Q_EMIT countChanged();
}

} // namespace bookdesk::pages
