#include "pages/activity/exchanges-model.h"

#include "pages/activity/exchange-text.h"
#include "style/colors.h"
#include "style/metrics.h"

#include <QApplication>
#include <QBrush>

#include <algorithm>

namespace bookdesk::pages {
namespace {

QString cellText(const net::Exchange &exchange, int column, TimePoint now)
{
    switch (column) {
    case ExchangesModel::timeColumn:
        return startText(exchange);
    case ExchangesModel::methodColumn:
        return methodText(exchange);
    case ExchangesModel::whereColumn:
        return whereText(exchange);
    case ExchangesModel::statusColumn:
        return statusChip(exchange).text;
    case ExchangesModel::tookColumn:
        return exchange.isInBrowser ? QString() : tookText(lasted(exchange, now));
    default:
        return {};
    }
}

/// What screen readers get: the state in words, and no empty cell.
QString spokenText(const net::Exchange &exchange, int column, TimePoint now)
{
    if (column == ExchangesModel::statusColumn)
        return fullStatusChip(exchange).text;
    const bool isUnmeasured = column == ExchangesModel::tookColumn && exchange.isInBrowser;
    return isUnmeasured ? ExchangesModel::tr("in the browser, not measured") : cellText(exchange, column, now);
}

QVariant cellFont(int column)
{
    if (column >= ExchangesModel::statusColumn)
        return {};
    QFont font = style::monoFont(QApplication::font());
    font.setBold(column == ExchangesModel::methodColumn);
    return font;
}

bool isMuted(int column) { return column == ExchangesModel::timeColumn || column == ExchangesModel::tookColumn; }

} // namespace

ExchangesModel::ExchangesModel(Clock clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock))
{}

void ExchangesModel::setLog(net::ExchangeLog *log)
{
    if (m_log == log && log)
        return;
    if (m_log)
        disconnect(m_log, nullptr, this, nullptr);
    beginResetModel();
    m_log = log;
    m_ids.clear();
    if (m_log) {
        for (const net::Exchange &exchange : m_log->exchanges())
            m_ids.push_back(exchange.id);
    }
    endResetModel();
    if (!m_log)
        return;
    connect(m_log, &net::ExchangeLog::begun, this, &ExchangesModel::append);
    connect(m_log, &net::ExchangeLog::ended, this, &ExchangesModel::noteChange);
    connect(m_log, &net::ExchangeLog::changed, this, &ExchangesModel::noteChange);
    connect(m_log, &net::ExchangeLog::removed, this, &ExchangesModel::removeFirst);
    connect(m_log, &QObject::destroyed, this, [this] { setLog(nullptr); });
}

void ExchangesModel::append(std::int64_t id)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_ids.push_back(id);
    endInsertRows();
}

void ExchangesModel::removeFirst()
{
    beginRemoveRows({}, 0, 0);
    m_ids.pop_front();
    endRemoveRows();
}

void ExchangesModel::noteChange(std::int64_t id)
{
    const int row = rowOf(id);
    if (row >= 0)
        Q_EMIT dataChanged(index(row, statusColumn), index(row, tookColumn));
}

const net::Exchange *ExchangesModel::exchange(int row) const
{
    const bool isRow = m_log && row >= 0 && row < rowCount();
    return isRow ? m_log->find(m_ids[static_cast<std::size_t>(row)]) : nullptr;
}

int ExchangesModel::rowOf(std::int64_t id) const
{
    const auto found = std::ranges::lower_bound(m_ids, id);
    return found != m_ids.end() && *found == id ? static_cast<int>(found - m_ids.begin()) : -1;
}

const net::Exchange *ExchangesModel::longestRunning() const
{
    if (!m_log)
        return nullptr;
    const auto found = std::ranges::find_if(m_log->exchanges(), &net::Exchange::isUnderWay);
    return found != m_log->exchanges().end() ? &*found : nullptr;
}

int ExchangesModel::running() const
{
    return m_log ? static_cast<int>(std::ranges::count_if(m_log->exchanges(), &net::Exchange::isUnderWay)) : 0;
}

void ExchangesModel::updateTimes()
{
    for (int row = 0; row < rowCount(); ++row) {
        if (const net::Exchange *shown = exchange(row); shown && shown->isUnderWay())
            Q_EMIT dataChanged(index(row, tookColumn), index(row, tookColumn));
    }
}

int ExchangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int ExchangesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columns; }

QVariant ExchangesModel::data(const QModelIndex &index, int role) const
{
    const net::Exchange *shown = index.isValid() ? exchange(index.row()) : nullptr;
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*shown, index.column(), m_clock());
    case Qt::AccessibleTextRole:
        return spokenText(*shown, index.column(), m_clock());
    case Qt::FontRole:
        return cellFont(index.column());
    case Qt::ForegroundRole:
        return isMuted(index.column()) ? QVariant(QBrush(style::color(style::Role::muted))) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (index.column() == tookColumn ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant ExchangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == tookColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case timeColumn:
        return tr("Time");
    case methodColumn:
        return tr("Method");
    case whereColumn:
        return tr("Where");
    case statusColumn:
        return tr("Status");
    default:
        return tr("Took");
    }
}

} // namespace bookdesk::pages
