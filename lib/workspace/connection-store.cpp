#include "workspace/connection-store.h"

#include "core/json.h"
#include "core/text.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace bookdesk::workspace {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionStore)
};

// Has room for many connections with embedded certificates.
constexpr JsonLimits limits{16 * 1024 * 1024, 10};

Error unreadable(const QString &path, const Facts &why)
{
    const QString shown = QDir::toNativeSeparators(path);
    return {errors::connectionStoreFailed,
            Texts::tr("The saved connections cannot be read. The file “%1” was left as it is.").arg(shown),
            Texts::tr("Repair or remove the file."), merged({{facts::file, shown}}, why)};
}

tl::unexpected<Error> unwritable(const QString &path, const QString &why)
{
    const QString shown = QDir::toNativeSeparators(path);
    return failure(errors::connectionStoreFailed, Texts::tr("The connections could not be saved to “%1”.").arg(shown),
                   Texts::tr("Check the free space and your permissions there, and try again."),
                   {{facts::file, shown}, {facts::reason, why}});
}

Error idTaken()
{
    return {errors::connectionStoreFailed, Texts::tr("Its entry has the ID of another connection."),
            Texts::tr("Remove the entry from the file and add the connection again.")};
}

/// The entries as they are in the file; none where there is no file.
Result<JsonArray> readEntries(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return JsonArray();
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(path, {{facts::reason, file.errorString()}}));
    const Result<Json> json = parseJson(file.read(limits.bytes + 1), limits);
    if (!json)
        return failure(unreadable(path, factsOfCause(json.error())));
    const JsonArray *entries = json->asArray();
    if (!entries)
        return failure(
            unreadable(path, {{facts::reason, Texts::tr("It must hold an array. Found: %1.").arg(json->typeName())}}));
    return *entries;
}

/// The entry's name, if it has one, even if the rest is unusable.
QString nameOf(const Json &entry)
{
    const JsonObject *object = entry.asObject();
    const Json *name = object ? object->find(u"name") : nullptr;
    const QString *text = name ? name->asString() : nullptr;
    return text ? *text : QString();
}

/// Entries that were written before connections had IDs get one from their name, which is unique.
QString idByName(const QString &name)
{
    static const QUuid space(u"{6d1c6f0e-6a54-4a0b-9a35-0c5a5b1c2f47}"_s);
    return QUuid::createUuidV5(space, name.simplified().toCaseFolded()).toString(QUuid::WithoutBraces);
}

/// A file may have been swapped since somebody was asked about it.
bool namesACertificateFile(const JsonObject &entry)
{
    const Json *written = entry.find(u"caFile");
    const QString *text = written ? written->asString() : nullptr;
    return text && !text->contains("-----BEGIN"_L1);
}

Error certificateIsAFile()
{
    return {errors::connectionStoreFailed,
            Texts::tr("Its CA is stored as a file's name, and nobody was asked about what is in that file now."),
            Texts::tr("Remove the entry from the file and add the connection again.")};
}

/// The connection of an entry, with its ID.
Result<identity::Connection> readEntry(const Json &entry)
{
    if (!entry.asObject())
        return identity::readConnection(toCompactJson(entry));
    JsonObject object = *entry.asObject();
    if (namesACertificateFile(object))
        return failure(certificateIsAFile());
    const Json *written = object.find(u"id");
    const QString id = written && written->asString() ? *written->asString() : QString();
    object.remove(u"id");
    Result<identity::Connection> connection = identity::readConnection(toCompactJson(std::move(object)));
    if (connection)
        connection->id = id.isEmpty() ? idByName(connection->name) : id;
    return connection;
}

/// An entry, and the connection that the next start reads from it.
struct Written
{
    Json entry;
    identity::Connection connection;
};

