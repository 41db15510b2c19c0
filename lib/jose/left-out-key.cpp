#include "jose/left-out-key.h"

#include "core/text.h"
#include "jose/base64url.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(LeftOutKey)
};

constexpr qsizetype longestShown = 40;

QString textOf(const JsonObject &jwk, QStringView name)
{
    const Json *value = jwk.find(name);
    const QString *text = value ? value->asString() : nullptr;
    return text ? *text : QString();
}

QString shown(const QString &text) { return visible(shortened(text, longestShown)); }

/// "RSA 2048", "EC P-256", "oct".
QString typeOf(const JsonObject &jwk)
{
    const QString type = shown(textOf(jwk, u"kty"));
    const std::optional<QByteArray> modulus = fromBase64Url(textOf(jwk, u"n").toUtf8());
    if (modulus && !modulus->isEmpty())
        return u"%1 %2"_s.arg(type, QString::number(modulus->size() * 8));
    const QString curve = shown(textOf(jwk, u"crv"));
    return curve.isEmpty() ? type : u"%1 %2"_s.arg(type, curve);
}

} // namespace

LeftOutKey leftOutKey(const JsonObject &jwk, const QString &why)
{
    const QString type = typeOf(jwk);
    const QString algorithm = shown(textOf(jwk, u"alg"));
    const QString description = algorithm.isEmpty() ? type : Texts::tr("%1, alg %2").arg(type, algorithm);
    return {textOf(jwk, u"kid"), description, why};
}

} // namespace bookdesk::jose
