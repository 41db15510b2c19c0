/// RedactedLog: passes Qt's log messages through a Redactor before they are written.
#pragma once

#include "core/redaction.h"

namespace bookdesk {

/// While it lives, every message goes to standard error with its secrets removed, and with the queries of URLs. Create
/// one at a time, on the main thread and before other threads start; messages may come from any thread.
class RedactedLog
{
public:
    explicit RedactedLog(Redactor redactor);
    ~RedactedLog();
    RedactedLog(const RedactedLog &) = delete;
    RedactedLog &operator=(const RedactedLog &) = delete;
};

} // namespace bookdesk
