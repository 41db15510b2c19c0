#include "workspace/connection-store.h"

#include "core/json.h"
#include "core/text.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
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
    return failure(errors::connectionStoreFailed, Texts::tr("The connection could not be saved to “%1”.").arg(shown),
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

Result<Json> writeEntry(const identity::Connection &connection)
{
    const Result<JsonObject> written = parseJsonObject(identity::writeConnection(connection), limits);
    if (!written)
        return failure(written.error());
    JsonObject entry{{u"id"_s, connection.id}};
    for (const auto &[name, value] : written->members())
        entry.append(name, value);
    return Json(std::move(entry));
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

} // namespace

bool isSameName(const QString &left, const QString &right)
{
    return left.simplified().compare(right.simplified(), Qt::CaseInsensitive) == 0;
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
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const Json &entry = (*entries)[i];
        Result<identity::Connection> connection = readEntry(entry);
        const auto hasSameName = [&](const identity::Connection &known) {
            return isSameName(known.name, connection->name);
        };
        const auto hasSameId = [&](const identity::Connection &known) { return known.id == connection->id; };
        if (!connection)
            loaded.problems.push_back(entryProblem(i, nameOf(entry), connection.error()));
        else if (isReserved(connection->name) || std::ranges::any_of(loaded.connections, hasSameName))
            loaded.problems.push_back(entryProblem(i, connection->name, nameTaken(connection->name)));
        else if (std::ranges::any_of(loaded.connections, hasSameId))
            loaded.problems.push_back(entryProblem(i, connection->name, idTaken()));
        else
            loaded.connections.push_back(*std::move(connection));
    }
    return loaded;
}

Result<identity::Connection> ConnectionStore::add(identity::Connection connection)
{
    // Read again, because another window may have added one meanwhile.
    Result<JsonArray> entries = readEntries(filePath());
    if (!entries)
        return failure(entries.error());
    const auto hasSameName = [&](const Json &entry) { return isSameName(nameOf(entry), connection.name); };
    if (isReserved(connection.name) || std::ranges::any_of(*entries, hasSameName))
        return failure(nameTaken(connection.name));
    connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Result<Json> entry = writeEntry(connection);
    if (!entry)
        return unwritable(filePath(), entry.error().message);
    entries->push_back(*std::move(entry));
    const QByteArray text = toPrettyJson(*std::move(entries));
    if (text.size() > limits.bytes)
        return unwritable(filePath(), Texts::tr("There is no room for more connections."));

    if (!QDir().mkpath(m_folder))
        return unwritable(filePath(), Texts::tr("The folder cannot be created."));
    QSaveFile file(filePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return unwritable(filePath(), file.errorString());
    return connection;
}

} // namespace bookdesk::workspace
