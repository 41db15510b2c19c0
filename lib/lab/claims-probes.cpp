// Genuine tokens that say what this API must not accept. Only the tenant can sign them, so most are made with the
// Sandbox's keys alone: elsewhere a refusal for the signature would prove nothing.
#include "lab/forger.h"
#include "lab/probe-rows.h"
#include "net/trusted-url.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ClaimsProbes)
};

constexpr std::chrono::hours hour{1};
/// Of an application that is registered nowhere.
const QString otherApi = u"9c1b40e2-5d7a-4f06-b8e1-02a6c7f4d37f"_s;
const QString otherTenant = u"0b6f3a52-7c1e-4d6b-9a3e-5b8d2f4c7e19"_s;

Possible<Forgery> made(const Possible<Secret> &token, std::vector<ProbeDetail> details)
{
    if (!token)
        return notPossible(token.error());
    return Forgery{.token = *token, .details = std::move(details)};
}

/// Genuine but for one claim.
Possible<Forgery> saying(const Forger &forger, const QString &name, const Json &value, const QString &expected)
{
    const Possible<Secret> token = forger.byTenant(forger.header(), with(forger.claims(), name, value));
    return made(token, {{name, QString::fromUtf8(toCompactJson(value)), expected}});
}

/// Genuine but for one text. Without quotation marks, as the text that is expected.
Possible<Forgery> sayingText(const Forger &forger, const QString &name, const QString &text, const QString &expected)
{
    return made(forger.byTenant(forger.header(), with(forger.claims(), name, text)), {{name, text, expected}});
}

/// Genuine, but it lacks a claim.
Possible<Forgery> lacking(const Forger &forger, const QString &name)
{
    JsonObject claims = forger.claims();
    claims.remove(name);
    return made(forger.byTenant(forger.header(), claims), {{name, Texts::tr("missing"), {}}});
}

QString apiOf(const Forger &forger) { return forger.setup().policy.audiences.value(0); }

/// The person's own, if an earlier one was kept.
std::optional<Forgery> kept(const Forger &forger)
{
    const Secret &token = forger.setup().expiredToken;
    const Result<jose::DecodedToken> decoded = jose::decode(token);
    if (!decoded || !decoded->audience().contains(apiOf(forger)))
        return std::nullopt;
    const std::optional<TimePoint> expiry = decoded->dateClaim(u"exp");
    if (!expiry || *expiry > forger.now())
        return std::nullopt;
    return Forgery{.token = token,
                   .details = {{u"exp"_s, Texts::tr("past, kept from earlier"), Texts::tr("in the future")}}};
}

Possible<Forgery> expired(const Forger &forger)
{
    if (std::optional<Forgery> forgery = kept(forger))
        return *std::move(forgery);
    if (!forger.setup().signer)
        return notPossible(Texts::tr("No expired token for this API was kept, and only the tenant could sign one."));
    JsonObject claims = with(forger.claims(), u"exp"_s, numericDate(forger.now() - hour));
    claims.set(u"iat"_s, numericDate(forger.now() - 2 * hour));
    claims.set(u"nbf"_s, numericDate(forger.now() - 2 * hour));
    return made(forger.byTenant(forger.header(), claims),
                {{u"exp"_s, Texts::tr("an hour ago"), Texts::tr("in the future")}});
}

Possible<Forgery> notYetValid(const Forger &forger)
{
    const JsonObject claims = with(with(forger.claims(), u"nbf"_s, numericDate(forger.now() + hour)), u"exp"_s,
                                   numericDate(forger.now() + 2 * hour));
    return made(forger.byTenant(forger.header(), claims),
                {{u"nbf"_s, Texts::tr("in an hour"), Texts::tr("in the past")}});
}

Possible<Forgery> fromTheFuture(const Forger &forger)
{
    const JsonObject claims = with(with(forger.claims(), u"iat"_s, numericDate(forger.now() + hour)), u"exp"_s,
                                   numericDate(forger.now() + 2 * hour));
    return made(forger.byTenant(forger.header(), claims),
                {{u"iat"_s, Texts::tr("in an hour"), Texts::tr("in the past")}});
}

Possible<Forgery> expiryAsText(const Forger &forger)
{
    return saying(forger, u"exp"_s, u"never"_s, Texts::tr("a number"));
}

/// With another key: a huge number is valid from the tenant, and must not make anybody stumble before they look at the
/// signature.
Possible<Forgery> hugeExpiry(const Forger &forger)
{
    constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
    const Possible<Secret> token = forger.byProber(forger.header(), with(forger.claims(), u"exp"_s, huge));
    return made(token, {{u"exp"_s, QString::number(huge), {}}, {u"signature"_s, Texts::tr("of another key"), {}}});
}

Possible<Forgery> negativeExpiry(const Forger &forger)
{
    return saying(forger, u"exp"_s, -1, Texts::tr("in the future"));
}

