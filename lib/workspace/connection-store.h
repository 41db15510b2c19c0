/// ConnectionStore: the connections that a person added, kept with the program's own small settings.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {

/// One JSON file in @p folder, `connections.json`: an array of connection files' contents, each with the member `id`.
/// What is in it and cannot be used stays untouched. One thread. No secrets in it.
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

    /// Adds one, written atomically, and returns it with the ID that it has from now on. Never replaces: a name that is
    /// taken, in any case, is an error, and so is the Sandbox's (connection.name-taken). Errors: also
    /// connection.store-failed.
    Result<identity::Connection> add(identity::Connection connection);

private:
    QString filePath() const;

    QString m_folder;
};

} // namespace bookdesk::workspace
