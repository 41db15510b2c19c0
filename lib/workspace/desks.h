/// Desks: the connections and their desks, for pages that look beyond the desk in use.
#pragma once

#include "identity/connection.h"

#include <QString>

#include <functional>
#include <vector>

namespace bookdesk::workspace {

class Desk;

/// A plain value. Desks live as long as the workspace. GUI thread.
struct Desks
{
    std::function<std::vector<identity::Connection>()> connections; ///< All that are configured.
    std::function<Desk *(const QString &id)> open; ///< Any of the connection with this ID, made if need be; or nullptr.
    std::function<std::vector<Desk *>()> opened;   ///< All that there are.
};

} // namespace bookdesk::workspace
