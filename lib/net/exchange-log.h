/// ExchangeLog: the last exchanges, in memory only.
#pragma once

#include "net/exchange.h"

#include <QObject>

#include <deque>

namespace bookdesk::net {

/// GUI thread. Holds the last 1,000.
class ExchangeLog : public QObject
{
    Q_OBJECT

public:
    explicit ExchangeLog(QObject *parent = nullptr);

    /// Numbers the exchange and keeps it; returns its number.
    std::int64_t add(Exchange exchange);
    const std::deque<Exchange> &exchanges() const { return m_exchanges; }
    const Exchange *find(std::int64_t id) const;

Q_SIGNALS:
    void added();

private:
    std::deque<Exchange> m_exchanges;
    std::int64_t m_nextId = 1;
};

} // namespace bookdesk::net
