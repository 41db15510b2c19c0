#include "lab/forger.h"

#include "jose/base64url.h"

#include <QCoreApplication>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Forger)
};

constexpr std::chrono::hours lifetime{1};
/// So much of its life must be left that a token cannot expire on its way.
constexpr std::chrono::seconds fewestLeft{10};

bool isFor(const jose::DecodedToken &token, const jose::TokenPolicy &policy)
{
    const QStringList audience = token.audience();
    return std::any_of(audience.begin(), audience.end(),
                       [&policy](const QString &each) { return policy.audiences.contains(each); });
}

Possible<jose::DecodedToken> readLive(const ProbeSetup &setup, TimePoint now)
{
    if (setup.token.isEmpty())
        return notPossible(Texts::tr("Nobody is signed in, so there is no genuine token to change."));
    Result<jose::DecodedToken> token = jose::decode(setup.token);
    if (!token)
        return notPossible(Texts::tr("The access token cannot be read, so nothing in it can be changed."));
    if (!isFor(*token, setup.policy))
        return notPossible(Texts::tr("The access token is for another API, and no probe carries such a token."));
    const std::optional<TimePoint> expiry = token->dateClaim(u"exp");
    if (expiry && *expiry < now + fewestLeft)
        return notPossible(Texts::tr("The access token has expired. Get a fresh token, and run the probe again."));
    return *std::move(token);
}

QString onlyTheTenant()
{
    return Texts::tr("Only the tenant could sign this token. The API would refuse another signature, which proves "
                     "nothing about this check.");
}

JsonObject madeUpClaims(const jose::TokenPolicy &policy)
{
    JsonObject claims{{u"aud"_s, policy.audiences.value(0)},
                      {u"iss"_s, policy.issuer},
                      {u"sub"_s, u"bookdesk-probe"_s},
                      {u"ver"_s, u"2.0"_s}};
    if (!policy.clientId.isEmpty())
        claims.append(u"azp"_s, policy.clientId);
    return claims;
}

/// In the first of the places, as one text.
void grant(JsonObject &claims, const jose::ClaimPlaces &places, const QStringList &scopes)
{
    QStringList all = jose::namesIn(claims, places) + scopes;
    all.removeDuplicates();
    if (!places.paths.empty() && !all.isEmpty())
        places.paths.front().put(claims, all.join(u' '));
}

} // namespace

Forger::Forger(const ProbeSetup &setup, const Result<jose::SigningKey> &proberKey, TimePoint now)
    : m_setup(setup)
    , m_proberKey(proberKey)
    , m_now(now)
    , m_live(readLive(setup, now))
{}

JsonObject Forger::header() const
{
    if (m_setup.signer)
        return m_setup.signer->header;
    if (m_live)
        return m_live->header;
    const std::vector<jose::Jwk> &keys = m_setup.keys->keys;
    return {{u"typ"_s, u"JWT"_s}, {u"alg"_s, u"RS256"_s}, {u"kid"_s, keys.empty() ? u"1"_s : keys.front().keyId}};
}

JsonObject Forger::claims() const
{
    JsonObject claims = m_live ? m_live->claims : madeUpClaims(m_setup.policy);
    claims.set(u"iat"_s, numericDate(m_now));
    claims.set(u"nbf"_s, numericDate(m_now));
    claims.set(u"exp"_s, numericDate(m_now + lifetime));
    grant(claims, m_setup.policy.claims.scopes, m_setup.scopes);
    return claims;
}

Possible<Secret> Forger::genuine() const
{
    if (m_setup.signer)
        return byTenant(header(), claims());
    if (!m_live)
        return notPossible(m_live.error());
    return m_setup.token;
}

Possible<Secret> Forger::accepted() const
{
    const bool isOpaque = !m_setup.token.isEmpty() && !jose::decode(m_setup.token);
    return isOpaque ? Possible<Secret>(m_setup.token) : genuine();
}

Possible<jose::PublicKey> Forger::tenantsKey() const
{
    const JsonObject named = header();
    const Json *keyId = named.find(u"kid");
    const std::vector<jose::Jwk> &keys = m_setup.keys->keys;
    const jose::Jwk *key = keyId && keyId->asString() ? m_setup.keys->find(*keyId->asString()) : nullptr;
    if (!key && !keys.empty())
        key = &keys.front();
    if (!key)
        return notPossible(Texts::tr("The tenant's public keys are not known. Fetch them on the Token page."));
    return key->key;
}

Possible<Secret> Forger::byTenant(const JsonObject &header, const JsonObject &claims) const
{
    if (!m_setup.signer)
        return notPossible(onlyTheTenant());
    Result<Secret> token = m_setup.signer->sign(header, claims);
    if (!token)
        return notPossible(token.error().message);
    return *std::move(token);
}

Possible<jose::SigningKey> Forger::proberKey() const
{
    if (!m_proberKey)
        return notPossible(m_proberKey.error().message);
    return *m_proberKey;
}

Possible<Secret> Forger::byProber(const JsonObject &header, const JsonObject &claims) const
{
    if (!m_proberKey)
        return notPossible(m_proberKey.error().message);
    const QByteArray input = signingInput(header, claims);
    const Result<QByteArray> signature = m_proberKey->signature(jose::Algorithm::rs256, input);
    if (!signature)
        return notPossible(signature.error().message);
    return withSignature(input, *signature);
}

QByteArray signingInput(const JsonObject &header, const JsonObject &claims)
{
    return jose::toBase64Url(toCompactJson(header)) + '.' + jose::toBase64Url(toCompactJson(claims));
}

Secret withSignature(const QByteArray &signingInput, QByteArrayView signature)
{
    QByteArray token = signingInput + '.' + jose::toBase64Url(signature);
    return Secret::taking(std::move(token));
}

Secret withSecret(const JsonObject &header, const JsonObject &claims, const QByteArray &secret)
{
    const QByteArray input = signingInput(header, claims);
    return withSignature(input, QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256));
}

JsonObject with(JsonObject object, const QString &name, Json value)
{
    object.set(name, std::move(value));
    return object;
}

Json numericDate(TimePoint time) { return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count(); }

} // namespace bookdesk::lab
