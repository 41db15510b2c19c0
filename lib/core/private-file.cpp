#include "core/private-file.h"

#include "core/errors.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(PrivateFile)
};

} // namespace

Result<void> writePrivately(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(content) == content.size() && file.commit())
        return {};
    return failure(errors::fileNotWritten,
                   Texts::tr("%1 cannot be written: %2").arg(QFileInfo(path).fileName(), file.errorString()),
                   Texts::tr("Choose another folder, or check that the disk has room."));
}

} // namespace bookdesk
