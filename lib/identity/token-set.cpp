#include "identity/token-set.h"

#include "core/json.h"
#include "core/object-reader.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"
#include "net/request-kind.h"

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
std::optional<std::chrono::seconds> lifetimeFrom(const JsonObject &body)
{
    const Json *value = body.find(u"expires_in");
    if (!value)
        return std::nullopt;
    bool isNumber = value->isNumber();
    double seconds = isNumber ? value->toDouble() : 0;
    if (const QString *text = value->asString()) {
        const bool isDigits = !text->isEmpty() && std::all_of(text->begin(), text->end(), [](QChar character) {
            return character >= u'0' && character <= u'9';
        });
        seconds = isDigits ? text->toDouble(&isNumber) : -1;
    }
    if (!isNumber || !std::isfinite(seconds) || seconds < 0 || seconds > longestLifetime)
        return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(seconds)};
}

Error refusalWithoutReason(int status)
{
    const Facts answered{{facts::httpStatus, QString::number(status)}};
    if (status == 429 || status >= 500)
        return {errors::serverRefused, Texts::tr("The sign-in server is not available at the moment."),
                Texts::tr("Wait a little and try again."), answered};
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
    if (type.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
        return unusable(Texts::tr("Its token type is not \"Bearer\"."));
    const Secret access = secretMember(answer, u"access_token"_s);
    const Secret id = secretMember(answer, u"id_token"_s);
    const Secret refresh = secretMember(answer, u"refresh_token"_s);
    if (access.isEmpty() || !isToken(access) || !isToken(id) || !isToken(refresh))
        return unusable(Texts::tr("One of its tokens is empty or has characters that a token does not have."));
    const std::optional<std::chrono::seconds> lifetime = lifetimeFrom(answer.shown);
    if (!lifetime)
        return unusable(Texts::tr("Its member \"expires_in\" is missing or is not a sensible number of seconds."));

    TokenSet tokens{access, id, refresh, now, now + *lifetime, askedScopes};
    if (scope)
        tokens.grantedScopes = scope->split(u' ', Qt::SkipEmptyParts);
    return tokens;
}

} // namespace

Result<TokenSet> readTokenResponse(int status, const Secret &body, const QStringList &askedScopes, TimePoint now,
                                   const QString &redirectUri)
{
    const Result<ObjectWithSecrets> answer = parseObjectWithSecrets(body, responseLimits);
    const OAuthError oauth = answer ? readOAuthError(answer->shown) : OAuthError();
    if (!oauth.error.isEmpty())
        return failure(signInError(oauth, redirectUri));
    if (status != 200)
        return failure(refusalWithoutReason(status));
    if (!answer)
        return unusable(answer.error().code.toString());
    return readTokens(*answer, askedScopes, now);
}

} // namespace bookdesk::identity
