/// Translation: the texts of `tr()` in the language of the person.
#pragma once

#include <QTranslator>

namespace bookdesk {

/// While it lives, the program's texts are those of `resources/translations` for the default locale. English ones have
/// their forms for one and for many there ("1 byte"), all else as it is written in the code. Create it after the
/// application, on its thread; a translator that is installed later comes first.
class Translation
{
public:
    Translation();
    ~Translation();
    Translation(const Translation &) = delete;
    Translation &operator=(const Translation &) = delete;

private:
    QTranslator m_translator;
};

} // namespace bookdesk
