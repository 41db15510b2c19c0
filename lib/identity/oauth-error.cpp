#include "identity/oauth-error.h"

#include "core/redaction.h"
#include "core/text.h"
#include "identity/advice-data.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(OAuthError)
};

constexpr qsizetype longestWord = 100;
constexpr qsizetype longestDescription = 2000;

QString captured(const QString &text, const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption);
    return expression.match(text).captured(1);
}

/// Entra also writes the IDs into the description, and in a redirect only there.
void completeFromDescription(OAuthError &oauth)
{
    oauth.aadsts = captured(oauth.description, u"\\AAADSTS(\\d{1,10})\\b"_s);
    if (oauth.traceId.isEmpty())
        oauth.traceId = captured(oauth.description, u"\\bTrace ID: ([0-9a-f-]{36})\\b"_s);
    if (oauth.correlationId.isEmpty())
        oauth.correlationId = captured(oauth.description, u"\\bCorrelation ID: ([0-9a-f-]{36})\\b"_s);
    if (oauth.timestamp.isEmpty())
        oauth.timestamp =
            captured(oauth.description, u"\\bTimestamp: (\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\dZ?)"_s);
}

/// @p text gives a member's value by its name, or an empty string.
template <class Text> OAuthError readFrom(Text text)
{
    OAuthError oauth;
    oauth.error = text(u"error"_s);
    oauth.suberror = text(u"suberror"_s);
    if (oauth.suberror.isEmpty())
        oauth.suberror = text(u"error_subcode"_s);
    oauth.description = text(u"error_description"_s);
    oauth.correlationId = text(u"correlation_id"_s);
    oauth.traceId = text(u"trace_id"_s);
    oauth.timestamp = text(u"timestamp"_s);
    completeFromDescription(oauth);
    return oauth;
}

/// What an error means to us. Decided by `error` and `suberror` alone, because numbers and texts may change at any
/// time.
struct Decision
{
    ErrorCode code;
    QString message;
    QString remedy;
};

