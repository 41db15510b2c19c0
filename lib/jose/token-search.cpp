#include "jose/token-search.h"

#include "core/json.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenSearch)
};

/// Shorter words are no opaque tokens.
constexpr qsizetype shortestOpaque = 16;

bool isTokenLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           QByteArrayView("-_.~+/=").contains(letter);
}

/// Three or five parts of which the first is a header.
bool isCompactToken(QByteArrayView word)
{
    const auto dots = std::count(word.begin(), word.end(), '.');
    return word.startsWith("eyJ") && (dots == 2 || dots == 4);
}

std::vector<QByteArrayView> compactTokensIn(QByteArrayView text)
{
    std::vector<QByteArrayView> tokens;
    for (const auto *at = text.begin(); at != text.end();) {
        const auto *const begin = std::find_if(at, text.end(), isTokenLetter);
        const auto *const end = std::find_if_not(begin, text.end(), isTokenLetter);
        QByteArrayView word(begin, end);
        word = word.sliced(std::max(word.lastIndexOf('='), word.lastIndexOf('/')) + 1); // access_token=…
        while (word.endsWith('.'))
            word.chop(1);
        if (isCompactToken(word) && std::find(tokens.begin(), tokens.end(), word) == tokens.end())
            tokens.push_back(word);
        at = end;
    }
    return tokens;
}

/// "line 2, character 7: "<"": where something is that no token has.
QString stopOf(QByteArrayView text)
{
    const auto *const stop = std::find_if_not(text.begin(), text.end(), isTokenLetter);
    if (stop == text.end())
        return Texts::tr("Reading went to its end, but found nothing that a token begins with.");
    const QByteArrayView before(text.begin(), stop);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const qsizetype column = before.size() - before.lastIndexOf('\n');
    const QString letter = QString::fromUtf8(QByteArrayView(stop, std::min(text.end(), stop + 4))).left(1);
    return Texts::tr("Reading stopped at line %1, character %2: “%3”.")
        .arg(QString::number(line), QString::number(column), visible(letter));
}

QString kindOf(QByteArrayView text)
{
    const QByteArray lower = text.first(std::min<qsizetype>(text.size(), 200)).toByteArray().toLower();
    if (lower.startsWith("<!doctype") || lower.startsWith("<html"))
        return Texts::tr("This is a web page, not a token.");
    if (lower.startsWith("-----begin"))
        return Texts::tr("This is a key or a certificate (PEM), not a token.");
    if (lower.startsWith("http://") || lower.startsWith("https://"))
        return Texts::tr("This is an address without a token in it.");
    if (!QUuid::fromString(QLatin1StringView(text)).isNull())
        return Texts::tr("This is a GUID: the ID of something, not a token.");
    if (text.startsWith('{') || text.startsWith('['))
        return parseJson(text) ? Texts::tr("This is JSON without a token in it.")
                               : Texts::tr("This looks like JSON, but cannot be read as such.");
    return Texts::tr("This is text without a token in it.");
}

/// One word. The lines of other texts, joined, would be one too.
bool isOpaqueToken(QByteArrayView text, QByteArrayView original)
{
    return text.size() >= shortestOpaque && !original.trimmed().contains('\n') &&
           std::all_of(text.begin(), text.end(), isTokenLetter) && !text.contains("://") &&
           QUuid::fromString(QLatin1StringView(text)).isNull();
}

} // namespace

FoundToken findToken(QByteArrayView text)
{
    FoundToken found{takenOut(text)};
    const Secret whole = found.first.token;
    const QByteArrayView rest = whole.reveal();
    const std::vector<QByteArrayView> tokens = compactTokensIn(rest);
    if (!tokens.empty()) {
        found.count = std::max<qsizetype>(static_cast<qsizetype>(tokens.size()),
                                          static_cast<qsizetype>(compactTokensIn(text).size()));
        if (tokens.front().size() != rest.size()) {
            found.first.token = Secret(tokens.front());
            if (tokens.size() == 1) {
                found.first.notes += Texts::tr("Other text stood around the token.");
                found.first.takenOff += Texts::tr("other text");
            }
        }
        return found;
    }
    if (rest.startsWith("eyJ") || isOpaqueToken(rest, text)) {
        found.count = 1;
        return found;
    }
    found.first.token = {};
    found.instead = rest.isEmpty() ? Texts::tr("There is no text in it.") : kindOf(rest) + u' ' + stopOf(text);
    return found;
}

} // namespace bookdesk::jose
