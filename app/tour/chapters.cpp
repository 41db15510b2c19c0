#include "tour/chapters.h"

namespace bookdesk::tour {

std::vector<Chapter> chapters()
{
    return {signInChapter(),   booksChapter(),    outcomesChapter(), tokenChapter(), labChapter(),
            activityChapter(), registerChapter(), settingsChapter(), windowChapter()};
}

} // namespace bookdesk::tour
