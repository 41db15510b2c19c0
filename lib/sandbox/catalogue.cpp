#include "sandbox/catalogue.h"

#include "core/errors.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Catalogue)
};

} // namespace

Result<Catalogue> Catalogue::builtIn()
{
    QFile file(u":/bookdesk/catalogue/books.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(bookdesk::errors::jsonInvalid,
                       Texts::tr("The Sandbox's catalogue is missing from this program."),
                       Texts::tr("Reinstall Bookdesk."), {{facts::file, file.fileName()}});
    Result<Json> books = parseJson(file.readAll());
    if (!books)
        return failure(books.error());
    const JsonArray *array = books->asArray();
    if (!array)
        return failure(bookdesk::errors::jsonWrongType, Texts::tr("The Sandbox's catalogue is damaged."),
                       Texts::tr("Reinstall Bookdesk."), {{facts::got, books->typeName()}});
    return Catalogue(*array);
}

void Catalogue::remove(const QString &id)
{
    std::erase_if(m_books, [&id](const Json &book) {
        const JsonObject *object = book.asObject();
        const Json *bookId = object ? object->find(u"id") : nullptr;
        const QString *text = bookId ? bookId->asString() : nullptr;
        return text && *text == id;
    });
}

} // namespace bookdesk::sandbox
