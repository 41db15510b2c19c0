/// Times and durations as people say them: "today 15:20, in 52 min".
#pragma once

#include "core/clock.h"

#include <QString>

#include <chrono>

namespace bookdesk::pages {

/// "52 min", "3 h 5 min", "12 s", "4 days": at most two units, never negative.
QString durationText(std::chrono::seconds duration);

/// "today 15:20, in 52 min", "yesterday 23:10, 14 h ago", "3 May 2026 09:00, 12 days ago". Local time.
QString momentText(TimePoint moment, TimePoint now);

} // namespace bookdesk::pages
