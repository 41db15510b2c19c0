/// The order of books by title, author, year and ISBN, made where a list is read: comparing texts by the rules of a
/// language takes too long for a window.
#pragma once

#include "books/book.h"

#include <QString>

#include <optional>
#include <vector>

namespace bookdesk::books {

/// Gives every book its places among the others, by the rules of the default locale; numbers in texts count as numbers.
void putInOrder(std::vector<Book> &books);

/// The first number in @p text ("c. 1868", "-500", "1868–69"), or nothing.
std::optional<int> yearNumber(const QString &text);

} // namespace bookdesk::books
