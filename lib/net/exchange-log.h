/// ExchangeLog: the last exchanges, in memory only.
#pragma once

#include "net/exchange.h"

#include <QObject>

#include <deque>

namespace bookdesk::net {

/// Holds the last 1,000, with those under way. Each change is told with the exchange's number, one at a time and when
/// it is done, so that a model can follow; receivers only look. GUI thread.
class ExchangeLog : public QObject
{
    Q_OBJECT

public:
    explicit ExchangeLog(QObject *parent = nullptr);

    /// Numbers an exchange that begins and keeps it, behind all others; returns its number.
    std::int64_t begin(Exchange exchange);
    /// Puts what has become of an exchange in its place; nothing happens where it has been removed.
    void end(Exchange exchange);

    /// In the order in which they began.
    const std::deque<Exchange> &exchanges() const { return m_exchanges; }
    const Exchange *find(std::int64_t id) const;

Q_SIGNALS:
    void begun(std::int64_t id);   ///< It is the last one.
    void ended(std::int64_t id);   ///< It has not moved.
    void removed(std::int64_t id); ///< It was the first one.

private:
    std::deque<Exchange> m_exchanges;
    std::int64_t m_nextId = 1;
};

} // namespace bookdesk::net