Possible<Forgery> withoutExpiry(const Forger &forger) { return lacking(forger, u"exp"_s); }

Possible<Forgery> ofAnotherTenant(const Forger &forger)
{
    const QString &issuer = forger.setup().policy.issuer;
    const QString &name = forger.setup().policy.claims.tenant;
    JsonObject claims = forger.claims();
    const Json *tenant = claims.find(name);
    QString other = issuer + u'/' + otherTenant;
    if (tenant && tenant->asString() && issuer.contains(*tenant->asString())) {
        other = QString(issuer).replace(*tenant->asString(), otherTenant);
        claims.set(name, otherTenant);
    }
    claims.set(u"iss"_s, other);
    return made(forger.byTenant(forger.header(), claims), {{u"iss"_s, other, issuer}});
}

/// Found by an API that asks whether the token's issuer is contained in its own.
Possible<Forgery> issuerCutShort(const Forger &forger)
{
    const QString &issuer = forger.setup().policy.issuer;
    QString part = issuer;
    part.chop(1);
    return sayingText(forger, u"iss"_s, part, issuer);
}

Possible<Forgery> withoutIssuer(const Forger &forger) { return lacking(forger, u"iss"_s); }

Possible<Forgery> forAnotherApi(const Forger &forger) { return sayingText(forger, u"aud"_s, otherApi, apiOf(forger)); }

Possible<Forgery> forStrangers(const Forger &forger)
{
    return saying(forger, u"aud"_s, JsonArray{otherApi, u"api://bookdesk-probe"_s}, apiOf(forger));
}

Possible<Forgery> withoutAudience(const Forger &forger) { return lacking(forger, u"aud"_s); }

/// What an ID token and a logout token have in common. Where client and API share one registration, the audience is
/// right, and only the missing scope keeps such a token out.
struct ForTheClient
{
    JsonObject claims;
    int expected = 401;
};

Possible<ForTheClient> forTheClient(const Forger &forger)
{
    const jose::TokenPolicy &policy = forger.setup().policy;
    if (policy.clientId.isEmpty())
        return notPossible(Texts::tr("The client's ID is not known, and ID tokens are made for it."));
    const bool isShared = policy.audiences.contains(policy.clientId);
    JsonObject claims = with(forger.claims(), u"aud"_s, policy.clientId);
    claims.remove(u"azp");
    if (isShared) {
        for (const jose::ClaimPath &path : policy.claims.scopes.paths)
            claims.remove(path.names().front());
    }
    return ForTheClient{claims, isShared ? 403 : 401};
}

Possible<Forgery> madeForTheClient(const Forger &forger, const JsonObject &header, const ForTheClient &parts,
                                   const QString &kind)
{
    Possible<Forgery> forgery =
        made(forger.byTenant(header, parts.claims),
             {{u"kind"_s, kind, Texts::tr("access token")}, {u"aud"_s, forger.setup().policy.clientId, apiOf(forger)}});
    if (forgery)
        forgery->expected = parts.expected;
    return forgery;
}

/// The person's own, which is made for the client and not for this API. No probe carries a live credential that is
/// meant for another audience, with this one exception: to an API on this computer, where the client's own token
/// reaches nobody else. It shows what a made-up one cannot, because it is the tenant's own work. Everywhere else the
/// probe is synthetic, or not possible.
std::optional<Secret> liveIdToken(const Forger &forger)
{
    const ProbeSetup &setup = forger.setup();
    if (setup.idToken.isEmpty() || !net::isLoopbackHost(setup.target.host()))
        return std::nullopt;
    const Result<jose::DecodedToken> decoded = jose::decode(setup.idToken);
    const std::optional<TimePoint> expiry = decoded ? decoded->dateClaim(u"exp") : std::nullopt;
    const bool isForTheClient = decoded && decoded->audience().contains(setup.policy.clientId);
    return isForTheClient && expiry && *expiry > forger.now() ? std::optional(setup.idToken) : std::nullopt;
}

Possible<Forgery> idToken(const Forger &forger)
{
    Possible<ForTheClient> parts = forTheClient(forger);
    if (!parts)
        return notPossible(parts.error());
    if (const std::optional<Secret> live = liveIdToken(forger))
        return Forgery{.token = *live,
                       .details = {{u"kind"_s, Texts::tr("your ID token"), Texts::tr("access token")},
                                   {u"aud"_s, forger.setup().policy.clientId, apiOf(forger)}},
                       .expected = parts->expected};
    parts->claims.set(u"nonce"_s, u"bookdesk-probe"_s);
    return madeForTheClient(forger, forger.header(), *parts, Texts::tr("ID token"));
}

Possible<Forgery> logoutToken(const Forger &forger)
{
    Possible<ForTheClient> parts = forTheClient(forger);
    if (!parts)
        return notPossible(parts.error());
    const JsonObject event{{u"http://schemas.openid.net/event/backchannel-logout"_s, JsonObject()}};
    parts->claims.set(u"events"_s, event);
    return madeForTheClient(forger, with(forger.header(), u"typ"_s, u"logout+jwt"_s), *parts,
                            Texts::tr("logout token"));
}