template <std::size_t Size> bool isAmong(const QString &word, const std::array<QLatin1StringView, Size> &words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool needsInteraction(const OAuthError &oauth)
{
    static constexpr std::array always{"interaction_required"_L1, "login_required"_L1, "consent_required"_L1,
                                       "account_selection_required"_L1};
    static constexpr std::array forGrants{"consent_required"_L1, "message_only"_L1, "basic_action"_L1,
                                          "additional_action"_L1, "user_password_expired"_L1};
    return isAmong(oauth.error, always) || (oauth.error == "invalid_grant"_L1 && isAmong(oauth.suberror, forGrants));
}

/// RFC 8628 section 3.5, and Entra's own names.
bool isAboutDeviceCode(const OAuthError &oauth)
{
    static constexpr std::array names{"expired_token"_L1, "code_expired"_L1, "bad_verification_code"_L1};
    return isAmong(oauth.error, names);
}

Decision decideOnDeviceCode(const OAuthError &oauth)
{
    const QString remedy = Texts::tr("Get a new code, and type it within the time that is left.");
    if (oauth.error == "bad_verification_code"_L1)
        return {errors::deviceCodeInvalid, Texts::tr("The sign-in server does not know this code any more."), remedy};
    return {errors::deviceCodeExpired, Texts::tr("Nobody finished the sign-in on the other device in time."), remedy};
}

/// Entra says so with an error that is no grant's, too.
bool needsProtection(const OAuthError &oauth) { return oauth.suberror == "protection_policy_required"_L1; }

/// The suberrors that say more than that a grant is not valid.
std::optional<Decision> decideOnGrant(const OAuthError &oauth)
{
    if (needsProtection(oauth))
        return Decision{
            errors::serverRefused,
            Texts::tr("Your organization allows only apps that it protects itself (Intune), and Bookdesk is none."),
            Texts::tr("Ask your administrator; signing in again does not help.")};
    if (oauth.error != "invalid_grant"_L1)
        return std::nullopt;
    if (oauth.suberror == "bad_token"_L1)
        return Decision{errors::refreshTokenRejected,
                        Texts::tr("The sign-in server does not accept the refresh token, which was thrown away."),
                        Texts::tr("Sign in again.")};
    if (oauth.suberror == "token_expired"_L1)
        return Decision{errors::grantInvalid, Texts::tr("The sign-in has expired."), Texts::tr("Sign in again.")};
    if (oauth.suberror == "client_mismatch"_L1)
        return Decision{errors::grantInvalid, Texts::tr("The refresh token belongs to another application."),
                        Texts::tr("Sign in again.")};
    return std::nullopt;
}

Decision decide(const OAuthError &oauth)
{
    static constexpr std::array proofs{"invalid_dpop_proof"_L1, "use_dpop_nonce"_L1};
    static constexpr std::array passing{"temporarily_unavailable"_L1, "server_error"_L1};
    static constexpr std::array declined{"access_denied"_L1, "authorization_declined"_L1};
    if (isAboutDeviceCode(oauth))
        return decideOnDeviceCode(oauth);
    if (isAmong(oauth.error, proofs)) {
        const Error unsupported = proofOfPossessionDemanded();
        return {unsupported.code, unsupported.message, unsupported.remedy};
    }
    if (isAmong(oauth.error, declined))
        return {errors::declined, Texts::tr("The sign-in was declined."),
                Texts::tr("Try again and accept what Bookdesk asks for, use another account, or ask your "
                          "administrator.")};
    if (needsInteraction(oauth))
        return {errors::interactionRequired, Texts::tr("The sign-in server needs you to sign in with the browser."),
                Texts::tr("Sign in again.")};
    if (std::optional<Decision> known = decideOnGrant(oauth))
        return *std::move(known);
    if (oauth.error == "invalid_grant"_L1)
        return {errors::grantInvalid, Texts::tr("The sign-in is no longer valid."), Texts::tr("Sign in again.")};
    if (isAmong(oauth.error, passing))
        return {errors::serverRefused, Texts::tr("The sign-in server is not available at the moment."),
                Texts::tr("Wait a moment and try again.")};
    return {errors::serverRefused,
            Texts::tr("The sign-in server refused (%1).").arg(visible(shortened(oauth.error, longestWord))),
            Texts::tr("Check this connection's client ID, scopes and redirect, or show the details to your "
                      "administrator.")};
}

/// What is known of a number; of a suberror or an error where decide() has no words of its own for it. nullptr if we
/// know no more than the server says.
const Advice *adviceOn(const AdviceData &data, const OAuthError &oauth, const Decision &decision)
{
    if (const Advice *advice = data.findNumber(oauth.aadsts))
        return advice;
    const bool bySuberror =
        decision.code == errors::grantInvalid || decision.code == errors::interactionRequired || needsProtection(oauth);
    if (const Advice *advice = bySuberror ? data.findSuberror(oauth.suberror) : nullptr)
        return advice;
    return decision.code == errors::serverRefused ? data.findError(oauth.error) : nullptr;
}

/// Servers may echo what they were sent, so whatever looks like a token or a code is removed too.
QString shown(const QString &text, qsizetype length) { return visible(shortened(redacted(text.trimmed()), length)); }

Facts factsOf(const OAuthError &oauth, const QString &redirectUri)
{
    const QString description = QString(oauth.description).replace(u'\r', u' ').replace(u'\n', u' ').simplified();
    return merged({}, {{facts::oauthError, shown(oauth.error, longestWord)},
                       {facts::suberror, shown(oauth.suberror, longestWord)},
                       {facts::aadsts, shown(oauth.aadsts, longestWord)},
                       {facts::correlationId, shown(oauth.correlationId, longestWord)},
                       {facts::traceId, shown(oauth.traceId, longestWord)},
                       {facts::timestamp, shown(oauth.timestamp, longestWord)},
                       {facts::redirectUri, shown(redirectUri, longestDescription)},
                       {facts::serverSaid, shown(description, longestDescription)}});
}

} // namespace

OAuthError readOAuthError(const JsonObject &body)
{
    return readFrom([&body](const QString &name) {
        const Json *value = body.find(name);
        const QString *text = value ? value->asString() : nullptr;
        return text ? *text : QString();
    });
}

OAuthError readOAuthError(const QMap<QString, QString> &redirectParameters)
{
    return readFrom([&redirectParameters](const QString &name) { return redirectParameters.value(name); });
}

OAuthError oauthErrorOf(const Facts &facts)
{
    OAuthError oauth;
    oauth.error = factValue(facts, facts::oauthError);
    oauth.suberror = factValue(facts, facts::suberror);
    oauth.description = factValue(facts, facts::serverSaid);
    oauth.aadsts = factValue(facts, facts::aadsts);
    oauth.correlationId = factValue(facts, facts::correlationId);
    oauth.traceId = factValue(facts, facts::traceId);
    oauth.timestamp = factValue(facts, facts::timestamp);
    return oauth;
}

Error proofOfPossessionDemanded()
{
    return {
        errors::proofOfPossessionUnsupported,
        Texts::tr("The sign-in server binds tokens to a key of the client (DPoP, RFC 9449), which Bookdesk does not "
                  "support."),
        Texts::tr("Ask the administrator of the sign-in server to allow bearer tokens for this client.")};
}

Error signInError(const OAuthError &oauth, const QString &redirectUri)
{
    Decision decision = decide(oauth);
    const AdviceData data = AdviceData::forLocale();
    if (const Advice *advice = adviceOn(data, oauth, decision)) {
        decision.message = advice->meaning;
        decision.remedy = advice->remedy;
    }
    return {decision.code, std::move(decision.message), std::move(decision.remedy), factsOf(oauth, redirectUri)};
}

} // namespace bookdesk::identity
