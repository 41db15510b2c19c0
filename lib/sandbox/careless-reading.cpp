#include "sandbox/careless-reading.h"

#include "jose/base64url.h"
#include "sandbox/bearer-steps.h"
#include "sandbox/first-members.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

QByteArray textIn(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? value->asString()->toUtf8() : QByteArray();
}

QByteArray fromJsonForm(const QByteArray &text)
{
    const Result<JsonObject> object = parseJsonObject(text);
    if (!object)
        return text;
    return textIn(*object, u"protected") + '.' + textIn(*object, u"payload") + '.' + textIn(*object, u"signature");
}

/// The payload where that is a token itself.
QByteArray innermost(const QByteArray &text)
{
    const QByteArray payload = jose::fromBase64Url(text.split('.').value(1)).value_or(QByteArray());
    return payload.count('.') == 2 && !payload.startsWith('{') ? payload : text;
}

/// The signature in the one spelling that is strict.
QByteArray respelled(const QByteArray &text)
{
    const qsizetype begin = text.lastIndexOf('.') + 1;
    QByteArray signature = text.sliced(begin);
    signature.replace('-', '+').replace('_', '/');
    return text.first(begin) + jose::toBase64Url(QByteArray::fromBase64(signature));
}

/// Header and claims without the members that repeat a name; the signature is checked over the token as received.
Result<jose::DecodedToken> withFirstMembers(const QByteArray &text)
{
    const QByteArrayList parts = text.split('.');
    const auto reread = [](const QByteArray &part) {
        return jose::toBase64Url(firstMembers(jose::fromBase64Url(part).value_or(QByteArray())));
    };
    const QByteArray readable = reread(parts.value(0)) + '.' + reread(parts.value(1)) + '.' + parts.value(2);
    Result<jose::DecodedToken> decoded = decodeAsPythonDoes(Secret(readable));
    if (decoded)
        decoded->signingInput = Secret(parts.value(0) + '.' + parts.value(1));
    return decoded;
}

/// With the last Authorization header only.
Request withLastHeader(Request request)
{
    const auto isAuthorization = [](const auto &header) {
        return header.first.compare("authorization", Qt::CaseInsensitive) == 0;
    };
    while (std::count_if(request.headers.begin(), request.headers.end(), isAuthorization) > 1)
        request.headers.erase(std::find_if(request.headers.begin(), request.headers.end(), isAuthorization));
    return request;
}

} // namespace

std::optional<Secret> carelesslyFound(const Request &request, const CarelessnessSet &carelessness)
{
    const bool isLastRead = carelessness.contains(Carelessness::lastHeaderCounts);
    if (std::optional<Secret> token = bearerToken(isLastRead ? withLastHeader(request) : request))
        return token;
    const FormFields query = FormFields::parse(request.query);
    if (carelessness.contains(Carelessness::tokenInQuery) && query.has("access_token"))
        return query.secret("access_token");
    const FormFields body = FormFields::parse(request.body);
    if (carelessness.contains(Carelessness::tokenInBody) && body.has("access_token"))
        return body.secret("access_token");
    return std::nullopt;
}

Result<jose::DecodedToken> carelesslyDecoded(const Secret &token, const CarelessnessSet &carelessness)
{
    QByteArray text = token.reveal().toByteArray();
    if (carelessness.contains(Carelessness::jsonForm) && text.startsWith('{'))
        text = fromJsonForm(text);
    if (carelessness.contains(Carelessness::nestedToken))
        text = innermost(text);
    if (carelessness.contains(Carelessness::lenientBase64) && text.count('.') == 2)
        text = respelled(text);
    const bool mayLackSignature = carelessness.contains(Carelessness::signatureUnchecked) ||
                                  carelessness.contains(Carelessness::signatureMayBeEmpty);
    if (mayLackSignature && text.count('.') == 1)
        text += '.';
    if (carelessness.contains(Carelessness::firstDuplicateCounts))
        return withFirstMembers(text);
    return decodeAsPythonDoes(Secret::taking(std::move(text)));
}

} // namespace bookdesk::sandbox
