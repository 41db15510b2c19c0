/// The tour's script: what is done and what must be seen.
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace bookdesk::tour {

class Stage;

/// One step of the tour: what to do, and the picture it ends with.
struct Step
{
    QString name;  ///< The picture's file name without number and theme.
    QString title; ///< What the table says.
    std::function<void(Stage &)> play;
};

std::vector<Step> script();

} // namespace bookdesk::tour
