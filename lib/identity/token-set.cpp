#include "identity/token-set.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "core/redaction.h"
#include "core/text.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "jose/decoded-token.h"
#include "net/request-kind.h"
#include "net/said-reason.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TokenSet)
};

constexpr JsonLimits responseLimits{net::usualBounds(net::RequestKind::tokens).bytes, 16};
constexpr double longestLifetime = 366.0 * 24 * 3600;
constexpr qsizetype longestAddress = 200;

/// Only names, types and the status are told: a token response is secret as a whole.
tl::unexpected<Error> unusable(const QString &reason)
{
    return failure(errors::responseInvalid, Texts::tr("The sign-in server's answer cannot be used."),
                   Texts::tr("Try again, or ask the sign-in server's administrator."), {{facts::reason, reason}});
}

/// Tokens become header and form values, so they are visible ASCII (RFC 6749 appendix A.12 and A.17).
bool isToken(const Secret &text)
{
    const QByteArrayView bytes = text.reveal();
    return std::all_of(bytes.begin(), bytes.end(), [](char character) { return character > ' ' && character <= '~'; });
}

/// Some servers write the number as a string.
std::optional<std::chrono::seconds> lifetimeFrom(const Json &value)
{
    bool isNumber = value.isNumber();
    double seconds = isNumber ? value.toDouble() : 0;
    if (const QString *text = value.asString()) {
        const bool isDigits = !text->isEmpty() && std::all_of(text->begin(), text->end(), [](QChar character) {
            return character >= u'0' && character <= u'9';
        });
        seconds = isDigits ? text->toDouble(&isNumber) : -1;
    }
    if (!isNumber || !std::isfinite(seconds) || seconds < 0 || seconds > longestLifetime)
        return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(seconds)};
}

/// `expires_in` is only recommended (RFC 6749 section 5.1); without it, the token itself may say. Nothing if neither
/// does.
std::optional<TimePoint> expiryOf(const JsonObject &body, const Secret &accessToken, TimePoint now)
{
    const Json *value = body.find(u"expires_in");
    if (value && !value->isNull()) {
        const std::optional<std::chrono::seconds> lifetime = lifetimeFrom(*value);
        return lifetime ? std::optional(now + *lifetime) : std::nullopt;
    }
    const Result<jose::DecodedToken> decoded = jose::decode(accessToken);
    return decoded ? decoded->dateClaim(u"exp") : std::nullopt;
}

/// `refresh_in`, which is Microsoft's: a value that makes no sense is as good as none.
std::optional<TimePoint> renewalOf(const JsonObject &body, TimePoint now)
{
    const Json *value = body.find(u"refresh_in");
    const std::optional<std::chrono::seconds> wait = value ? lifetimeFrom(*value) : std::nullopt;
    return wait ? std::optional(now + *wait) : std::nullopt;
}

Error notAvailable(const Facts &facts)
{
    return {errors::serverRefused, Texts::tr("The sign-in server is not available at the moment."),
            Texts::tr("Wait a little and try again."), facts};
}

Error redirected(int status, const QUrl &location)
{
    const QString target = redacted(location.toString(QUrl::FullyEncoded));
    const QString message =
        target.isEmpty()
            ? Texts::tr("The sign-in server's token address redirects elsewhere and does not say where to.")
            : Texts::tr("The sign-in server's token address redirects to %1. Bookdesk did not follow, because the "
                        "code or token would go there too.")
                  .arg(visible(shortened(target, longestAddress)));
    return {errors::serverRefused, message,
            Texts::tr("Check the connection's authority. If it is right, a proxy or gateway on the way may want a "
                      "sign-in of its own: tell the administrator of your network."),
            merged({{facts::httpStatus, QString::number(status)}}, {foreignFact(facts::location, target)})};
}

