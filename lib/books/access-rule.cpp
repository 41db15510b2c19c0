#include "books/access-rule.h"

using namespace Qt::StringLiterals;

namespace bookdesk::books {

QString operationOf(const AccessRule &rule) { return QString::fromLatin1(rule.method) + u' ' + rule.path; }

AccessRule listRule() { return {"GET"_ba, u"/api/v1/books"_s, {u"Books.Read"_s}, {}}; }

AccessRule deleteRule() { return {"DELETE"_ba, u"/api/v1/books/{book_id}"_s, {}, {u"Books.Admin"_s}}; }

} // namespace bookdesk::books
