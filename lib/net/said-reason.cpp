#include "net/said-reason.h"

#include "core/json.h"
#include "net/auth-challenge.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::net {
namespace {

constexpr JsonLimits limits{.bytes = 64 * 1024, .depth = 32};
constexpr qsizetype longestPlainText = 1'000;
constexpr qsizetype mostReasons = 20;

constexpr std::array names{QStringView(u"detail"),  QStringView(u"error_description"),
                           QStringView(u"message"), QStringView(u"msg"),
                           QStringView(u"reason"),  QStringView(u"title"),
                           QStringView(u"error")};

/// Adds the texts of a reason, which may be a text, an object with one, or a list of those. The JSON reader limits the
/// depth.
void addTexts(QStringList &texts, const Json &value)
{
    if (texts.size() >= mostReasons)
        return;
    if (const QString *text = value.asString(); text && !text->trimmed().isEmpty())
        texts += *text;
    if (const JsonArray *array = value.asArray()) {
        for (const Json &item : *array)
            addTexts(texts, item);
    }
    if (const JsonObject *object = value.asObject()) {
        for (const QStringView name : names) {
            if (const Json *member = object->find(name))
                addTexts(texts, *member);
        }
    }
}

QStringList plainText(QByteArrayView body)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = body.size() > longestPlainText ? QString() : decoder(body);
    const QString trimmed = text.trimmed();
    const bool isText = !decoder.hasError() && !trimmed.isEmpty() && !trimmed.contains(QChar::Null);
    return isText ? QStringList(trimmed) : QStringList();
}

} // namespace

QStringList saidReasons(QByteArrayView body)
{
    const Result<Json> json = parseJson(body, limits);
    if (!json)
        return isWebPage(body) ? QStringList() : plainText(body);
    QStringList texts;
    addTexts(texts, *json);
    return texts;
}

bool saysTokenExpired(const HttpResponse &response)
{
    QStringList said = saidReasons(response.body.reveal());
    for (const AuthChallenge &challenge : readChallenges(response.headers))
        said += challenge.parameter(u"error_description");
    return std::any_of(said.begin(), said.end(), isAboutExpiry);
}

bool isAboutExpiry(const QString &reason)
{
    // Not a part of an address, which the reason may quote.
    static const QRegularExpression pattern(u"(?<![\\w/.-])expired(?![\\w/-])|lifetime validation failed"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(reason).hasMatch();
}

bool isWebPage(QByteArrayView body)
{
    constexpr QByteArrayView mark = "\xef\xbb\xbf";
    return (body.startsWith(mark) ? body.sliced(mark.size()) : body).trimmed().startsWith('<');
}

} // namespace bookdesk::net
