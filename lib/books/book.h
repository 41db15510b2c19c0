/// Book: one object of the API's list, with every field it has.
#pragma once

#include "core/json.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bookdesk::books {

/// Where a book belongs when a list is sorted, counted from 0, as putInOrder gives it; equal ones share a place.
struct Places
{
    static constexpr std::uint32_t none = ~std::uint32_t{0}; ///< Where there is nothing to sort by.

    std::uint32_t title = none;
    std::uint32_t author = none;
    std::uint32_t year = none;
    std::uint32_t isbn = none;

    friend bool operator==(const Places &, const Places &) = default;
};

/// A plain value. Known fields are texts for display (a number is turned into text). Any thread.
struct Book
{
    QString id, title, author, isbn, year;
    JsonObject fields;   ///< All of them, in the server's order, known ones included.
    QString search = {}; ///< As searchTextOf gives it, made where a list is read; long lists take time.
    Places places = {};  ///< Made there, too.

    friend bool operator==(const Book &, const Book &) = default;
};

/// A field's text for display: strings as they are, other values as JSON.
QString fieldText(const Json &value);

/// All the text of a book that people may search for, folded; only the beginning of long texts. Any thread.
QString searchTextOf(const Book &book);

/// How many books of a list are kept; more would only make the window slow.
inline constexpr std::size_t mostBooks = 200'000;

/// The API's list, as far as it could be read. A plain value.
struct BookList
{
    std::vector<Book> books;
    std::optional<QString> user; ///< The API's `user`; nothing for null and absent.
    std::size_t ignored = 0;     ///< Entries that are not JSON objects and cannot be shown.
    std::size_t leftOut = 0;     ///< Books beyond mostBooks.
};

/// Reads the body of a 200 response to the list request; any JSON object in `books` is a book. Errors:
/// books.response-invalid.
Result<BookList> readBookList(QByteArrayView body);

} // namespace bookdesk::books
