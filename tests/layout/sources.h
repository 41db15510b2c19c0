/// The project's own sources, read as text.
#pragma once

#include <QDirIterator>
#include <QFile>
#include <QList>
#include <QString>

namespace bookdesk::test {

struct Source
{
    QString path; ///< Relative to the checkout.
    QString text;
};

inline QString sourceRoot() { return QStringLiteral(BOOKDESK_SOURCE_DIR); }

inline QList<Source> sourcesBelow(const QString &top)
{
    const QStringList names{QStringLiteral("*.h"), QStringLiteral("*.cpp")};
    QList<Source> sources;
    QDirIterator files(sourceRoot() + u'/' + top, names, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", qPrintable(file.fileName()));
        sources.append({file.fileName().mid(sourceRoot().size() + 1), QString::fromUtf8(file.readAll())});
    }
    return sources;
}

} // namespace bookdesk::test
