/// The scripts of scriptFor, one function for each tool. No plan may have problems.
#pragma once

#include "registration/script.h"

namespace bookdesk::registration {

Script azScript(const Plan &plan);
Script azRestScript(const Plan &plan);
Script powerShellScript(const Plan &plan);
Script bicepFile(const Plan &plan);
Script terraformFile(const Plan &plan);

} // namespace bookdesk::registration
