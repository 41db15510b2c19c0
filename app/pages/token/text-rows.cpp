#include "pages/token/text-rows.h"

namespace bookdesk::pages {

TextRows::TextRows(const QStringList &titles, QObject *parent)
    : QStandardItemModel(parent)
{
    setHorizontalHeaderLabels(titles);
}

void TextRows::fill(const std::vector<QStringList> &rows)
{
    if (rowCount() != static_cast<int>(rows.size()))
        setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const QStringList &cells = rows.at(static_cast<std::size_t>(row));
        for (int column = 0; column < cells.size(); ++column) {
            const QModelIndex cell = index(row, column);
            if (cell.data().toString() != cells[column])
                setData(cell, cells[column]);
        }
    }
}

} // namespace bookdesk::pages
