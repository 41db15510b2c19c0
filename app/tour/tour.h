/// The guided tour: the real window on a real Sandbox, one picture and one verdict per step.
#pragma once

#include "style/colors.h"

#include <QString>

#include <optional>

class QApplication;

namespace bookdesk::tour {

/// How the tour is run.
struct TourOptions
{
    QString folder;                    ///< Where the pictures go; created if it is missing.
    std::optional<style::Theme> theme; ///< This theme only; if empty, light and then dark.
};

/// Prints a table of steps and their outcomes. @return 0 only if every step passed.
int run(QApplication &application, const TourOptions &options);

} // namespace bookdesk::tour
