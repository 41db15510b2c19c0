#include "workspace/connection-import.h"

#include "core/json.h"
#include "core/off-thread.h"
#include "core/text.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <functional>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::workspace {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionImport)
};

/// The names are compared with each other, and the person looks at all that is in the file.
constexpr std::size_t mostInFile = 100;

// Has room for many connections with embedded certificates.
constexpr JsonLimits limits{16 * 1024 * 1024, 10};

Error noneInFile()
{
    return {identity::errors::connectionMemberInvalid, Texts::tr("There is no connection in the file."),
            Texts::tr("Choose another file.")};
}

Error tooManyInFile(std::size_t count)
{
    return {identity::errors::connectionMemberInvalid,
            Texts::tr("The file has %1 connections. At most %2 can be read at once.").arg(count).arg(mostInFile),
            Texts::tr("Divide it into several files.")};
}

Error numbered(std::size_t index, const Error &why)
{
    return {why.code, Texts::tr("The connection number %1 in the file: %2").arg(index + 1).arg(why.message), why.remedy,
            why.facts};
}

Result<identity::Connection> readOne(Json json)
{
    if (!json.asObject())
        return identity::readConnection(toCompactJson(json));
    JsonObject object = *json.asObject();
    object.remove(u"id"_s);
    return identity::readConnection(toCompactJson(std::move(object)));
}

Result<std::vector<identity::Connection>> readFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(identity::errors::connectionFileUnreadable,
                       Texts::tr("The file “%1” cannot be read.").arg(visible(path)),
                       Texts::tr("Check its name and your permissions."),
                       {{facts::file, visible(path)}, {facts::reason, file.errorString()}});
    return readConnections(file.read(limits.bytes + 1));
}

} // namespace

Result<std::vector<identity::Connection>> readConnections(const QByteArray &text)
{
    // Windows editors like to write a byte order mark first.
    const Result<Json> json = parseJson(text.startsWith("\xEF\xBB\xBF"_ba) ? text.sliced(3) : text, limits);
    if (!json || !json->asArray()) {
        const Result<identity::Connection> connection =
            json ? readOne(*json) : identity::readConnection(text); // It says what is wrong with the text.
        if (!connection)
            return failure(connection.error());
        return std::vector{*connection};
    }
    if (const std::size_t count = json->asArray()->size(); count > mostInFile)
        return failure(tooManyInFile(count));
    std::vector<identity::Connection> connections;
    for (std::size_t i = 0; i < json->asArray()->size(); ++i) {
        Result<identity::Connection> connection = readOne((*json->asArray())[i]);
        if (!connection)
            return failure(numbered(i, connection.error()));
        connections.push_back(*std::move(connection));
    }
    if (connections.empty())
        return failure(noneInFile());
    return connections;
}

Task<std::vector<identity::Connection>> loadConnections(QString path)
{
    std::function<Result<std::vector<identity::Connection>>()> read = [path] { return readFile(path); };
    std::optional<Result<std::vector<identity::Connection>>> loaded =
        co_await offThread(std::move(read), std::stop_token());
    // It is never asked to stop, so there is always a result.
    co_return std::move(*loaded);
}

} // namespace bookdesk::workspace
