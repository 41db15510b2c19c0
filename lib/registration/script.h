/// Script: one way to carry a plan out, step by step, each with what it does.
#pragma once

#include "registration/code.h"

#include <QString>

#include <array>
#include <vector>

namespace bookdesk::registration {

struct Plan;

struct Step
{
    Code code;
    QString meaning; ///< What it does, in a sentence or two; translated, without anything of the plan.

    friend bool operator==(const Step &, const Step &) = default;
};

/// Both the view and the file are made from it. A plain value. Any thread.
struct Script
{
    QString fileName; ///< To be saved under; empty where it is no file.
    QString runBy;    ///< "for az 2.50 and later"; translated.
    bool canBeRunTwice = false;
    QString runAgain = {}; ///< What to heed where it is run again; translated; empty where there is nothing.
    QString head;          ///< Lines that come first in the file and say nothing: `#!/bin/sh`.
    QString commentSign;   ///< What a comment begins with.
    std::vector<Step> steps;
};

/// The file: its head, and each step below what it does, as a comment.
QString fileText(const Script &script);

enum class Tool { az, azRest, powerShell, bicep, terraform };

inline constexpr std::array allTools{Tool::az, Tool::azRest, Tool::powerShell, Tool::bicep, Tool::terraform};

/// @p plan must have no problems.
Script scriptFor(const Plan &plan, Tool tool);

/// One value to enter in the portal.
struct PortalValue
{
    QString label; ///< As the portal calls it.
    QString value;

    friend bool operator==(const PortalValue &, const PortalValue &) = default;
};

struct PortalStep
{
    QString place; ///< "App registrations › New registration"
    std::vector<PortalValue> values;
    QString meaning;

    friend bool operator==(const PortalStep &, const PortalStep &) = default;
};

/// What to do in the Entra admin center. @p plan must have no problems.
std::vector<PortalStep> portalSteps(const Plan &plan);

} // namespace bookdesk::registration
