/// RedactedLog: Qt's log messages pass a Redactor before they are written.
#pragma once

#include "core/redaction.h"

namespace bookdesk {

/// While it lives, every message goes to standard error with its secrets removed. One at a time, made on the main
/// thread before others start; messages may come from any thread.
class RedactedLog
{
public:
    explicit RedactedLog(Redactor redactor);
    ~RedactedLog();
    RedactedLog(const RedactedLog &) = delete;
    RedactedLog &operator=(const RedactedLog &) = delete;
};

} // namespace bookdesk
