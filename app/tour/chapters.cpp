#include "tour/chapters.h"

namespace bookdesk::tour {

std::vector<Chapter> chapters()
{
    return {signInChapter(), booksChapter(),    outcomesChapter(), tokenChapter(),
            labChapter(),    activityChapter(), settingsChapter(), windowChapter()};
}

} // namespace bookdesk::tour
