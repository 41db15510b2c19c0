/// What programs leave behind in files, to look for secrets in it.
#pragma once

#include <QByteArray>
#include <QString>

namespace bookdesk::test {

/// Empty where there is no such file.
QByteArray contentOf(const QString &path);
/// The paths and contents of all files in @p folder and below.
QByteArray filesBelow(const QString &folder);

} // namespace bookdesk::test
