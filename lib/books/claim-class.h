/// The class of a claim's value: what can be said of it without the value itself.
#pragma once

#include "core/json.h"
#include "jose/verification.h"

#include <QString>

namespace bookdesk::books {

/// "GUID", "text of 12 characters", "time, 3 min ago", "list of 2", "as expected". Personal data stays out of it, so
/// that it can be shared. @p verification is of the claim's token. Any thread.
QString claimClass(const QString &name, const Json &value, const jose::Verification &verification);

} // namespace bookdesk::books
