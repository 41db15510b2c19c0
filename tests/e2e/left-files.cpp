#include "e2e/left-files.h"

#include <QDirIterator>
#include <QFile>

namespace bookdesk::test {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray filesBelow(const QString &folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        all += path.toUtf8() + '\n' + contentOf(path) + '\n';
    }
    return all;
}

} // namespace bookdesk::test
