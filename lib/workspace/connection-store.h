/// ConnectionStore: the connections that a person added, kept with the program's own small settings.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {

/// One JSON file in @p folder. One thread. No secrets in it.
class ConnectionStore
{
public:
    explicit ConnectionStore(QString folder);

    /// Reads what is there; a file that cannot be read is left as it is and reported, the good entries are kept.
    struct Loaded
    {
        std::vector<identity::Connection> connections;
        std::vector<Error> problems;
    };
    Loaded load() const;

    /// Adds one, written atomically. Never replaces: a name that is taken is an error (connection.name-taken).
    /// Errors: also connection.store-failed.
    Result<void> add(const identity::Connection &connection);

private:
    QString m_folder;
};

} // namespace bookdesk::workspace
