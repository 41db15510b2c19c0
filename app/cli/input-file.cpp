#include "cli/input-file.h"

#include "cli/errors.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(InputFile)
};

constexpr qint64 largestFile = 2 * 1024 * 1024;

tl::unexpected<Error> unreadable(const QString &name, const QString &why)
{
    return failure(errors::fileUnreadable, Texts::tr("The file \"%1\" cannot be read.").arg(name),
                   Texts::tr("Check its name and your permissions."), {{facts::file, name}, {facts::reason, why}});
}

} // namespace

Result<QByteArray> readInputFile(const QString &name)
{
    QFile file(name);
    const bool isOpen = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return unreadable(name, file.errorString());
    QByteArray content = file.read(largestFile + 1);
    if (content.size() > largestFile)
        return unreadable(name, Texts::tr("It is larger than 2 MiB."));
    if (file.error() != QFileDevice::NoError)
        return unreadable(name, file.errorString());
    return content;
}

} // namespace bookdesk::cli
