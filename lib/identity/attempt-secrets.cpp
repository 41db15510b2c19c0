#include "identity/attempt-secrets.h"

#include "jose/base64url.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace bookdesk::identity {

QByteArray randomText()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return jose::toBase64Url(
        QByteArrayView(reinterpret_cast<const char *>(words.data()), static_cast<qsizetype>(sizeof(words))));
}

AttemptSecrets makeAttemptSecrets() { return {randomText(), randomText(), Secret::taking(randomText())}; }

QByteArray codeChallenge(const Secret &verifier)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArrayView bytes = verifier.reveal();
    hash.addData(QByteArray::fromRawData(bytes.data(), bytes.size()));
    return jose::toBase64Url(hash.result());
}

} // namespace bookdesk::identity
