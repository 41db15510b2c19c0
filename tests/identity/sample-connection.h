/// A connection file that is good, for tests to spoil member by member.
#pragma once

#include "core/json.h"
#include "identity/connection.h"

#include <QString>

namespace bookdesk::identity {

inline JsonObject sampleFile(const QString &authority = QStringLiteral("https://login.microsoftonline.com/"
                                                                       "c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"))
{
    return {{QStringLiteral("name"), QStringLiteral("Library")},
            {QStringLiteral("provider"), QStringLiteral("entra")},
            {QStringLiteral("authority"), authority},
            {QStringLiteral("clientId"), QStringLiteral("0d440d44-0d44-4d44-8d44-0d440d440d44")},
            {QStringLiteral("scopes"), JsonArray{QStringLiteral("api://6f1c/Books.Read")}},
            {QStringLiteral("apiBaseUrl"), QStringLiteral("https://books.example.org")},
            {QStringLiteral("audience"), QStringLiteral("6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c")}};
}

/// Ends the test where the file is not good.
inline Connection sampleConnection(const QString &authority)
{
    const Result<Connection> connection = readConnection(toCompactJson(sampleFile(authority)));
    if (!connection)
        qFatal("The sample is not valid: %s", qPrintable(connection.error().message));
    return *connection;
}

} // namespace bookdesk::identity
