/// The steps that both scripts for a shell begin and end with.
#pragma once

#include "registration/plan.h"
#include "registration/script.h"

namespace bookdesk::registration {

/// How the file begins. shellcheck is told that code in single quotes is meant as text: names are whatever they are.
QString shellHead();

/// What signs az in to the plan's tenant, in its cloud.
QString signInCommand(const Plan &plan);

/// Defines `stop`, which ends the script with a sentence, and `again`, which repeats a command.
Step beginShell();

/// Ends unless az is signed in to the plan's tenant; sets `graph`. Needs `stop`.
Step checkTenant(const Plan &plan);

/// Needs `api` and `client`, the IDs of the applications. A file that is there and another one is left alone.
Step writeConnectionFile(const Plan &plan);

} // namespace bookdesk::registration
