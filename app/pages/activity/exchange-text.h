/// The words for an exchange: its row, its state, its times and its connection.
#pragma once

#include "core/clock.h"
#include "net/exchange-timing.h"
#include "net/exchange.h"
#include "widgets/painted-chip.h"

#include <QString>

#include <chrono>
#include <vector>

namespace bookdesk::pages {

/// "GET".
QString methodText(const net::Exchange &exchange);

/// "api" or "login": the server that the request goes to.
QString placeText(net::RequestKind kind);
/// "api · /api/v1/books". Control characters are visible.
QString whereText(const net::Exchange &exchange);

/// "14:20:03.114", in local time.
QString startText(const net::Exchange &exchange);

/// "200", "opened in browser", "no answer: time-out", "running".
widgets::PaintedChip statusChip(const net::Exchange &exchange);
/// As statusChip, with the server's own words: "200 OK".
widgets::PaintedChip fullStatusChip(const net::Exchange &exchange);

/// "148 ms", "10.0 s".
QString tookText(std::chrono::microseconds time);

/// "318 KB".
QString sizeText(qint64 bytes);

/// How long the exchange has lasted.
std::chrono::microseconds lasted(const net::Exchange &exchange, TimePoint now);

/// One line of the timing: "Connect", "with TLS", "70 ms".
struct PhaseText
{
    QString name;
    QString note;
    QString figure;
};
PhaseText phaseText(const net::Exchange &exchange, const net::PhaseTime &phase);

/// Host, port, address, protocol, proxy and authority, as far as they are known.
QString connectionText(const net::Exchange &exchange);

/// One header a line. Control characters are visible.
QString headersText(const net::Headers &headers);

/// "connected, waiting for the first byte for 5.3 s, gives up after 20 s".
QString progressText(const net::Exchange &exchange, TimePoint now);

} // namespace bookdesk::pages
