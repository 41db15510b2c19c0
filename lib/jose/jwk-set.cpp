#include "jose/jwk-set.h"

#include "core/json.h"
#include "core/text.h"
#include "jose/base64url.h"
#include "jose/errors.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(JwkSet)
};

constexpr std::array privateMembers{"d"_L1, "p"_L1, "q"_L1, "dp"_L1, "dq"_L1, "qi"_L1, "oth"_L1};

/// Why a key is left out, as a sentence for people; or the key.
template <class T> using OrReason = tl::expected<T, QString>;

tl::unexpected<QString> reason(QString text) { return tl::unexpected<QString>(std::move(text)); }

/// The member; nullptr where it is absent, and null means absent: many issuers write all members of their type.
const Json *memberOf(const JsonObject &jwk, QStringView name)
{
    const Json *value = jwk.find(name);
    return value && !value->isNull() ? value : nullptr;
}

/// The member where it is a string; absent gives an empty one.
OrReason<QString> optionalText(const JsonObject &jwk, const QString &name)
{
    const Json *value = memberOf(jwk, name);
    if (!value)
        return QString();
    if (const QString *text = value->asString())
        return *text;
    return reason(Texts::tr("Its member \"%1\" must be a string. Found: %2.").arg(name, value->typeName()));
}

OrReason<QByteArray> number(const JsonObject &jwk, const QString &name)
{
    const OrReason<QString> text = optionalText(jwk, name);
    if (!text)
        return reason(text.error());
    if (text->isEmpty())
        return reason(Texts::tr("It lacks the member \"%1\".").arg(name));
    std::optional<QByteArray> bytes = fromBase64Url(text->toUtf8());
    if (!bytes)
        return reason(Texts::tr("Its member \"%1\" is not base64url.").arg(name));
    return std::move(*bytes);
}

OrReason<void> checkPurpose(const JsonObject &jwk)
{
    const OrReason<QString> use = optionalText(jwk, u"use"_s);
    if (!use)
        return reason(use.error());
    if (!use->isEmpty() && *use != "sig"_L1)
        return reason(Texts::tr("Its use is %1, not signatures.").arg(visible(shortened(*use, 40))));
    const Json *operations = memberOf(jwk, u"key_ops");
    const JsonArray *array = operations ? operations->asArray() : nullptr;
    if (!operations || (array && array->empty()))
        return {}; // Allowing nothing, it would not have been published.
    if (!array || std::count(array->begin(), array->end(), Json(u"verify"_s)) != 1)
        return reason(Texts::tr("Its key_ops do not allow to check signatures."));
    const bool isForSignatures = std::all_of(array->begin(), array->end(), [](const Json &operation) {
        return operation == Json(u"verify"_s) || operation == Json(u"sign"_s);
    });
    return isForSignatures ? OrReason<void>() : reason(Texts::tr("Its key_ops allow more than signatures."));
}

/// The `alg` member, which must be one for signatures with @p key.
OrReason<std::optional<Algorithm>> algorithmOf(const JsonObject &jwk, const PublicKey &key)
{
    const OrReason<QString> name = optionalText(jwk, u"alg"_s);
    if (!name)
        return reason(name.error());
    if (name->isEmpty())
        return std::optional<Algorithm>();
    const std::optional<Algorithm> algorithm = algorithmFrom(*name);
    if (algorithm && key.fits(*algorithm))
        return algorithm;
    return reason(Texts::tr("Its algorithm %1 is not one for signatures with %2 keys.")
                      .arg(visible(shortened(*name, 40)), key.description()));
}

Result<PublicKey> unusableKey(const QString &why)
{
    return failure(errors::keyUnusable, {}, {}, {{facts::reason, why}});
}

Result<PublicKey> readRsa(const JsonObject &jwk)
{
    const OrReason<QByteArray> modulus = number(jwk, u"n"_s);
    if (!modulus)
        return unusableKey(modulus.error());
    const OrReason<QByteArray> exponent = number(jwk, u"e"_s);
    if (!exponent)
        return unusableKey(exponent.error());
    return PublicKey::fromRsa(*modulus, *exponent);
}

