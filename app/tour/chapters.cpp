#include "tour/chapters.h"

namespace bookdesk::tour {

std::vector<Chapter> chapters()
{
    return {signInChapter(),   booksChapter(),       outcomesChapter(), tokenChapter(),    labChapter(),
            activityChapter(), connectionsChapter(), registerChapter(), settingsChapter(), windowChapter()};
}

} // namespace bookdesk::tour
