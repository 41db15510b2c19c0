// Tokens whose signature is missing or broken, or no longer that of what they say.
#include "jose/base64url.h"
#include "lab/forger.h"
#include "lab/probe-rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::lab::rows {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignatureProbes)
};

const QString madeUp = u"Bookdesk.Probe"_s;

Possible<jose::DecodedToken> genuine(const Forger &forger)
{
    const Possible<Secret> token = forger.genuine();
    if (!token)
        return notPossible(token.error());
    Result<jose::DecodedToken> decoded = jose::decode(*token);
    if (!decoded)
        return notPossible(decoded.error().message);
    return *std::move(decoded);
}

ProbeDetail signatureIs(const QString &what) { return {u"signature"_s, what, u"RS256"_s}; }

Possible<Forgery> removed(const Forger &forger)
{
    return Forgery{.token = Secret::taking(signingInput(forger.header(), forger.claims())),
                   .details = {signatureIs(Texts::tr("removed, with its dot"))}};
}

Possible<Forgery> empty(const Forger &forger)
{
    return Forgery{.token = withSignature(signingInput(forger.header(), forger.claims()), {}),
                   .details = {signatureIs(Texts::tr("empty"))}};
}

Possible<Forgery> flipped(const Forger &forger)
{
    const Possible<jose::DecodedToken> token = genuine(forger);
    if (!token)
        return notPossible(token.error());
    QByteArray signature = token->signature;
    signature[0] = static_cast<char>(signature.at(0) ^ 1);
    return Forgery{.token = withSignature(token->signingInput.reveal().toByteArray(), signature),
                   .details = {signatureIs(Texts::tr("one bit changed"))}};
}

Possible<Forgery> cut(const Forger &forger)
{
    const Possible<jose::DecodedToken> token = genuine(forger);
    if (!token)
        return notPossible(token.error());
    const qsizetype half = token->signature.size() / 2;
    return Forgery{.token = withSignature(token->signingInput.reveal().toByteArray(), token->signature.first(half)),
                   .details = {signatureIs(Texts::tr("its first half"))}};
}

/// A genuine token with one claim changed and its signature kept.
Possible<Forgery> edited(const Forger &forger, const jose::ClaimPath &claim,
                         Json (*change)(const Forger &, const JsonObject &))
{
    const Possible<jose::DecodedToken> token = genuine(forger);
    if (!token)
        return notPossible(token.error());
    const Json value = change(forger, token->claims);
    JsonObject claims = token->claims;
    claim.put(claims, value);
    return Forgery{.token = withSignature(signingInput(token->header, claims), token->signature),
                   .details = {{claim.text(), QString::fromUtf8(toCompactJson(value)), Texts::tr("as it was signed")}}};
}

/// The first of @p places, or the claim @p usual where a provider has none.
jose::ClaimPath firstOf(const jose::ClaimPlaces &places, const QString &usual)
{
    return places.paths.empty() ? jose::ClaimPath::ofClaim(usual) : places.paths.front();
}

jose::ClaimPath rolesOf(const Forger &forger) { return firstOf(forger.setup().policy.claims.roles, u"roles"_s); }

jose::ClaimPath scopesOf(const Forger &forger) { return firstOf(forger.setup().policy.claims.scopes, u"scp"_s); }

Possible<Forgery> roleAdded(const Forger &forger)
{
    return edited(forger, rolesOf(forger), [](const Forger &from, const JsonObject &claims) -> Json {
        const Json *roles = rolesOf(from).in(claims);
        JsonArray all = roles && roles->asArray() ? *roles->asArray() : JsonArray();
        all.emplace_back(madeUp);
        return all;
    });
}

Possible<Forgery> scopeAdded(const Forger &forger)
{
    return edited(forger, scopesOf(forger), [](const Forger &from, const JsonObject &claims) -> Json {
        const Json *scopes = scopesOf(from).in(claims);
        const bool isText = scopes && scopes->asString() && !scopes->asString()->isEmpty();
        return isText ? *scopes->asString() + u' ' + madeUp : madeUp;
    });
}

Possible<Forgery> subjectChanged(const Forger &forger)
{
    return edited(forger, jose::ClaimPath::ofClaim(u"sub"_s),
                  [](const Forger &, const JsonObject &) -> Json { return u"somebody-else"_s; });
}

Possible<Forgery> audienceChanged(const Forger &forger)
{
    return edited(forger, jose::ClaimPath::ofClaim(u"aud"_s), [](const Forger &from, const JsonObject &) -> Json {
        return JsonArray{from.setup().policy.audiences.value(0), u"api://bookdesk-probe"_s};
    });
}

Possible<Forgery> expiryMoved(const Forger &forger)
{
    return edited(forger, jose::ClaimPath::ofClaim(u"exp"_s), [](const Forger &from, const JsonObject &) -> Json {
        constexpr std::chrono::hours year{24 * 365};
        return numericDate(from.now() + 10 * year);
    });
}

constexpr const char *cryptography = "RFC 8725, section 3.3";

} // namespace

std::vector<ProbeRow> signature()
{
    constexpr ProbeGroup group = ProbeGroup::signature;
    return {
        {"signature-removed", group, QT_TRANSLATE_NOOP("Probe", "Signature removed"),
         QT_TRANSLATE_NOOP("Probe", "a token without a signature"), cryptography, "signature", removed},
        {"signature-empty", group, QT_TRANSLATE_NOOP("Probe", "Signature empty"),
         QT_TRANSLATE_NOOP("Probe", "a token with an empty signature"), "CVE-2020-28042", "signature", empty},
        {"signature-flipped", group, QT_TRANSLATE_NOOP("Probe", "Signature with one bit changed"),
         QT_TRANSLATE_NOOP("Probe", "a token with a broken signature"), cryptography, "signature", flipped},
        {"signature-cut", group, QT_TRANSLATE_NOOP("Probe", "Signature cut in half"),
         QT_TRANSLATE_NOOP("Probe", "a token with half a signature"), cryptography, "signature", cut},
        {"role-added", group, QT_TRANSLATE_NOOP("Probe", "Role added"),
         QT_TRANSLATE_NOOP("Probe", "a token to which a role was added"), cryptography, "signature", roleAdded},
        {"scope-added", group, QT_TRANSLATE_NOOP("Probe", "Scope added"),
         QT_TRANSLATE_NOOP("Probe", "a token to which a scope was added"), cryptography, "signature", scopeAdded},
        {"subject-changed", group, QT_TRANSLATE_NOOP("Probe", "Another person"),
         QT_TRANSLATE_NOOP("Probe", "a token that was changed to name another person"), cryptography, "signature",
         subjectChanged},
        {"audience-changed", group, QT_TRANSLATE_NOOP("Probe", "Audience changed"),
         QT_TRANSLATE_NOOP("Probe", "a token whose audience was changed"), cryptography, "signature", audienceChanged},
        {"expiry-moved", group, QT_TRANSLATE_NOOP("Probe", "Expiry moved by ten years"),
         QT_TRANSLATE_NOOP("Probe", "a token whose expiry was changed"), cryptography, "signature", expiryMoved},
    };
}

} // namespace bookdesk::lab::rows
