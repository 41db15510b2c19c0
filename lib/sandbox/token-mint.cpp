#include "sandbox/token-mint.h"

#include "jose/base64url.h"
#include "sandbox/random-id.h"

#include <QCryptographicHash>

#include <cstdint>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

/// Entra backdates tokens, for resources whose clocks are slow.
constexpr std::chrono::minutes datedBack{5};

struct Validity
{
    TimePoint begin;
    TimePoint end;
};

std::int64_t numericDate(TimePoint time)
{
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

/// The subject differs between applications, as in Entra.
QString pairwiseSubject(const Persona &persona, const QString &application)
{
    const QByteArray hash =
        QCryptographicHash::hash((persona.objectId + u'|' + application).toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(jose::toBase64Url(hash));
}

QString uniqueTokenId() { return QString::fromLatin1(jose::toBase64Url(randomBytes(16))); }

JsonArray toJson(const QStringList &texts)
{
    JsonArray array;
    for (const QString &text : texts)
        array.emplace_back(text);
    return array;
}

/// The claims that every token begins with.
JsonObject firstClaims(const QString &audience, const QString &issuer, Validity validity)
{
    return {{u"aud"_s, audience},
            {u"iss"_s, issuer},
            {u"iat"_s, numericDate(validity.begin)},
            {u"nbf"_s, numericDate(validity.begin)},
            {u"exp"_s, numericDate(validity.end)}};
}

Secret withBrokenSignature(const Secret &token)
{
    QByteArray bytes = token.reveal().toByteArray();
    // In the middle: the last character may have unused bits.
    char &character = bytes[bytes.lastIndexOf('.') + 20];
    character = character == 'A' ? 'B' : 'A';
    return Secret::taking(std::move(bytes));
}

} // namespace

TokenMint::TokenMint(SandboxState &state, Settings settings)
    : m_state(state)
    , m_settings(std::move(settings))
{}

Result<Secret> TokenMint::idToken(const Persona &persona, const QString &nonce) const
{
    const Registrations &registrations = m_state.registrations();
    JsonObject claims =
        firstClaims(registrations.clientId, m_settings.issuer, {now() - datedBack, now() + m_settings.lifetime});
    if (m_state.isOn(Switch::namesLoginHint))
        claims.append(u"login_hint"_s, loginHintOf(persona));
    claims.append(u"name"_s, persona.name);
    if (!nonce.isEmpty())
        claims.append(u"nonce"_s, nonce);
    claims.append(u"oid"_s, persona.objectId);
    claims.append(u"preferred_username"_s, persona.userName);
    claims.append(u"sub"_s, pairwiseSubject(persona, registrations.clientId));
    claims.append(u"tid"_s, registrations.tenantId);
    claims.append(u"uti"_s, uniqueTokenId());
    claims.append(u"ver"_s, u"2.0"_s);
    const Result<Secret> token = m_state.keys().sign(claims);
    if (!token)
        return failure(token.error());
    return made(*token);
}

Result<Secret> TokenMint::accessToken(const Persona &persona, const QStringList &scopes, const Proof &proof) const
{
    const Registrations &registrations = m_state.registrations();
    const bool isForAnother = m_state.take(Fault::accessTokenWrongAudience);
    Validity validity{now() - datedBack, now() + m_settings.lifetime};
    if (m_state.take(Fault::accessTokenExpired)) {
        validity.end = now() - datedBack;
        validity.begin = validity.end - m_settings.lifetime - datedBack;
    }
    JsonObject claims =
        firstClaims(isForAnother ? registrations.otherApiId : registrations.apiId, m_settings.issuer, validity);
    if (!proof.contexts.isEmpty())
        claims.append(u"acrs"_s, toJson(proof.contexts));
    if (proof.signedIn)
        claims.append(u"auth_time"_s, numericDate(*proof.signedIn));
    claims.append(u"azp"_s, registrations.clientId);
    claims.append(u"azpacr"_s, u"0"_s);
    claims.append(u"name"_s, persona.name);
    claims.append(u"oid"_s, persona.objectId);
    claims.append(u"preferred_username"_s, persona.userName);
    if (!persona.roles.isEmpty())
        claims.append(u"roles"_s, toJson(persona.roles));
    if (!scopes.isEmpty())
        claims.append(u"scp"_s, scopes.join(u' '));
    claims.append(u"sub"_s, pairwiseSubject(persona, registrations.apiId));
    claims.append(u"tid"_s, registrations.tenantId);
    claims.append(u"uti"_s, uniqueTokenId());
    claims.append(u"ver"_s, u"2.0"_s);
    const bool hasBrokenSignature = m_state.take(Fault::accessTokenSignatureBroken);
    const Result<Secret> token = m_state.keys().sign(claims);
    if (!token)
        return failure(token.error());
    return made(hasBrokenSignature ? withBrokenSignature(*token) : *token);
}

Secret TokenMint::code() const { return opaque("1.AX"); }

Secret TokenMint::deviceCode() const { return opaque("1.AD"); }

Secret TokenMint::refreshToken() const { return opaque("1.AR"); }

Secret TokenMint::opaque(const QByteArray &beginning) const
{
    QByteArray text = beginning + jose::toBase64Url(randomBytes(48)) + m_settings.opaqueEnding;
    return made(Secret::taking(std::move(text)));
}

Secret TokenMint::made(Secret secret) const
{
    if (m_settings.onSecretMade)
        m_settings.onSecretMade(secret);
    return secret;
}

} // namespace bookdesk::sandbox
