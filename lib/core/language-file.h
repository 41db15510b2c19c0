/// The one picker of the language for texts that are kept in files, one per language.
#pragma once

#include <QLocale>
#include <QString>

namespace bookdesk {

/// The path of the file in @p folder (`de.json`) that fits @p locale best: the one of its language and country, of its
/// language, or the English one, which there always is. @p type is the end of the files' names.
QString languageFile(const QString &folder, const QLocale &locale = QLocale(),
                     const QString &type = QStringLiteral("json"));

} // namespace bookdesk
