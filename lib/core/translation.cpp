#include "core/translation.h"

#include "core/language-file.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk {

Translation::Translation()
{
    // A part of the program, which is always found.
    if (m_translator.load(languageFile(u":/bookdesk/translations"_s, QLocale(), u"qm"_s)))
        QCoreApplication::installTranslator(&m_translator);
}

Translation::~Translation() { QCoreApplication::removeTranslator(&m_translator); }

} // namespace bookdesk
