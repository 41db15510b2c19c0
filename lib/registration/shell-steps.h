/// The steps that both scripts for a shell begin and end with.
#pragma once

#include "registration/plan.h"
#include "registration/script.h"

namespace bookdesk::registration {

/// Defines `stop`, which ends the script with a sentence, and `again`, which repeats a command.
Step beginShell();

/// Ends unless az is signed in to the plan's tenant; sets `graph`. Needs `stop`.
Step checkTenant(const Plan &plan);

/// Needs `api` and `client`, the IDs of the applications.
Step writeConnectionFile(const Plan &plan);

} // namespace bookdesk::registration
