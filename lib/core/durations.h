/// Durations and points in time as people say them: "1 h 10 min", "in 52 min".
#pragma once

#include "core/clock.h"

#include <QString>

#include <chrono>

namespace bookdesk {

/// "12 s", "52 min", "1 h 10 min", "4 days": at most two units; smaller ones are cut off. Never negative. Any thread.
QString durationText(std::chrono::seconds duration);

/// How far @p moment is from @p now: "in 52 min", "3 min ago" or "just now". Any thread.
QString relativeText(TimePoint moment, TimePoint now);

/// "This computer's clock is 12 min fast, …": how far @p here is from the time in a server's answer. Empty where that
/// is less than a minute. Any thread.
QString clockDifference(TimePoint here, TimePoint server);

/// "today 15:20, in 52 min", "yesterday 23:10, 14 h ago", "3 May 2026 09:00, 12 days ago". Local time. Any thread.
QString momentText(TimePoint moment, TimePoint now);

} // namespace bookdesk