Result<PublicKey> readEc(const JsonObject &jwk)
{
    const OrReason<QString> name = optionalText(jwk, u"crv"_s);
    if (!name)
        return unusableKey(name.error());
    const std::optional<Curve> curve = curveFrom(*name);
    if (!curve)
        return unusableKey(Texts::tr("Its curve \"%1\" is not supported.").arg(visible(shortened(*name, 40))));
    const OrReason<QByteArray> x = number(jwk, u"x"_s);
    if (!x)
        return unusableKey(x.error());
    const OrReason<QByteArray> y = number(jwk, u"y"_s);
    if (!y)
        return unusableKey(y.error());
    return PublicKey::fromEc(*curve, *x, *y);
}

Result<PublicKey> readOkp(const JsonObject &jwk)
{
    const OrReason<QString> name = optionalText(jwk, u"crv"_s);
    if (!name)
        return unusableKey(name.error());
    if (*name != "Ed25519"_L1)
        return unusableKey(Texts::tr("Its curve \"%1\" is not supported.").arg(visible(shortened(*name, 40))));
    const OrReason<QByteArray> x = number(jwk, u"x"_s);
    return x ? PublicKey::fromEd25519(*x) : unusableKey(x.error());
}

Result<PublicKey> readNumbers(const JsonObject &jwk)
{
    const OrReason<QString> type = optionalText(jwk, u"kty"_s);
    if (!type)
        return unusableKey(type.error());
    if (*type == "RSA"_L1)
        return readRsa(jwk);
    if (*type == "EC"_L1)
        return readEc(jwk);
    if (*type == "OKP"_L1)
        return readOkp(jwk);
    if (*type == "oct"_L1)
        return unusableKey(Texts::tr("It is a shared secret, which has no place among public keys."));
    return unusableKey(type->isEmpty() ? Texts::tr("It does not say of which type it is.")
                                       : Texts::tr("Its type %1 is unknown.").arg(visible(shortened(*type, 40))));
}

OrReason<Jwk> readKey(const JsonObject &jwk, const QString &keyId)
{
    if (const OrReason<void> checked = checkPurpose(jwk); !checked)
        return reason(checked.error());
    OrReason<QString> issuer = optionalText(jwk, u"issuer"_s);
    if (!issuer)
        return reason(issuer.error());
    Result<PublicKey> key = readNumbers(jwk);
    if (!key)
        return reason(factValue(key.error().facts, facts::reason));
    const OrReason<std::optional<Algorithm>> algorithm = algorithmOf(jwk, *key);
    if (!algorithm)
        return reason(algorithm.error());
    return Jwk{keyId, *algorithm, std::move(*issuer), std::move(*key)};
}

/// Whether the member holds something: empty ones come with any key where an issuer writes all members of its type.
bool isFilled(const JsonObject &jwk, QStringView name)
{
    const Json *value = memberOf(jwk, name);
    if (!value)
        return false;
    const QString *text = value->asString();
    const JsonArray *array = value->asArray();
    return !(text && text->isEmpty()) && !(array && array->empty());
}

/// Reads the keys one after the other and keeps the set free of doubtful ones.
class SetReader
{
public:
    void read(const Json &value)
    {
        const JsonObject *jwk = value.asObject();
        const Json *id = jwk ? memberOf(*jwk, u"kid") : nullptr;
        const QString *keyId = id ? id->asString() : nullptr;
        if (!jwk)
            leaveOut({}, Texts::tr("An entry was left out, because it is no key. Found: %1.").arg(value.typeName()));
        else if (id && !keyId)
            leaveOut(*jwk, Texts::tr("A key was left out, because its key ID (kid) must be a string. Found: %1, %2.")
                               .arg(id->typeName(), visible(shortened(QString::fromUtf8(toCompactJson(*id)), 64))));
        else if (!keyId || keyId->isEmpty())
            leaveOut(*jwk, Texts::tr("A key without a key ID was left out, because no token can name it."));
        else
            read(*jwk, *keyId);
    }

    JwkSet take() { return std::move(m_set); }

private:
    /// For an entry that no token can name.
    void leaveOut(const JsonObject &jwk, const QString &finding)
    {
        m_set.findings += finding;
        m_set.leftOut.push_back(leftOutKey(jwk, finding));
    }

