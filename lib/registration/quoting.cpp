#include "registration/quoting.h"

#include "core/json.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

/// ' and its typographic kin, which PowerShell takes for the same.
bool isSingleQuote(QChar letter) { return letter == u'\'' || (letter >= u'\u2018' && letter <= u'\u201B'); }

} // namespace

QString shellQuoted(const QString &text)
{
    static const QRegularExpression special(u"[$`'\\\\\u2018\u2019]"_s);
    static const QRegularExpression escapable(u"([$`\"\\\\])"_s);
    static const QRegularExpression typographic(u"([\u201C-\u201F]+)"_s);
    if (!text.contains(special))
        return u'\'' + text + u'\'';
    QString inner = text;
    inner.replace(escapable, u"\\\\1"_s).replace(typographic, u"\"'\\1'\""_s);
    return u'"' + inner + u'"';
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