Error webPage(int status)
{
    return {status == 200 ? errors::responseInvalid : errors::serverRefused,
            Texts::tr("Instead of tokens, a web page came back from the sign-in server's token address (HTTP %1).")
                .arg(status),
            Texts::tr("A proxy, a gateway or a Wi-Fi sign-in page may have intercepted the request. Open a web page in "
                      "your browser, then try again. If it happens again, tell your network administrator."),
            {{facts::httpStatus, QString::number(status)}}};
}

Error refusalWithoutReason(int status, const Secret &body)
{
    const Facts answered{{facts::httpStatus, QString::number(status)}};
    if (status == 429)
        return notAvailable(answered);
    if (net::isWebPage(body.reveal()))
        return webPage(status);
    return {errors::serverRefused, Texts::tr("The sign-in server refused without saying why (HTTP %1).").arg(status),
            Texts::tr("Try again, or ask the sign-in server's administrator."), answered};
}

/// The member's string, which was set apart; empty where the answer has none.
Secret secretMember(const ObjectWithSecrets &answer, const QString &name)
{
    const auto found = answer.secrets.find(name);
    return found != answer.secrets.end() ? found->second : Secret();
}

Result<TokenSet> readTokens(const ObjectWithSecrets &answer, const QStringList &askedScopes, TimePoint now)
{
    // What was set apart has left a mark, so that the types are checked here.
    ObjectReader reader(answer.shown, Texts::tr("The sign-in server's answer"));
    const QString type = reader.string(u"token_type"_s);
    reader.string(u"access_token"_s);
    reader.optionalString(u"id_token"_s);
    reader.optionalString(u"refresh_token"_s);
    const std::optional<QString> scope = reader.optionalString(u"scope"_s);
    if (const Result<void> read = reader.finish(); !read)
        return unusable(read.error().message);
    if (type.compare("DPoP"_L1, Qt::CaseInsensitive) == 0)
        return failure(proofOfPossessionDemanded());
    if (type.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
        return unusable(Texts::tr("Its token type is not \"Bearer\"."));
    const Secret access = secretMember(answer, u"access_token"_s);
    const Secret id = secretMember(answer, u"id_token"_s);
    const Secret refresh = secretMember(answer, u"refresh_token"_s);
    if (access.isEmpty() || !isToken(access) || !isToken(id) || !isToken(refresh))
        return unusable(Texts::tr("One of its tokens is empty or has characters that a token does not have."));
    const std::optional<TimePoint> expiry = expiryOf(answer.shown, access, now);
    if (!expiry)
        return unusable(Texts::tr("Its member \"expires_in\" is missing or is not a sensible number of seconds, and "
                                  "the access token does not say when it expires."));

    TokenSet tokens{access, id, refresh, now, *expiry, askedScopes};
    tokens.askedScopes = askedScopes;
    tokens.renewAt = renewalOf(answer.shown, now);
    if (scope)
        tokens.grantedScopes = scope->split(u' ', Qt::SkipEmptyParts);
    return tokens;
}

} // namespace

Result<TokenSet> readTokenResponse(int status, const Secret &body, const QStringList &askedScopes, TimePoint now,
                                   const QString &redirectUri, const QUrl &location)
{
    if (status >= 300 && status < 400)
        return failure(redirected(status, location));
    const Result<ObjectWithSecrets> answer = parseObjectWithSecrets(body, responseLimits);
    const OAuthError oauth = answer ? readOAuthError(answer->shown) : OAuthError();
    const std::optional<Error> told =
        oauth.error.isEmpty() ? std::nullopt : std::optional(signInError(oauth, redirectUri));
    if (status >= 500)
        return failure(
            notAvailable(merged({{facts::httpStatus, QString::number(status)}}, told ? told->facts : Facts())));
    if (told)
        return failure(*told);
    if (status != 200)
        return failure(refusalWithoutReason(status, body));
    if (!answer && net::isWebPage(body.reveal()))
        return failure(webPage(status));
    if (!answer)
        return unusable(answer.error().code.toString());
    return readTokens(*answer, askedScopes, now);
}

} // namespace bookdesk::identity
