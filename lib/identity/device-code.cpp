#include "identity/device-code.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "core/redaction.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "identity/scope-resource.h"
#include "net/request-kind.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(DeviceCode)
};

constexpr JsonLimits answerLimits{64 * 1024, 16};
constexpr qsizetype longestUserCode = 40;
constexpr qsizetype longestLink = 500;
constexpr qsizetype longestDeviceCode = 16 * 1024;

/// It gives only names and types: the answer is secret as a whole.
tl::unexpected<Error> unusable(const QString &reason)
{
    return failure(errors::responseInvalid, Texts::tr("The sign-in server's answer cannot be used."),
                   Texts::tr("Sign in with the browser on this computer, or ask the sign-in server's administrator."),
                   {{facts::reason, reason}});
}

/// Why there is no code, in the server's words where it has any.
Error refusal(const net::HttpResponse &response, const OAuthError &oauth)
{
    const Facts answered = merged({{facts::httpStatus, QString::number(response.status)}},
                                  {foreignFact(facts::location, response.redirectTarget.toString(QUrl::FullyEncoded))});
    if (response.status < 500 && !oauth.error.isEmpty())
        return signInError(oauth, {});
    return {errors::serverRefused,
            Texts::tr("The sign-in server gave no code for another device (HTTP %1).").arg(response.status),
            Texts::tr("Try again later, or sign in with the browser on this computer."), answered};
}

bool isPrintable(QChar character) { return character >= u' ' && character <= u'~'; }

/// It is shown and read aloud as it is, so it has no characters that cannot be seen or look like others.
bool isUserCode(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestUserCode && text == text.trimmed() &&
           std::all_of(text.begin(), text.end(), isPrintable);
}

/// It becomes a form value: visible ASCII.
bool isDeviceCode(const Secret &code)
{
    const QByteArrayView bytes = code.reveal();
    return !bytes.isEmpty() && bytes.size() <= longestDeviceCode &&
           std::all_of(bytes.begin(), bytes.end(), [](char character) { return character > ' ' && character <= '~'; });
}

/// A number of seconds, from @p least up to a year.
std::optional<std::chrono::milliseconds> secondsIn(const Json *value, double least)
{
    constexpr double most = 366.0 * 24 * 3600;
    if (!value || !value->isNumber() || !std::isfinite(value->toDouble()) || value->toDouble() < least ||
        value->toDouble() > most)
        return std::nullopt;
    return std::chrono::milliseconds{static_cast<std::int64_t>(value->toDouble() * 1000)};
}

std::optional<std::chrono::milliseconds> intervalIn(const JsonObject &answer, const DeviceCodeRules &rules)
{
    const Json *value = answer.find(u"interval");
    if (!value || value->isNull())
        return rules.usualInterval;
    const std::optional<std::chrono::milliseconds> asked = secondsIn(value, 0);
    return asked ? std::optional(std::max(*asked, rules.leastInterval)) : std::nullopt;
}

Result<DeviceCode> readGood(const ObjectWithSecrets &answer, TimePoint now, const DeviceCodeRules &rules)
{
    // What was set apart has left a mark, so that the types are checked here.
    ObjectReader reader(answer.shown, Texts::tr("The sign-in server's answer"));
    reader.string(u"device_code"_s);
    DeviceCode code;
    code.userCode = reader.string(u"user_code"_s);
    const QString link = reader.string(u"verification_uri"_s);
    if (const Result<void> read = reader.finish(); !read)
        return unusable(read.error().message);
    if (const auto secret = answer.secrets.find(u"device_code"_s); secret != answer.secrets.end())
        code.deviceCode = secret->second;
    if (!isDeviceCode(code.deviceCode))
        return unusable(Texts::tr("Its member \"device_code\" is empty, too long, or has characters it cannot have."));
    if (!isUserCode(code.userCode))
        return unusable(Texts::tr("Its member \"user_code\" is empty, too long, or has characters nobody can type."));
    const Result<QUrl> trusted = net::trustedUrl(QUrl(link, QUrl::StrictMode));
    if (!trusted || link.size() > longestLink)
        return unusable(Texts::tr("Its member \"verification_uri\" is no address that may be opened."));
    code.verificationLink = *trusted;
    const std::optional<std::chrono::milliseconds> life = secondsIn(answer.shown.find(u"expires_in"), 1);
    const std::optional<std::chrono::milliseconds> interval = intervalIn(answer.shown, rules);
    if (!life || !interval || *interval >= *life)
        return unusable(Texts::tr("Its members \"expires_in\" and \"interval\" are no sensible numbers of seconds."));
    code.interval = *interval;
    code.expiresAt = now + std::min<std::chrono::milliseconds>(*life, rules.longestLife);
    return code;
}

} // namespace

Result<DeviceCode> readDeviceCode(const net::HttpResponse &response, TimePoint now, const DeviceCodeRules &rules)
{
    const Result<ObjectWithSecrets> answer = parseObjectWithSecrets(response.body, answerLimits);
    const OAuthError oauth = answer ? readOAuthError(answer->shown) : OAuthError();
    if (response.status != 200 || !oauth.error.isEmpty())
        return failure(refusal(response, oauth));
    if (!answer)
        return unusable(answer.error().code.toString());
    return readGood(*answer, now, rules);
}

Result<DeviceCode> withOwnLink(DeviceCode code, const Provider &provider)
{
    const QString host = code.verificationLink.host(QUrl::FullyEncoded);
    const std::optional<Provider> owner = ownerOf(host);
    const bool isForeign = isMicrosoftsHost(host) || (owner && owner->id != provider.id);
    if (provider.endpointRule == EndpointRule::anyHost && isForeign)
        return unusable(Texts::tr("Its member \"verification_uri\" is a page of another sign-in server."));
    return code;
}

} // namespace bookdesk::identity
