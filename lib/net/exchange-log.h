/// ExchangeLog: the last exchanges, in memory only.
#pragma once

#include "net/exchange.h"

#include <QObject>

#include <cstddef>
#include <cstdint>
#include <deque>

namespace bookdesk::net {

/// Those under way are among them. Each change is announced by the exchange's number, one at a time and after it was
/// made, so that a model can follow; receivers must not change the log. GUI thread.
class ExchangeLog : public QObject
{
    Q_OBJECT

public:
    /// @param capacity how many of the last exchanges it holds.
    explicit ExchangeLog(std::size_t capacity = 1'000, QObject *parent = nullptr);

    /// Numbers and appends an exchange that begins; returns its number.
    std::int64_t begin(Exchange exchange);
    /// Replaces the exchange by what has become of it; does nothing if it has been removed.
    void end(Exchange exchange);
    /// Notes how far an exchange has come; does nothing if it has been removed.
    void progress(std::int64_t id, const Milestones &milestones);
    /// Replaces the beginning of a response's body by more of it. Where all bodies together would exceed 64 million
    /// characters, the oldest are cut; does nothing if the exchange has been removed.
    void setResponseBody(std::int64_t id, QString body, bool isCut);
    /// Removes all exchanges, because they are about a person who has signed out. One that is under way is not logged
    /// when it ends.
    void clear();

    /// In the order in which they began.
    const std::deque<Exchange> &exchanges() const { return m_exchanges; }
    const Exchange *find(std::int64_t id) const;

Q_SIGNALS:
    void begun(std::int64_t id);   ///< It is the last one.
    void ended(std::int64_t id);   ///< It has not moved.
    void changed(std::int64_t id); ///< It has come further, or its body has changed; it has not moved.
    void removed(std::int64_t id); ///< It was the first one.

private:
    Exchange *findToChange(std::int64_t id);
    void cutOldBodies();
    void removeOldest();

    const std::size_t m_capacity;
    std::deque<Exchange> m_exchanges;
    std::int64_t m_nextId = 1;
};

} // namespace bookdesk::net
