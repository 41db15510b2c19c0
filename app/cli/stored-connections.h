/// The connections that the person has added in the window, for the commands.
#pragma once

#include "identity/connection.h"

#include <QString>

#include <optional>

namespace bookdesk::cli {

/// The stored connection with this name, or nothing.
std::optional<identity::Connection> connectionNamed(const QString &name);
/// The stored connection with this ID, or nothing.
std::optional<identity::Connection> connectionWithId(const QString &id);

/// The ID of the stored connection that has the content of @p connection, whatever its name is; empty where there is
/// none. A connection file has no ID of its own.
QString storedIdOf(const identity::Connection &connection);

} // namespace bookdesk::cli