Result<Written> writeEntry(const identity::Connection &connection)
{
    const Result<JsonObject> written = parseJsonObject(identity::writeConnection(connection), limits);
    if (!written)
        return failure(written.error());
    JsonObject object{{u"id"_s, connection.id}};
    for (const auto &[name, value] : written->members())
        object.append(name, value);
    Json entry(std::move(object));
    Result<identity::Connection> read = readEntry(entry);
    if (!read)
        return failure(read.error());
    return Written{std::move(entry), *std::move(read)};
}

Error nameTaken(const QString &name)
{
    return {
        errors::connectionNameTaken,
        Texts::tr("There is already a connection named “%1”, and a connection is never replaced.").arg(visible(name)),
        Texts::tr("Give the new one another name.")};
}

/// Always taken, whether or not the Sandbox runs.
bool isReserved(const QString &name) { return isSameName(name, u"Sandbox"_s); }

Error entryProblem(std::size_t index, const QString &name, const Error &why)
{
    const QString message =
        name.isEmpty()
            ? Texts::tr("The saved connection number %1 is left out. %2").arg(index + 1).arg(why.message)
            : Texts::tr("The saved connection “%1” is left out. %2").arg(shortened(visible(name), 60), why.message);
    return {why.code, message, why.remedy, why.facts};
}

/// What could be read, with its place among the entries, and what could not.
struct Entries
{
    std::vector<std::pair<std::size_t, identity::Connection>> connections;
    std::vector<Error> problems;
};

/// Of two that have one name or one ID, the first counts.
Entries usable(const JsonArray &entries)
{
    Entries read;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Result<identity::Connection> connection = readEntry(entries[i]);
        const auto hasSameName = [&](const auto &known) { return isSameName(known.second.name, connection->name); };
        const auto hasSameId = [&](const auto &known) { return known.second.id == connection->id; };
        if (!connection)
            read.problems.push_back(entryProblem(i, nameOf(entries[i]), connection.error()));
        else if (isReserved(connection->name) || std::ranges::any_of(read.connections, hasSameName))
            read.problems.push_back(entryProblem(i, connection->name, nameTaken(connection->name)));
        else if (std::ranges::any_of(read.connections, hasSameId))
            read.problems.push_back(entryProblem(i, connection->name, idTaken()));
        else
            read.connections.emplace_back(i, *std::move(connection));
    }
    return read;
}

/// A number is added where the name is taken, or a small one at its end is counted up.
QString freeName(const QString &wanted, const QStringList &taken)
{
    const auto isTakenName = [&](const QString &name) {
        return std::ranges::any_of(taken, [&](const QString &other) { return isSameName(other, name); });
    };
    if (!isTakenName(wanted))
        return wanted;
    static const QRegularExpression numbered(u"\\A(.+) ([1-9][0-9]?)\\z"_s);
    const QRegularExpressionMatch match = numbered.match(wanted);
    constexpr qsizetype longestBase = 90; // A name may have 100 characters.
    QString base = (match.hasMatch() ? match.captured(1) : wanted).left(longestBase);
    if (base.back().isHighSurrogate())
        base.chop(1); // Half of a character is none.
    QString name;
    int number = match.hasMatch() ? match.captured(2).toInt() : 1;
    do {
        name = base + u' ' + QString::number(++number);
    } while (isTakenName(name));
    return name;
}

/// Whether another entry than that at @p own has the name, even one that cannot be used.
bool isTaken(const QString &name, const JsonArray &entries, std::optional<std::size_t> own = std::nullopt)
{
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i != own && isSameName(nameOf(entries[i]), name))
            return true;
    }
    return isReserved(name);
}

} // namespace

bool isSameName(const QString &left, const QString &right)
{
    return left.simplified().compare(right.simplified(), Qt::CaseInsensitive) == 0;
}

Error connectionNotStored()
{
    return {errors::connectionNotStored, Texts::tr("This connection is not stored, so nothing was changed."),
            Texts::tr("It may have been removed meanwhile. Add it again if you need it.")};
}