    void read(const JsonObject &jwk, const QString &keyId)
    {
        OrReason<Jwk> key = readKey(jwk, keyId);
        if (!key) {
            m_set.findings += Texts::tr("The key %1 was left out. %2").arg(shown(keyId), key.error());
            m_set.leftOut.push_back(leftOutKey(jwk, key.error()));
            return;
        }
        key->isExposed = std::any_of(privateMembers.begin(), privateMembers.end(),
                                     [&jwk](QLatin1StringView name) { return isFilled(jwk, QString(name)); });
        if (key->isExposed)
            m_set.findings +=
                Texts::tr("The key %1 was published with its private part: anybody can sign with it. Tell the issuer.")
                    .arg(shown(keyId));
        add(std::move(*key));
    }

    void add(Jwk key)
    {
        const auto place = std::pair(key.keyId, key.issuer);
        if (m_doubtful.contains(place))
            return;
        const std::vector<Jwk *> known = knownAs(key);
        const auto isSame = [&key](const Jwk *other) { return other->key == key.key; };
        if (std::all_of(known.begin(), known.end(), isSame)) {
            addEntry(std::move(key), known);
            return;
        }
        const QString finding =
            Texts::tr("Different keys carry the key ID %1, so none of them is used.").arg(shown(key.keyId));
        m_set.findings += finding;
        m_doubtful.insert(place);
        m_set.leftOut.push_back({key.keyId, key.key.description(), finding});
        std::erase_if(m_set.keys,
                      [&key](const Jwk &other) { return other.keyId == key.keyId && other.issuer == key.issuer; });
    }

    /// One key may be there for several algorithms; what one entry exposes is exposed in all of them.
    void addEntry(Jwk key, const std::vector<Jwk *> &known)
    {
        bool isNew = true;
        for (Jwk *other : known) {
            other->isExposed |= key.isExposed;
            key.isExposed |= other->isExposed;
            isNew &= other->algorithm != key.algorithm;
        }
        if (isNew)
            m_set.keys.push_back(std::move(key));
    }

    /// The entries with the same ID and issuer.
    std::vector<Jwk *> knownAs(const Jwk &key)
    {
        std::vector<Jwk *> known;
        for (Jwk &other : m_set.keys) {
            if (other.keyId == key.keyId && other.issuer == key.issuer)
                known.push_back(&other);
        }
        return known;
    }

    static QString shown(const QString &keyId) { return visible(shortened(keyId, 64)); }

    JwkSet m_set;
    QSet<std::pair<QString, QString>> m_doubtful; ///< Key ID and issuer.
};

} // namespace

const Jwk *JwkSet::find(QStringView keyId) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [keyId](const Jwk &key) { return key.keyId == keyId; });
    return found == keys.end() ? nullptr : &*found;
}

bool JwkSet::leavesOut(QStringView keyId) const
{
    return !keyId.isEmpty() &&
           std::any_of(leftOut.begin(), leftOut.end(), [keyId](const LeftOutKey &key) { return key.keyId == keyId; });
}

const Jwk *JwkSet::find(QStringView keyId, QStringView issuer) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [keyId, issuer](const Jwk &key) {
        return key.keyId == keyId && key.issuer == issuer;
    });
    return found == keys.end() ? nullptr : &*found;
}

Result<JwkSet> parseJwkSet(QByteArrayView document)
{
    const QString message =
        Texts::tr("The keys that the issuer publishes cannot be read, so no token can be verified.");
    const Result<JsonObject> object = parseJsonObject(document);
    const QString remedy = Texts::tr("Check that the text is a key set (JWKS). If the issuer published it so, tell the "
                                     "issuer.");
    if (!object)
        return failure(errors::keySetInvalid, message, remedy, factsOfCause(object.error()));
    const Json *keys = object->find(u"keys");
    const JsonArray *array = keys ? keys->asArray() : nullptr;
    if (!array)
        return failure(errors::keySetInvalid, message, remedy,
                       {{facts::reason, Texts::tr("There is no array \"keys\".")}});
    SetReader reader;
    for (const Json &key : *array)
        reader.read(key);
    return reader.take();
}

} // namespace bookdesk::jose
