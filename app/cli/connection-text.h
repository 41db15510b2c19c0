/// A connection in words and as JSON.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "identity/connection.h"

#include <QString>

namespace bookdesk::cli {

/// Lines that show where @p connection signs in, whom it sends the token to, and whom it trusts: "Authority:    …".
QString connectionText(const identity::Connection &connection);

/// Its members as in a connection file, without its CA, and its ID if it has one.
JsonObject connectionJson(const identity::Connection &connection);

/// The stored connection with this name or ID. Errors: cli.usage, with a list of the names.
Result<identity::Connection> storedConnection(const QString &name);

} // namespace bookdesk::cli
