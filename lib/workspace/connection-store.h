/// ConnectionStore: the connections that a person has added, stored with the program's settings.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "identity/connection.h"

#include <QString>
#include <QStringList>

#include <cstddef>
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
    /// connection.store-failed, and those of identity::readConnection where it could not be read again.
    Result<identity::Connection> add(identity::Connection connection);
    /// Replaces the one with the same ID, which keeps its place, and returns it as it is read from now on. Errors: as
    /// add, connection.not-stored.
    Result<identity::Connection> update(const identity::Connection &connection);
    /// Errors: connection.not-stored, connection.store-failed.
    Result<void> remove(const QString &id);
    /// Lets two of them change places. Errors: as remove.
    Result<void> swap(const QString &id, const QString &other);

    /// With other names where they are taken, by a stored connection or one before: "Contoso 2". They are not added.
    std::vector<identity::Connection> withFreeNames(std::vector<identity::Connection> connections) const;

private:
    /// The entries, and where among them the ones with the IDs looked for are.
    struct Found
    {
        JsonArray entries;
        std::vector<std::size_t> places;
    };

    Result<Found> find(const QStringList &ids) const;
    Result<void> save(JsonArray entries) const;
    QString filePath() const;

    QString m_folder;
};

/// True if two names look the same to people.
bool isSameName(const QString &left, const QString &right);

/// That there is no such connection.
Error connectionNotStored();

} // namespace bookdesk::workspace
