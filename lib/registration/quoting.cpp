#include "registration/quoting.h"

#include "core/json.h"

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

/// ' and its typographic kin, which PowerShell takes for the same.
bool isSingleQuote(QChar letter) { return letter == u'\'' || (letter >= u'\u2018' && letter <= u'\u201B'); }

} // namespace

QString shellQuoted(const QString &text)
{
    QString inner = text;
    return u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString powerShellQuoted(const QString &text)
{
    QString quoted = u"'"_s;
    for (const QChar letter : text) {
        quoted += letter;
        if (isSingleQuote(letter))
            quoted += letter;
    }
    return quoted + u'\'';
}

QString asciiEscaped(const QString &text)
{
    constexpr char16_t lastReadable = 0x7E;
    QString escaped;
    for (const QChar letter : text) {
        if (letter.unicode() <= lastReadable)
            escaped += letter;
        else
            escaped += u"\\u%1"_s.arg(letter.unicode(), 4, 16, QChar(u'0'));
    }
    return escaped;
}

QString bicepQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s).replace(u"${"_s, u"\\${"_s);
    return u'\'' + inner + u'\'';
}

QString terraformQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    // Doubling the sign, as the documentation has it, would read a sign before it as one of the two.
    inner.replace(u"${"_s, u"\\u0024{"_s).replace(u"%{"_s, u"\\u0025{"_s);
    return u'"' + inner + u'"';
}

QString odataQuoted(const QString &text)
{
    QString inner = text;
    return u'\'' + inner.replace(u'\'', u"''"_s) + u'\'';
}

QString jsonQuoted(const QString &text) { return QString::fromUtf8(toCompactJson(text)); }

} // namespace bookdesk::registration
