/// The tour's script: what to do and what to expect.
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
    QString title; ///< The text in the table.
    std::function<void(Stage &)> play;
};

std::vector<Step> script();

} // namespace bookdesk::tour
