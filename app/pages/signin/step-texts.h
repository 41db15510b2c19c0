/// The texts for the steps of a sign-in, by their state.
#pragma once

#include "identity/sign-in.h"

#include <QString>

namespace bookdesk::pages {

QString stepName(const identity::StepProgress &progress);

/// The step's own note, or else the time when it was done.
QString stepNote(const identity::StepProgress &progress);

/// "4:32 left"
QString timeLeftText(std::chrono::seconds left);

} // namespace bookdesk::pages
