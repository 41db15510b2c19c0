/// The faults that FastAPI lists in the `detail` of a 422.
#pragma once

#include <QByteArrayView>
#include <QStringList>

namespace bookdesk::books {

/// "book_id (path): String should match pattern '^bk-'", one per fault, made safe for use in a sentence; the last one
/// says how many more there are. Empty where the body has another form. Source: FastAPI "Handling Errors".
QStringList validationFaults(QByteArrayView body);

} // namespace bookdesk::books
