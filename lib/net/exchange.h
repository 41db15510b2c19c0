/// Exchange: one request and its response, for display; secrets were removed when it was made.
#pragma once

#include "core/clock.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace bookdesk::net {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

/// The header's first value in any case, or nothing.
std::optional<QByteArray> headerValue(const Headers &headers, QByteArrayView name);

/// A plain value made by AccessManager. Redacted, so it may be shown and saved. Any thread.
struct Exchange
{
    std::int64_t id = 0; ///< Counts up within one log.
    TimePoint started;
    std::optional<std::chrono::milliseconds> duration; ///< Nothing while it is under way.
    QByteArray method;
    QString url;
    Headers requestHeaders;
    QString requestBody;
    int status = 0; ///< 0 where no answer came.
    QString reason;
    Headers responseHeaders;
    QString responseBody; ///< At most 64 KiB of it; text only.
    QString failure;      ///< Why no answer came; empty if one did.

    bool isUnderWay() const { return !duration; }
};

} // namespace bookdesk::net
