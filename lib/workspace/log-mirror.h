/// LogMirror: repeats in one log what happens in another, so that both are shown as one.
#pragma once

#include "net/exchange-log.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <optional>

namespace bookdesk::workspace {

/// Begins with what is under way. GUI thread.
class LogMirror : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    LogMirror(const net::ExchangeLog &from, net::ExchangeLog &to, QObject *parent = nullptr);

    /// The number in the log that is mirrored of the exchange with this number in the other; nothing for one of its
    /// own.
    std::optional<std::int64_t> original(std::int64_t id) const;

private:
    void begin(std::int64_t id);
    void end(std::int64_t id);
    void change(std::int64_t id);

    const net::ExchangeLog &m_from;
    net::ExchangeLog &m_to;
    std::map<std::int64_t, std::int64_t> m_copies; ///< By the numbers of the originals.
};

} // namespace bookdesk::workspace
