/// Dates in HTTP headers.
#pragma once

#include "core/clock.h"

#include <QByteArray>

#include <optional>

namespace bookdesk::net {

/// RFC 9110 section 5.6.7; the obsolete forms are taken for no date. Any thread.
std::optional<TimePoint> readHttpDate(const std::optional<QByteArray> &header);

} // namespace bookdesk::net
