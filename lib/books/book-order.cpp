#include "books/book-order.h"

#include <QCollator>
#include <QRegularExpression>

#include <algorithm>
#include <cstdint>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

/// Longer texts are ordered by their beginnings.
constexpr qsizetype longestText = 500;

/// @param keyOf a book's key, or nothing where it has none; then it keeps Places::none. Equal keys share a place.
template <class KeyOf> void number(std::vector<Book> &books, std::uint32_t Places::*place, KeyOf keyOf)
{
    struct Entry
    {
        typename decltype(keyOf(Book()))::value_type key;
        std::size_t book;
    };
    const auto isBefore = [](const Entry &left, const Entry &right) { return left.key < right.key; };
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < books.size(); ++i) {
        if (auto key = keyOf(books[i]))
            entries.push_back({*std::move(key), i});
    }
    std::sort(entries.begin(), entries.end(), isBefore);
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        next += i > 0 && isBefore(entries[i - 1], entries[i]) ? 1 : 0;
        books[entries[i].book].places.*place = next;
    }
}

} // namespace

void putInOrder(std::vector<Book> &books)
{
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    const auto byText = [&collator](QString Book::*text) {
        return [&collator, text](const Book &book) -> std::optional<QCollatorSortKey> {
            if ((book.*text).isEmpty())
                return std::nullopt;
            return collator.sortKey((book.*text).left(longestText));
        };
    };
    number(books, &Places::title, byText(&Book::title));
    number(books, &Places::author, byText(&Book::author));
    number(books, &Places::isbn, byText(&Book::isbn));
    number(books, &Places::year, [](const Book &book) { return yearNumber(book.year.left(longestText)); });
}

std::optional<int> yearNumber(const QString &text)
{
    static const QRegularExpression digits(u"(?<![\\d–-])-?\\d{1,9}|\\d{1,9}"_s);
    const QRegularExpressionMatch match = digits.match(text);
    return match.hasMatch() ? std::optional(match.captured().toInt()) : std::nullopt;
}

} // namespace bookdesk::books
