#include "core/language-file.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace bookdesk {

QString languageFile(const QString &folder, const QLocale &locale, const QString &type)
{
    const QString language = QLocale::languageToCode(locale.language());
    const QString country = QLocale::territoryToCode(locale.territory());
    for (const QString &name : {language + u'_' + country, language}) {
        QString path = u"%1/%2.%3"_s.arg(folder, name, type);
        if (QFile::exists(path))
            return path;
    }
    return folder + u"/en."_s + type;
}

} // namespace bookdesk
