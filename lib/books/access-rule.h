/// AccessRule: what an endpoint requires of a token.
#pragma once

#include "jose/grants.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace bookdesk::books {

using jose::bareScope;

/// A plain value. Any thread.
struct AccessRule
{
    QByteArray method;
    QString path; ///< With `{book_id}` as a placeholder.
    QStringList scopes;
    QStringList roles;
};

/// "DELETE /api/v1/books/{book_id}".
QString operationOf(const AccessRule &rule);

/// `GET /api/v1/books`: scope Books.Read.
AccessRule listRule();
/// `DELETE /api/v1/books/{book_id}`: app role Books.Admin, no scope.
AccessRule deleteRule();

} // namespace bookdesk::books
