/// ConnectionStore: the connections that a person has added, stored with the program's settings.
#pragma once

#include "core/result.h"
#include "identity/connection.h"

#include <QString>

#include <vector>

namespace bookdesk::workspace {

/// One JSON file in @p folder, `connections.json`: an array of connection files' contents, each with the member `id`.
/// Entries that cannot be used are left untouched. It holds no secrets. One thread.
class ConnectionStore
{
public:
    explicit ConnectionStore(QString folder);

    /// What could be loaded, and what could not. An unreadable file is left as it is.
    struct Loaded
    {
        std::vector<identity::Connection> connections;
        std::vector<Error> problems;
    };
    Loaded load() const;

    const QString &folder() const { return m_folder; }

    /// Adds one, writes the file atomically, and returns the connection with its new ID. Never replaces one: a name
    /// that is taken, ignoring case, is an error, and so is the Sandbox's (connection.name-taken). Errors: also
    /// connection.store-failed.
    Result<identity::Connection> add(identity::Connection connection);

private:
    QString filePath() const;

    QString m_folder;
};

/// True if two names look the same to people.
bool isSameName(const QString &left, const QString &right);

} // namespace bookdesk::workspace
