/// Points in time as people say them: "today 15:20, in 52 min".
#pragma once

#include "core/clock.h"

#include <QString>

namespace bookdesk::pages {

/// "today 15:20, in 52 min", "yesterday 23:10, 14 h ago", "3 May 2026 09:00, 12 days ago". Local time.
QString momentText(TimePoint moment, TimePoint now);

} // namespace bookdesk::pages
