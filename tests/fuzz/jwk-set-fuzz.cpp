// JWK sets and certificate maps: only keys that are beyond doubt are kept.
#include "core/text.h"
#include "fuzz/target.h"
#include "jose/certificate-map.h"
#include "jose/errors.h"
#include "jose/jwk-set.h"

#include <set>
#include <tuple>

namespace bookdesk::fuzz {
namespace {

using namespace jose;

void requireSaneKey(const Jwk &key)
{
    require(!key.keyId.isEmpty(), "a key has an ID");
    require(!key.key.description().isEmpty(), "a key can be described");
    require(!key.algorithm || key.key.fits(*key.algorithm), "a key fits the algorithm that it is for");
    require(key.key == key.key, "a key equals itself");
    require(!key.key.description().startsWith(QStringLiteral("RSA")) || key.key.bits() >= 2048,
            "no short RSA key is kept");
}

/// The signatures that forgers try first: none, zeros, ones.
void requireNoTrivialSignature(const PublicKey &key)
{
    for (const Algorithm algorithm : allAlgorithms) {
        if (!key.fits(algorithm))
            require(!key.verifies(algorithm, "input", QByteArray(64, 'x')), "a key verifies nothing it does not fit");
    }
    for (const char filling : {'\0', '\1'}) {
        for (const qsizetype size : {0, 64, 256})
            require(!key.verifies(Algorithm::edDsa, "input", QByteArray(size, filling)) &&
                        !key.verifies(Algorithm::es256, "input", QByteArray(size, filling)),
                    "no trivial signature passes");
    }
}

void requireSaneSet(const JwkSet &set)
{
    std::set<std::tuple<QString, QString, QString>> seen;
    for (const Jwk &key : set.keys) {
        requireSaneKey(key);
        const std::tuple entry(key.keyId, key.issuer, key.algorithm ? algorithmName(*key.algorithm) : QString());
        require(!seen.contains(entry), "a key ID and an issuer name one entry for each algorithm");
        seen.insert(entry);
        const Jwk *found = set.find(key.keyId, key.issuer);
        require(found && found->key == key.key, "a key ID and an issuer name one key");
        require(found->isExposed == key.isExposed, "a key is exposed in all of its entries");
        require(set.find(key.keyId) != nullptr, "a key is found by its ID");
    }
    for (const QString &finding : set.findings)
        require(!finding.isEmpty() && visible(finding) == finding, "findings are safe to show");
    if (!set.keys.empty())
        requireNoTrivialSignature(set.keys.front().key);
}

void tryDocument(QByteArrayView document, Result<JwkSet> (*parse)(QByteArrayView))
{
    const Result<JwkSet> set = parse(document);
    if (!set) {
        require(set.error().code == errors::keySetInvalid, "an error's code is keys.invalid");
        require(!set.error().message.isEmpty(), "an error says something");
        return;
    }
    requireSaneSet(*set);
}

} // namespace

void tryInput(QByteArrayView input)
{
    tryDocument(input, &parseJwkSet);
    tryDocument(input, &parseCertificateMap);
}

} // namespace bookdesk::fuzz
