/// What a person is told after *Get fresh token*.
#pragma once

#include "core/result.h"

namespace bookdesk::window {

class NoticeArea;

/// What helps next, and deserves a button.
enum class AfterRefresh { nothing, signIn, showToken };

/// Tells of the outcome in @p notice; a refresh that the person ended is not news. GUI thread.
/// @param passes whether the token in use passes its checks.
AfterRefresh tellOfRefresh(NoticeArea &notice, const Result<void> &result, bool passes);

} // namespace bookdesk::window
