#include "jose/certificate-map.h"

#include "core/json.h"
#include "core/text.h"
#include "jose/errors.h"

#include <QCoreApplication>

namespace bookdesk::jose {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(CertificateMap)
};

constexpr qsizetype longestShown = 64;

Result<PublicKey> readKey(const Json &value)
{
    if (const QString *pem = value.asString())
        return PublicKey::fromCertificate(pem->toUtf8());
    return failure(errors::keyUnusable, {}, {},
                   {{facts::reason, Texts::tr("It is no certificate. Found: %1.").arg(value.typeName())}});
}

} // namespace

Result<JwkSet> parseCertificateMap(QByteArrayView document)
{
    const Result<JsonObject> certificates = parseJsonObject(document);
    if (!certificates)
        return failure(errors::keySetInvalid,
                       Texts::tr("The certificates that the issuer publishes cannot be read, so no token can be "
                                 "verified."),
                       Texts::tr("Try again later. If it happens again, tell the issuer."),
                       factsOfCause(certificates.error()));
    JwkSet set;
    for (const auto &[keyId, value] : certificates->members()) {
        Result<PublicKey> key = readKey(value);
        if (key && !keyId.isEmpty()) {
            set.keys.push_back({keyId, {}, {}, std::move(*key)});
            continue;
        }
        const QString why = key ? Texts::tr("No token can name it.") : factValue(key.error().facts, facts::reason);
        set.leftOut.push_back({keyId, Texts::tr("certificate"), why});
        set.findings +=
            Texts::tr("The certificate %1 was left out. %2").arg(visible(shortened(keyId, longestShown)), why);
    }
    return set;
}

} // namespace bookdesk::jose
