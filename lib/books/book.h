/// Book: one object of the API's list, with every field it has.
#pragma once

#include "core/json.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace bookdesk::books {

/// A plain value. Known fields are texts for display (a number is turned into text). Any thread.
struct Book
{
    QString id, title, author, isbn, year;
    JsonObject fields; ///< All of them, in the server's order, known ones included.

    friend bool operator==(const Book &, const Book &) = default;
};

/// A field's text for display: strings as they are, other values as JSON.
QString fieldText(const Json &value);

/// The API's list, as far as it could be read. A plain value.
struct BookList
{
    std::vector<Book> books;
    std::optional<QString> user; ///< The API's `user`; nothing for null and absent.
    std::size_t ignored = 0;     ///< Entries that are not JSON objects and cannot be shown.
};

/// Reads the body of a 200 response to the list request; any JSON object in `books` is a book. Errors:
/// books.response-invalid.
Result<BookList> readBookList(QByteArrayView body);

} // namespace bookdesk::books
