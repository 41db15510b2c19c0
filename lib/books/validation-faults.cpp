#include "books/validation-faults.h"

#include "books/book.h"
#include "books/refusal.h"
#include "core/json.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::books {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ValidationFaults)
};

constexpr JsonLimits limits{.bytes = mostReadOfBody, .depth = 32};
constexpr std::size_t mostFaults = 5;

/// `["body", "items", 0, "year"]` is "items.0.year (body)"; a single part has no parentheses.
QString placeOf(const Json *loc)
{
    const JsonArray *parts = loc ? loc->asArray() : nullptr;
    if (!parts || parts->empty())
        return {};
    QStringList names;
    for (const Json &part : *parts)
        names += fieldText(part);
    const QString where = names.takeFirst();
    return quotable(names.isEmpty() ? where : u"%1 (%2)"_s.arg(names.join(u'.'), where));
}

/// Empty where it is no fault of FastAPI's form.
QString faultText(const Json &item)
{
    const JsonObject *fault = item.asObject();
    const Json *said = fault ? fault->find(u"msg") : nullptr;
    const QString *message = said ? said->asString() : nullptr;
    if (!message)
        return {};
    const QString place = placeOf(fault->find(u"loc"));
    return place.isEmpty() ? quotable(*message) : u"%1: %2"_s.arg(place, quotable(*message));
}

} // namespace

QStringList validationFaults(QByteArrayView body)
{
    const Result<Json> json = parseJson(body, limits);
    const JsonObject *object = json ? json->asObject() : nullptr;
    const Json *detail = object ? object->find(u"detail") : nullptr;
    const JsonArray *list = detail ? detail->asArray() : nullptr;
    if (!list)
        return {};
    QStringList faults;
    for (std::size_t i = 0; i < std::min(list->size(), mostFaults); ++i) {
        if (const QString fault = faultText((*list)[i]); !fault.isEmpty())
            faults += fault;
    }
    if (list->size() > mostFaults)
        faults += Texts::tr("%n more", nullptr, static_cast<int>(list->size() - mostFaults));
    return faults;
}

} // namespace bookdesk::books
