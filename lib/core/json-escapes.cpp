#include "core/json-escapes.h"

#include "core/text.h"

#include <QList>
#include <QString>

namespace bookdesk {
namespace {

using namespace Qt::StringLiterals;

QString jsonEscaped(char32_t character)
{
    QString result;
    for (const char16_t unit : QChar::fromUcs4(character))
        result += u"\\u"_s + QString::number(unit, 16).rightJustified(4, u'0');
    return result;
}

} // namespace

QByteArray withHiddenCharactersEscaped(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    // Nearly all JSON is harmless, and some of it is long.
    if (visibleLines(text) == text)
        return json;
    QString result;
    result.reserve(text.size());
    // Outside of strings JSON has only line feeds and blanks, which stay.
    for (const char32_t character : text.toUcs4()) {
        if (isHidden(character) && character != U'\n')
            result += jsonEscaped(character);
        else
            result += QChar::fromUcs4(character);
    }
    return result.toUtf8();
}

} // namespace bookdesk
