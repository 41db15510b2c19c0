/// ExchangesModel: the exchanges of a log as rows, newest last.
#pragma once

#include "core/clock.h"
#include "net/exchange-log.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <cstdint>
#include <deque>
#include <optional>

namespace bookdesk::pages {

/// Follows the log by its signals. GUI thread.
class ExchangesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { timeColumn, methodColumn, whereColumn, statusColumn, tookColumn, columns };

    explicit ExchangesModel(Clock clock, QObject *parent = nullptr);

    /// @param log nullptr for none. It may be destroyed meanwhile.
    void setLog(net::ExchangeLog *log);
    /// The exchange of a row, or nullptr.
    const net::Exchange *exchange(int row) const;
    /// -1 where it is not in the log.
    int rowOf(std::int64_t id) const;
    /// The one under way that began first, or nullptr.
    const net::Exchange *longestRunning() const;
    int running() const;
    /// Shows how long those under way have lasted.
    void updateTimes();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void append(std::int64_t id);
    void removeFirst();
    void noteChange(std::int64_t id);

    Clock m_clock;
    QPointer<net::ExchangeLog> m_log;
    std::deque<std::int64_t> m_ids;
};

} // namespace bookdesk::pages
