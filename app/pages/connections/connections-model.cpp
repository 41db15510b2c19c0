#include "pages/connections/connections-model.h"

#include "core/isolation.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

QString textOf(const ConnectionRow &row, int column)
{
    switch (column) {
    case ConnectionsModel::nameColumn:
        return row.name;
    case ConnectionsModel::providerColumn:
        return row.provider;
    case ConnectionsModel::usedColumn:
        return row.used;
    case ConnectionsModel::testColumn:
        return row.test;
    default:
        return {};
    }
}

/// All that is painted in the cell.
QString spoken(const ConnectionRow &row, int column)
{
    QStringList parts{textOf(row, column)};
    if (column == ConnectionsModel::nameColumn) {
        for (const widgets::PaintedChip &chip : row.chips)
            parts += chip.text;
        parts += row.host;
    } else if (column == ConnectionsModel::testColumn) {
        parts += row.testNote;
    }
    parts.removeAll(QString());
    return withoutIsolates(parts.join(u", "_s));
}

} // namespace

void ConnectionsModel::setRows(std::vector<ConnectionRow> rows)
{
    const bool hasSameIds = std::ranges::equal(rows, m_rows, {}, &ConnectionRow::id, &ConnectionRow::id);
    if (!hasSameIds)
        beginResetModel();
    const std::vector<ConnectionRow> before = std::exchange(m_rows, std::move(rows));
    if (!hasSameIds)
        return endResetModel();
    for (int row = 0; row < rowCount(); ++row) {
        const auto place = static_cast<std::size_t>(row);
        if (m_rows[place] != before[place])
            Q_EMIT dataChanged(index(row, 0), index(row, columnsEnd - 1));
    }
}

const ConnectionRow *ConnectionsModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

int ConnectionsModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_rows, id, &ConnectionRow::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ConnectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ConnectionsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    const ConnectionRow *shown = row(index.row());
    if (!shown)
        return {};
    if (role == Qt::DisplayRole)
        return textOf(*shown, index.column());
    if (role == Qt::AccessibleTextRole)
        return spoken(*shown, index.column());
    return {};
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case nameColumn:
        return tr("Connection");
    case providerColumn:
        return tr("Provider");
    case usedColumn:
        return tr("Last used");
    case testColumn:
        return tr("Last test");
    default:
        return {};
    }
}

} // namespace bookdesk::pages
