#include "books/book.h"

#include "books/errors.h"
#include "net/request-kind.h"

#include <QCoreApplication>

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
    return book;
}

} // namespace

QString fieldText(const Json &value)
{
    if (const QString *text = value.asString())
        return *text;
    return QString::fromUtf8(toCompactJson(value));
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
    list.books.reserve(entries->size());
    for (const Json &entry : *entries) {
        if (const JsonObject *book = entry.asObject())
            list.books.push_back(bookFrom(*book));
        else
            ++list.ignored;
    }
    if (const Json *user = object->find(u"user"); user && user->asString())
        list.user = *user->asString();
    return list;
}

} // namespace bookdesk::books
