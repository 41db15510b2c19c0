#include "core/address-text.h"

#include "core/text.h"

#include <QChar>
#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(AddressText)
};

bool isOfOneScript(const QString &text)
{
    std::optional<QChar::Script> first;
    const QList<uint> characters = text.toUcs4();
    return std::ranges::all_of(characters, [&first](uint character) {
        const QChar::Script script = QChar::script(character);
        // Digits, hyphens, dots and accents belong to every script.
        if (script == QChar::Script_Common || script == QChar::Script_Inherited)
            return true;
        first = first.value_or(script);
        return script == *first;
    });
}

/// @p text, with the host's other letters behind it, where it has any.
QString besideUnicode(const QString &text, const QUrl &url)
{
    const QString ascii = url.host(QUrl::FullyEncoded);
    const QString unicode = QUrl::fromAce(ascii.toLatin1(), QUrl::IgnoreIDNWhitelist);
    if (unicode.isEmpty() || unicode == ascii)
        return text;
    return isOfOneScript(unicode)
               ? Texts::tr("%1 (in other letters: %2)").arg(text, visible(unicode))
               : Texts::tr("%1 (in other letters: %2; they are of several scripts, so it may imitate another host)")
                     .arg(text, visible(unicode));
}

} // namespace

QString hostText(const QUrl &url) { return besideUnicode(url.host(QUrl::FullyEncoded), url); }

QString asciiHostAndPort(const QUrl &url, int usualPort)
{
    QString host = url.host(QUrl::FullyEncoded);
    const int port = url.port(usualPort);
    if (port < 0)
        return host;
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

QString hostAndPortText(const QUrl &url, int usualPort) { return besideUnicode(asciiHostAndPort(url, usualPort), url); }

QString addressText(const QUrl &url)
{
    return besideUnicode(visible(url.toString(QUrl::FullyEncoded | QUrl::RemovePassword)), url);
}

} // namespace bookdesk
