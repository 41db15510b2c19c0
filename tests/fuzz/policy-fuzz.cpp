// Policy evaluation. An input has four lines: header, claims, policy (all JSON) and a foreign signature. What passes
// must meet the rules that are written down here a second time, and must have been signed by the key that it names.
#include "books/claim-types.h"
#include "core/text.h"
#include "fuzz/target.h"
#include "jose/base64url.h"
#include "jose/entra-names.h"
#include "jose/identity.h"
#include "jose/jwk-set.h"
#include "jose/signing-key.h"
#include "jose/verify.h"

#include <QList>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::fuzz {
namespace {

using namespace jose;

constexpr double now = 1'800'000'000;
constexpr TimePoint nowPoint{std::chrono::seconds{1'800'000'000}};

/// A key with the ID that it is known by; seeds cannot know a thumbprint.
struct NamedKey
{
    QString keyId;
    QString issuer; ///< Only tokens of this issuer, where it is not empty.
    SigningKey key;
};

SigningKey made(Result<SigningKey> key)
{
    require(key.has_value(), "a key can be made");
    return *std::move(key);
}

std::vector<NamedKey> madeKeys()
{
    const QString pattern = u"https://login.test/{tenantid}/v2.0"_s;
    return {{u"rsa"_s, {}, made(SigningKey::generateRsa())},
            {u"ec"_s, {}, made(SigningKey::generateEc(Curve::p256))},
            {u"ed"_s, {}, made(SigningKey::generateEd25519())},
            {u"tenant"_s, pattern, made(SigningKey::generateEd25519())}};
}

class Issuer
{
public:
    Issuer()
    {
        JsonArray jwks;
        for (const NamedKey &named : m_keys) {
            JsonObject jwk = named.key.publicJwk();
            jwk.set(u"kid"_s, named.keyId);
            if (!named.issuer.isEmpty())
                jwk.set(u"issuer"_s, named.issuer);
            jwks.push_back(jwk);
        }
        const Result<JwkSet> set = parseJwkSet(toCompactJson(JsonObject{{u"keys"_s, jwks}}));
        require(set && set->keys.size() == m_keys.size(), "our own keys are kept");
        m_published = *set;
    }

    const JwkSet &published() const { return m_published; }

    const NamedKey *find(const QString &keyId) const
    {
        const auto found = std::find_if(m_keys.begin(), m_keys.end(),
                                        [&keyId](const NamedKey &named) { return named.keyId == keyId; });
        return found == m_keys.end() ? nullptr : &*found;
    }

private:
    std::vector<NamedKey> m_keys = madeKeys();
    JwkSet m_published;
};

QStringList strings(const JsonObject &object, QStringView name)
{
    QStringList all;
    const Json *value = object.find(name);
    if (!value || !value->asArray())
        return all;
    for (const Json &item : *value->asArray()) {
        if (item.asString())
            all += *item.asString();
    }
    return all;
}

std::optional<QString> text(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? std::optional(*value->asString()) : std::nullopt;
}

TokenPolicy policyIn(QByteArrayView line)
{
    TokenPolicy policy = accessTokenPolicy(u"https://issuer.test/v2.0"_s, u"api"_s);
    policy.claims = entraNames();
    policy.claimTypes = books::claimTypes();
    const Result<JsonObject> written = parseJsonObject(line);
    if (!written)
        return policy;
    policy.issuer = text(*written, u"issuer").value_or(policy.issuer);
    if (const std::optional<QString> nonce = text(*written, u"nonce"))
        policy.nonce = *nonce;
    policy.authorizedParty = text(*written, u"party");
    if (const std::optional<QString> accessToken = text(*written, u"accessToken"))
        policy.accessToken = Secret(accessToken->toUtf8());
    if (written->find(u"audiences"))
        policy.audiences = strings(*written, u"audiences");
    if (written->find(u"required"))
        policy.requiredClaims = strings(*written, u"required");
    if (written->find(u"algorithms"))
        policy.algorithms.clear();
    for (const QString &name : strings(*written, u"algorithms")) {
        if (const std::optional<Algorithm> algorithm = algorithmFrom(name))
            policy.algorithms.push_back(*algorithm);
    }
    const Json *leeway = written->find(u"leeway");
    if (leeway && leeway->isNumber() && std::abs(leeway->toDouble()) < 1e6)
        policy.leeway = std::chrono::seconds(static_cast<int>(leeway->toDouble()));
    return policy;
}

QByteArray joined(QByteArrayView header, QByteArrayView claims)
{
    return toBase64Url(header) + '.' + toBase64Url(claims);
}

Result<DecodedToken> decodedWith(const QByteArray &signingInput, QByteArrayView signature)
{
    return decode(Secret(signingInput + '.' + toBase64Url(signature)));
}

bool hasPassed(const Verification &verification, CheckKind kind)
{
    const Check *check = verification.find(kind);
    return check && check->result == CheckResult::passed;
}

/// Every check once, in the contract's order, with a sentence that is safe to show.
void requireComplete(const Verification &verification)
{
    const bool areInOrder =
        std::ranges::equal(verification.checks, allCheckKinds, std::ranges::equal_to(), &Check::kind);
    require(areInOrder, "every check is reported, in the contract's order");
    for (const Check &check : verification.checks) {
        const QString sentence = checkSentence(check, verification.at);
        require(!sentence.isEmpty(), "every check has a sentence");
        require(visible(sentence) == sentence, "sentences are safe to show");
    }
    require(verification.passed() == (verification.firstFailure() == nullptr), "the verdict is the first failure");
}

bool isDateAfter(const Json *value, double limit) { return value && value->isNumber() && value->toDouble() > limit; }

QString algorithmOf(const DecodedToken &token)
{
    const Json *name = token.header.find(u"alg");
    return name && name->asString() ? *name->asString() : QString();
}

/// What RFC 7519 and RFC 8725 require, written a second time and in another way.
void requireRules(const DecodedToken &token, const TokenPolicy &policy)
{
    const std::optional<Algorithm> algorithm = algorithmFrom(algorithmOf(token));
    require(algorithm && std::count(policy.algorithms.begin(), policy.algorithms.end(), *algorithm) > 0,
            "the algorithm is on the allow-list");
    require(!token.header.find(u"crit"), "no critical extension is passed over");
    const Json *isEncoded = token.header.find(u"b64");
    require(!isEncoded || *isEncoded == Json(true), "the payload is encoded");

    const auto leeway = static_cast<double>(policy.leeway.count());
    for (const QString &name : policy.requiredClaims) {
        const Json *claim = token.claims.find(name);
        require(claim && !claim->isNull(), "required claims are there");
    }
    const Json *expiry = token.claims.find(u"exp");
    require(!expiry || expiry->isNull() || isDateAfter(expiry, now - leeway), "the token has not expired");
    for (const QStringView name : {QStringView(u"iat"), QStringView(u"nbf")})
        require(!isDateAfter(token.claims.find(name), now + leeway + 1), "the token is valid already");

    const QString issuer = token.stringClaim(u"iss").value_or(QString());
    const QString tenant = token.stringClaim(u"tid").value_or(QString());
    require(!issuer.isEmpty() && QString(policy.issuer).replace(u"{tenantid}"_s, tenant) == issuer,
            "the issuer is the expected one");
    const QStringList audience = token.audience();
    require(std::any_of(audience.begin(), audience.end(),
                        [&policy](const QString &name) { return policy.audiences.contains(name); }),
            "the token is for us");
    require(!policy.nonce || token.stringClaim(u"nonce") == std::get<QString>(*policy.nonce),
            "the nonce is the one that was sent");
    require(!policy.authorizedParty || audience.size() < 2 || token.stringClaim(u"azp") == policy.authorizedParty,
            "among several audiences we are the authorized party");
}

void requireSound(const DecodedToken &token, const Verification &verification, const TokenPolicy &policy)
{
    requireComplete(verification);
    if (verification.passed()) {
        require(hasPassed(verification, CheckKind::signature), "nothing passes without its signature");
        requireRules(token, policy);
    }
    if (Identity::fromIdToken(token, verification, entraNames()))
        require(verification.passed() && policy.nonce, "nobody is signed in by a token that does not pass");
}

/// One bit of the signature or of what it covers, chosen by the input.
DecodedToken damaged(DecodedToken token, std::size_t choice)
{
    QByteArray input = token.signingInput.reveal().toByteArray();
    QByteArray &bytes = choice % 2 == 0 || token.signature.isEmpty() ? input : token.signature;
    const auto bit = static_cast<qsizetype>((choice / 2) % static_cast<std::size_t>(bytes.size() * 8));
    bytes[bit / 8] = static_cast<char>(bytes.at(bit / 8) ^ (1 << (bit % 8)));
    token.signingInput = Secret(input);
    return token;
}

class Examination
{
public:
    Examination(const Issuer &issuer, QByteArray signingInput, TokenPolicy policy)
        : m_issuer(issuer)
        , m_signingInput(std::move(signingInput))
        , m_policy(std::move(policy))
    {}

    /// Signed by an unknown key.
    void tryForeign(QByteArrayView signature) const
    {
        const Result<DecodedToken> token = decodedWith(m_signingInput, signature);
        if (!token)
            return;
        const Verification verification = verified(*token);
        requireSound(*token, verification, m_policy);
        require(!verification.passed() && !hasPassed(verification, CheckKind::signature),
                "a token that our keys did not sign never passes");
    }

    /// Signed by each of our keys that the algorithm fits: only the one that the token names may make it pass.
    void trySigned() const
    {
        const Result<DecodedToken> unsignedToken = decodedWith(m_signingInput, {});
        const std::optional<Algorithm> algorithm =
            unsignedToken ? algorithmFrom(algorithmOf(*unsignedToken)) : std::nullopt;
        if (!algorithm)
            return;
        for (const QString &signer : {u"rsa"_s, u"ec"_s, u"ed"_s, u"tenant"_s})
            trySignedBy(*m_issuer.find(signer), *algorithm);
    }

private:
    Verification verified(const DecodedToken &token) const
    {
        return verify(token, m_issuer.published(), m_policy, nowPoint);
    }

    void trySignedBy(const NamedKey &signer, Algorithm algorithm) const
    {
        const bool fits = m_issuer.published().find(signer.keyId)->key.fits(algorithm);
        if (!fits)
            return;
        const Result<QByteArray> signature = signer.key.signature(algorithm, m_signingInput);
        require(signature.has_value(), "a key signs with an algorithm that fits it");
        const Result<DecodedToken> token = decodedWith(m_signingInput, *signature);
        require(token.has_value(), "a signature does not hinder decoding");
        const Verification verification = verified(*token);
        requireSound(*token, verification, m_policy);
        const bool isNamed = token->keyId() == signer.keyId;
        require(isNamed || !hasPassed(verification, CheckKind::signature), "only the key that is named counts");
        if (!hasPassed(verification, CheckKind::signature))
            return;
        const DecodedToken changed = damaged(*token, qHash(m_signingInput));
        require(!verified(changed).passed(), "a token with one bit changed never passes");
        requireTenant(signer, *token, verification);
    }

    static void requireTenant(const NamedKey &signer, const DecodedToken &token, const Verification &verification)
    {
        if (signer.issuer.isEmpty() || !verification.passed())
            return;
        const QString tenant = token.stringClaim(u"tid").value_or(QString());
        require(token.stringClaim(u"iss") == QString(signer.issuer).replace(u"{tenantid}"_s, tenant),
                "a key for one issuer makes no other issuer's token pass");
    }

    const Issuer &m_issuer;
    QByteArray m_signingInput;
    TokenPolicy m_policy;
};

} // namespace

void tryInput(QByteArrayView input)
{
    static const Issuer issuer;
    QList<QByteArray> lines = input.toByteArray().split('\n');
    lines.resize(std::max<qsizetype>(lines.size(), 4));
    const Examination examination(issuer, joined(lines[0], lines[1]), policyIn(lines[2]));
    examination.tryForeign(lines[3]);
    examination.trySigned();
}

} // namespace bookdesk::fuzz