ConnectionStore::ConnectionStore(QString folder)
    : m_folder(std::move(folder))
{}

QString ConnectionStore::filePath() const { return QDir(m_folder).filePath(u"connections.json"_s); }

ConnectionStore::Loaded ConnectionStore::load() const
{
    const Result<JsonArray> entries = readEntries(filePath());
    if (!entries)
        return {{}, {entries.error()}};
    Loaded loaded;
    Entries read = usable(*entries);
    for (auto &[place, connection] : read.connections)
        loaded.connections.push_back(std::move(connection));
    loaded.problems = std::move(read.problems);
    return loaded;
}

Result<identity::Connection> ConnectionStore::add(identity::Connection connection)
{
    Result<JsonArray> entries = readEntries(filePath());
    if (!entries)
        return failure(entries.error());
    if (isTaken(connection.name, *entries))
        return failure(nameTaken(connection.name));
    connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Result<Written> written = writeEntry(connection);
    if (!written)
        return failure(written.error());
    entries->push_back(std::move(written->entry));
    if (const Result<void> saved = save(*std::move(entries)); !saved)
        return failure(saved.error());
    return std::move(written->connection);
}

Result<identity::Connection> ConnectionStore::update(const identity::Connection &connection)
{
    Result<Found> found = find({connection.id});
    if (!found)
        return failure(found.error());
    const std::size_t place = found->places.front();
    if (isTaken(connection.name, found->entries, place))
        return failure(nameTaken(connection.name));
    Result<Written> written = writeEntry(connection);
    if (!written)
        return failure(written.error());
    found->entries[place] = std::move(written->entry);
    if (const Result<void> saved = save(std::move(found->entries)); !saved)
        return failure(saved.error());
    return std::move(written->connection);
}

Result<void> ConnectionStore::remove(const QString &id)
{
    Result<Found> found = find({id});
    if (!found)
        return failure(found.error());
    found->entries.erase(found->entries.begin() + static_cast<std::ptrdiff_t>(found->places.front()));
    return save(std::move(found->entries));
}

Result<void> ConnectionStore::swap(const QString &id, const QString &other)
{
    Result<Found> found = find({id, other});
    if (!found)
        return failure(found.error());
    std::swap(found->entries[found->places.front()], found->entries[found->places.back()]);
    return save(std::move(found->entries));
}

std::vector<identity::Connection> ConnectionStore::withFreeNames(std::vector<identity::Connection> connections) const
{
    const Result<JsonArray> entries = readEntries(filePath());
    QStringList taken{u"Sandbox"_s};
    for (const Json &entry : entries ? *entries : JsonArray())
        taken += nameOf(entry);
    for (identity::Connection &connection : connections) {
        connection.name = freeName(connection.name, taken);
        taken += connection.name;
    }
    return connections;
}

/// Read again for each change, because another window may have made one meanwhile.
Result<ConnectionStore::Found> ConnectionStore::find(const QStringList &ids) const
{
    Result<JsonArray> entries = readEntries(filePath());
    if (!entries)
        return failure(entries.error());
    const Entries read = usable(*entries);
    Found found{*std::move(entries), {}};
    for (const QString &id : ids) {
        const auto entry = std::ranges::find(read.connections, id, [](const auto &known) { return known.second.id; });
        if (entry == read.connections.end())
            return failure(connectionNotStored());
        found.places.push_back(entry->first);
    }
    return found;
}

Result<void> ConnectionStore::save(JsonArray entries) const
{
    const QByteArray text = toPrettyJson(std::move(entries));
    if (text.size() > limits.bytes)
        return unwritable(filePath(), Texts::tr("There is no room for more connections."));
    if (!QDir().mkpath(m_folder))
        return unwritable(filePath(), Texts::tr("The folder cannot be created."));
    QSaveFile file(filePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return unwritable(filePath(), file.errorString());
    return {};
}

} // namespace bookdesk::workspace
