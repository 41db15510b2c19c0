/// The tour's chapters, one per page: what to do there and what to expect.
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

/// Steps that build on one another. Each chapter is played on a stage of its own, so none depends on another.
using Chapter = std::vector<Step>;

Chapter signInChapter();
Chapter booksChapter();
/// What calls of the API can lead to, apart from what the chapter of the books shows.
Chapter outcomesChapter();
Chapter tokenChapter();
Chapter labChapter();
Chapter activityChapter();
Chapter registerChapter();
Chapter connectionsChapter();
Chapter settingsChapter();
/// What belongs to no page: the account panel, dialogs of the window, small and large windows.
Chapter windowChapter();

/// All of them, in the order in which their pictures are numbered.
std::vector<Chapter> chapters();

} // namespace bookdesk::tour
