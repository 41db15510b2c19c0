/// Sentences of the books page that are put together from several values.
#pragma once

#include "books/books-api.h"

#include <QString>

namespace bookdesk::pages {

/// What a list has beside the rows of the table.
struct Unshown
{
    int ignored = 0;      ///< Entries that are no books.
    bool hasMore = false; ///< Books beyond those that are kept.
};

/// "11 of 2,418" while a search hides some, else "2,418 books" or "The first 200,000 of more books"; also says how many
/// entries cannot be shown.
QString countText(int shown, int total, Unshown unshown);

/// What a failed deletion means for the book: it still exists, or nobody knows.
QString notDeletedText(books::OutcomeKind kind, const books::Book &book);

/// What to do, as the window says it: where it has a button, the command line's words name a flag.
QString remedyInWindow(const books::ApiOutcome &outcome);

/// True if the list may no longer be right after such an outcome of a deletion.
bool isListOutdated(books::OutcomeKind kind);

} // namespace bookdesk::pages
