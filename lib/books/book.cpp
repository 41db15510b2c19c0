#include "books/book.h"

#include "books/book-order.h"
#include "books/errors.h"
#include "core/text.h"
#include "net/request-kind.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Book)
};

constexpr JsonLimits bodyLimits{.bytes = net::usualBounds(net::RequestKind::api).bytes, .depth = 32};

tl::unexpected<Error> invalid(Facts why)
{
    return failure(errors::responseInvalid,
                   Texts::tr("The API's answer is not a list of books, so it cannot be shown."),
                   Texts::tr("Check that the connection's API address is that of a books API."), std::move(why));
}

tl::unexpected<Error> invalid(const QString &reason) { return invalid(Facts{{facts::reason, reason}}); }

QString knownField(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    return value && !value->isNull() ? fieldText(*value) : QString();
}

Book bookFrom(const JsonObject &object)
{
    Book book;
    book.id = knownField(object, u"id");
    book.title = knownField(object, u"title");
    book.author = knownField(object, u"author");
    book.isbn = knownField(object, u"isbn");
    book.year = knownField(object, u"year");
    book.fields = object;
    book.search = searchTextOf(book);
    return book;
}

/// Collects texts to search through, as long as there is room.
class SearchTexts
{
public:
    void add(const QString &text)
    {
        const QString beginning = text.left(std::min(longestText, m_room));
        m_room -= beginning.size();
        if (!beginning.isEmpty())
            m_texts += beginning;
    }

    void add(const Json &value)
    {
        if (m_room <= 0)
            return;
        if (const JsonArray *array = value.asArray()) {
            for (const Json &item : *array)
                add(item);
        } else if (const JsonObject *object = value.asObject()) {
            for (const auto &[name, member] : object->members())
                add(member);
        } else if (value.asString() || value.isNumber()) {
            add(fieldText(value));
        }
    }

    QString joined() const { return m_texts.join(u'\n'); }

private:
    static constexpr qsizetype longestText = 2'000;

    qsizetype m_room = 10'000;
    QStringList m_texts;
};

} // namespace

QString fieldText(const Json &value)
{
    if (const QString *text = value.asString())
        return *text;
    return QString::fromUtf8(toCompactJson(value));
}

QString searchTextOf(const Book &book)
{
    SearchTexts texts;
    // People type ISBNs with and without hyphens, so both are found.
    const QString isbn = book.isbn.left(100);
    for (const QString &text : {book.title, book.author, isbn, QString(isbn).remove(u'-'), book.year, book.id})
        texts.add(text);
    for (const auto &[name, value] : book.fields.members())
        texts.add(value);
    return searchText(texts.joined());
}

Result<BookList> readBookList(QByteArrayView body)
{
    const Result<Json> document = parseJson(body, bodyLimits);
    if (!document)
        return invalid(factsOfCause(document.error()));
    const JsonObject *object = document->asObject();
    if (!object)
        return invalid(Texts::tr("An object is expected. Found: %1.").arg(document->typeName()));
    const Json *books = object->find(u"books");
    if (!books)
        return invalid(Texts::tr("The member \"books\" is missing."));
    const JsonArray *entries = books->asArray();
    if (!entries)
        return invalid(Texts::tr("The member \"books\" must be an array. Found: %1.").arg(books->typeName()));

    BookList list;
    list.books.reserve(std::min(entries->size(), mostBooks));
    for (const Json &entry : *entries) {
        const JsonObject *book = entry.asObject();
        if (!book)
            ++list.ignored;
        else if (list.books.size() == mostBooks)
            ++list.leftOut;
        else
            list.books.push_back(bookFrom(*book));
    }
    putInOrder(list.books);
    if (const Json *user = object->find(u"user"); user && user->asString())
        list.user = *user->asString();
    return list;
}

} // namespace bookdesk::books
