#include "net/curl.h"

#include "core/masking.h"
#include "core/redaction.h"
#include "core/text.h"

#include <QByteArray>
#include <QStringList>

#include <algorithm>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

/// A substitution that gives @p character. The shell takes line feeds off its end, so it is not for them.
QString printed(char32_t character)
{
    QString octal;
    for (const char byte : QStringView(QChar::fromUcs4(character)).toUtf8())
        octal += u'\\' + QString::number(static_cast<unsigned char>(byte), 8).rightJustified(3, u'0');
    return u"\"$(printf '%1')\""_s.arg(octal);
}

/// RFC 9110 section 5.6.2. Curl would read a file for a header that begins with `@`.
bool isToken(const QByteArray &name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](char letter) {
        return QByteArrayView("!#$%&'*+-.^_`|~").contains(letter) || (letter >= '0' && letter <= '9') ||
               (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    });
}

QString headerWord(const QByteArray &name, const QByteArray &value)
{
    // Curl takes "name:" for a header that it should not send.
    if (value.isEmpty())
        return shellWord(QString::fromLatin1(name) + u';');
    QString text = QString::fromUtf8(value);
    text.replace(u'\r', u' ').replace(u'\n', u' ');
    return shellWord(QString::fromLatin1(name) + u": "_s + text);
}

QStringList headerOptions(const Exchange &exchange)
{
    QStringList options;
    for (const auto &[name, value] : exchange.requestHeaders) {
        // Of credentials, the name of their scheme may be left.
        const bool isRemoved = isSecretName(QString::fromLatin1(name)) ? value.endsWith(removedMark().toUtf8())
                                                                       : value == removedMark().toUtf8();
        if (name.compare("Authorization", Qt::CaseInsensitive) == 0)
            options += u"--header \"Authorization: Bearer $TOKEN\""_s;
        else if (isToken(name) && !isRemoved)
            options += u"--header "_s + headerWord(name, value);
    }
    // Curl would call any body a form.
    if (!exchange.requestBody.isEmpty() && !headerValue(exchange.requestHeaders, "Content-Type"))
        options += u"--header 'Content-Type:'"_s;
    return options;
}

} // namespace

QString curlCommand(const Exchange &exchange)
{
    QStringList words{u"curl --globoff --path-as-is"_s};
    // With --request HEAD, curl would wait for a body.
    words +=
        exchange.method == "HEAD" ? u"--head"_s : u"--request "_s + shellWord(QString::fromLatin1(exchange.method));
    words += u"--url "_s + shellWord(exchange.url);
    words += headerOptions(exchange);
    if (!exchange.requestBody.isEmpty())
        words += u"--data-raw "_s + shellWord(exchange.requestBody);
    return words.join(u" \\\n  "_s);
}

QString shellWord(const QString &text)
{
    QString word = u"'"_s;
    for (const char32_t character : text.toUcs4()) {
        if (character == U'\'')
            word += uR"('\'')"_s;
        else if (isHidden(character) && character != U'\n' && character != 0)
            word += u'\'' + printed(character) + u'\'';
        else if (character != 0)
            word += QChar::fromUcs4(character);
    }
    return word + u'\'';
}

} // namespace bookdesk::net
