/// Sentences of the books page that are put together from several values.
#pragma once

#include "books/books-api.h"
#include "jose/identity.h"

#include <QString>

namespace bookdesk::pages {

/// "Riley Reader (riley.reader@sandbox.test)", made safe to show.
QString accountText(const jose::Identity &identity);

/// "11 of 2,418" while a search hides some, else "2,418 books"; also says how many entries cannot be shown.
QString countText(int shown, int total, int ignored);

/// What a failed deletion means for the book: it still exists, or nobody knows.
QString notDeletedText(books::OutcomeKind kind, const books::Book &book);

/// Who deleted what, as the API says.
QString deletedText(const books::DeleteOutcome &result);

} // namespace bookdesk::pages
