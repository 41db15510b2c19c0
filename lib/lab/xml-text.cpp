#include "lab/xml-text.h"

#include "core/text.h"

namespace bookdesk::lab {
namespace {

bool isAllowed(char32_t character)
{
    return character == U'\t' || character == U'\n' || character == U'\r' ||
           (character >= 0x20 && character < 0xd800) || (character > 0xdfff && character < 0xfffe) ||
           (character >= 0x10000 && character <= 0x10ffff);
}

} // namespace

QString xmlText(const QString &text)
{
    QString allowed;
    allowed.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            allowed += text.mid(i++, 2);
        else if (isAllowed(text[i].unicode()))
            allowed += text[i];
    }
    return visibleLines(allowed);
}

} // namespace bookdesk::lab
