/// Exchanges as an HTTP archive, which browsers and other tools read.
#pragma once

#include "core/clock.h"
#include "core/task.h"
#include "net/exchange.h"

#include <QByteArray>
#include <QString>

#include <stop_token>
#include <vector>

namespace bookdesk::net {

/// HAR 1.2 of @p exchanges, also of those under way, which have lasted until @p now. Times that are not known are -1,
/// but 0 where the format allows no -1 (send, wait, receive). Without cookies; secrets were removed when the exchanges
/// were recorded. Any thread; takes time. Source: http://www.softwareishard.com/blog/har-12-spec/
QByteArray harOf(const std::vector<Exchange> &exchanges, TimePoint now);

/// Writes that to the file at @p path, which only its owner may read, on a thread of the pool. Errors:
/// file.not-written, stopped.
Task<void> saveHar(QString path, std::vector<Exchange> exchanges, TimePoint now, std::stop_token stop = {});

} // namespace bookdesk::net
