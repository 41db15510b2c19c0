#include "widgets/column-shares.h"

#include <QEvent>
#include <QHeaderView>

#include <algorithm>
#include <numeric>
#include <utility>

namespace bookdesk::widgets {

ColumnShares::ColumnShares(QTableView *table, std::vector<int> shares)
    : QObject(table)
    , m_table(table)
    , m_shares(std::move(shares))
{
    m_table->viewport()->installEventFilter(this);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int section) {
        const bool isLast = section == m_table->horizontalHeader()->count() - 1; // follows the table's width
        if (!m_isSharing && !isLast)
            m_isSetByPerson = true;
    });
}

bool ColumnShares::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !m_isSetByPerson)
        share();
    return QObject::eventFilter(watched, event);
}

std::vector<int> ColumnShares::widths() const
{
    const QHeaderView &header = *m_table->horizontalHeader();
    const int space = m_table->viewport()->width();
    const int whole = std::max(std::accumulate(m_shares.begin(), m_shares.end(), 0), 1);
    std::vector<int> widths;
    for (const int share : m_shares)
        widths.push_back(std::max(space * share / whole, header.sectionSizeHint(static_cast<int>(widths.size()))));
    // What the headers need more than their shares, the widest column gives.
    const int excess = std::accumulate(widths.begin(), widths.end(), 0) - space;
    const auto widest = std::ranges::max_element(widths);
    *widest =
        std::max(*widest - std::max(excess, 0), header.sectionSizeHint(static_cast<int>(widest - widths.begin())));
    return widths;
}

void ColumnShares::share()
{
    m_isSharing = true;
    const std::vector<int> all = widths();
    for (int column = 0; column < static_cast<int>(all.size()); ++column)
        m_table->setColumnWidth(column, all[static_cast<std::size_t>(column)]);
    m_isSharing = false;
}

} // namespace bookdesk::widgets