/// RFC 7519 section 4 allows for two readings: refusing it, and the last one, which is wrong here.
Possible<Forgery> audienceTwice(const Forger &forger)
{
    JsonObject claims = forger.claims();
    claims.append(u"aud"_s, otherApi);
    return made(forger.byTenant(forger.header(), claims),
                {{u"aud"_s, Texts::tr("this API, and then %1").arg(otherApi), {}}});
}

} // namespace

std::vector<ProbeRow> claims()
{
    constexpr ProbeGroup group = ProbeGroup::claims;
    return {
        {"expired", group, QT_TRANSLATE_NOOP("Probe", "Expired"), QT_TRANSLATE_NOOP("Probe", "an expired token"),
         "RFC 7519, section 4.1.4", "expiry", expired},
        {"not-yet-valid", group, QT_TRANSLATE_NOOP("Probe", "Not valid yet"),
         QT_TRANSLATE_NOOP("Probe", "a token that is not valid yet"), "RFC 7519, section 4.1.5", "not-before",
         notYetValid},
        {"issued-in-the-future", group, QT_TRANSLATE_NOOP("Probe", "Issued in the future"),
         QT_TRANSLATE_NOOP("Probe", "a token that was issued in the future"), "RFC 7519, section 4.1.6", "not-before",
         fromTheFuture},
        {"expiry-as-text", group, QT_TRANSLATE_NOOP("Probe", "Expiry as text"),
         QT_TRANSLATE_NOOP("Probe", "a token whose expiry is no number"), "CVE-2026-25537, RFC 7519, section 4.1.4",
         "expiry", expiryAsText},
        {"expiry-huge", group, QT_TRANSLATE_NOOP("Probe", "Expiry far too large"),
         QT_TRANSLATE_NOOP("Probe", "a token that another key signed, with a huge expiry"),
         "RFC 8725, section 3.3, RFC 7519, section 2", "signature", hugeExpiry},
        {"expiry-negative", group, QT_TRANSLATE_NOOP("Probe", "Expiry negative"),
         QT_TRANSLATE_NOOP("Probe", "a token that expired before 1970"), "RFC 7519, section 4.1.4", "expiry",
         negativeExpiry},
        {"expiry-missing", group, QT_TRANSLATE_NOOP("Probe", "No expiry"),
         QT_TRANSLATE_NOOP("Probe", "a token that never expires"), "RFC 7519, section 4.1.4", "expiry", withoutExpiry},
        {"other-tenant", group, QT_TRANSLATE_NOOP("Probe", "From another tenant"),
         QT_TRANSLATE_NOOP("Probe", "a token from another tenant"), "RFC 8725, section 3.8", "issuer", ofAnotherTenant},
        {"issuer-part", group, QT_TRANSLATE_NOOP("Probe", "Issuer cut short"),
         QT_TRANSLATE_NOOP("Probe", "a token that names only a part of the issuer"),
         "CVE-2024-53861, RFC 8725, section 3.8", "issuer", issuerCutShort},
        {"issuer-missing", group, QT_TRANSLATE_NOOP("Probe", "No issuer"),
         QT_TRANSLATE_NOOP("Probe", "a token that names no issuer"), "RFC 8725, section 3.8", "issuer", withoutIssuer},
        {"other-audience", group, QT_TRANSLATE_NOOP("Probe", "Made for another API"),
         QT_TRANSLATE_NOOP("Probe", "a token made for another API"), "RFC 8725, section 3.9", "audience",
         forAnotherApi},
        {"audience-strangers", group, QT_TRANSLATE_NOOP("Probe", "Made for a list of other APIs"),
         QT_TRANSLATE_NOOP("Probe", "a token made for other APIs"), "RFC 8725, section 3.9", "audience", forStrangers},
        {"audience-missing", group, QT_TRANSLATE_NOOP("Probe", "No audience"),
         QT_TRANSLATE_NOOP("Probe", "a token that names no API"), "RFC 8725, section 3.9", "audience", withoutAudience},
        {"id-token", group, QT_TRANSLATE_NOOP("Probe", "ID token as access token"),
         QT_TRANSLATE_NOOP("Probe", "an ID token"), "RFC 8725, section 3.12", "token-kind", idToken},
        {"logout-token", group, QT_TRANSLATE_NOOP("Probe", "Logout token as access token"),
         QT_TRANSLATE_NOOP("Probe", "a logout token"), "RFC 8725, section 3.11", "token-kind", logoutToken},
        {"audience-twice", group, QT_TRANSLATE_NOOP("Probe", "Audience written twice"),
         QT_TRANSLATE_NOOP("Probe", "the first of two audiences"), "CVE-2017-12635, RFC 7519, section 4", "duplicates",
         audienceTwice},
    };
}

} // namespace bookdesk::lab::rows
