#include "widgets/column-shares.h"

#include <QEvent>
#include <QHeaderView>

#include <numeric>

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

void ColumnShares::share()
{
    const int whole = std::accumulate(m_shares.begin(), m_shares.end(), 0);
    if (whole <= 0)
        return;
    m_isSharing = true;
    for (std::size_t column = 0; column + 1 < m_shares.size(); ++column)
        m_table->setColumnWidth(static_cast<int>(column), m_table->viewport()->width() * m_shares[column] / whole);
    m_isSharing = false;
}

} // namespace bookdesk::widgets
