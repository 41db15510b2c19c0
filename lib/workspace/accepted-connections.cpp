#include "workspace/accepted-connections.h"

#include "workspace/connection-store.h"
#include "workspace/errors.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace bookdesk::workspace {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AcceptedConnections)
};

// Has room for many thousands.
constexpr qint64 mostBytes = 1024 * 1024;

QByteArray digestOf(const identity::Connection &connection)
{
    return QCryptographicHash::hash(identity::writeConnection(connection), QCryptographicHash::Sha256).toHex();
}

QByteArrayList readDigests(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArrayList digests = file.read(mostBytes).split('\n');
    digests.removeAll(QByteArray());
    return digests;
}

} // namespace

AcceptedConnections::AcceptedConnections(QString folder)
    : m_folder(std::move(folder))
{}

QString AcceptedConnections::filePath() const { return QDir(m_folder).filePath(u"accepted"_s); }

bool AcceptedConnections::has(const identity::Connection &connection) const
{
    const QByteArray digest = digestOf(connection);
    if (readDigests(filePath()).contains(digest))
        return true;
    const std::vector<identity::Connection> stored = ConnectionStore(m_folder).load().connections;
    return std::ranges::any_of(stored,
                               [&digest](const identity::Connection &known) { return digestOf(known) == digest; });
}

Result<void> AcceptedConnections::remember(const identity::Connection &connection)
{
    const QByteArrayList digests = readDigests(filePath()) + QByteArrayList{digestOf(connection)};
    const QByteArray text = digests.join('\n') + '\n';
    QSaveFile file(filePath());
    if (QDir().mkpath(m_folder) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return failure(errors::connectionStoreFailed,
                   Texts::tr("It could not be saved that this connection was accepted, so it is asked for again."),
                   Texts::tr("Check the free space and your permissions there."),
                   {{facts::file, QDir::toNativeSeparators(filePath())}, {facts::reason, file.errorString()}});
}

QString connectionsFolder()
{
    // The settings' folder is named like the program, and the window's is for both.
    const QString own = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    return QDir::cleanPath(own + u"/../bookdesk/connections"_s);
}

} // namespace bookdesk::workspace
