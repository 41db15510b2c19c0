#include "lab/self-signed.h"

#include "jose/jwk-set.h"

#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

enum Tag : unsigned char {
    integer = 0x02,
    bitString = 0x03,
    utf8 = 0x0c,
    utcTime = 0x17,
    sequence = 0x30,
    set = 0x31,
    version = 0xa0,
};

/// A value of DER with its tag and length (X.690 section 8.1).
QByteArray value(Tag tag, const QByteArray &content)
{
    QByteArray length;
    for (qsizetype rest = content.size(); rest > 0; rest >>= 8)
        length.prepend(static_cast<char>(rest & 0xff));
    if (content.size() > 127)
        length.prepend(static_cast<char>(0x80 | length.size()));
    return QByteArray(1, static_cast<char>(tag)) + length + content;
}

/// sha256WithRSAEncryption (RFC 8017 appendix A.2.4).
QByteArray algorithm() { return QByteArray::fromHex("300d06092a864886f70d01010b0500"); }

QByteArray name()
{
    const QByteArray commonName = QByteArray::fromHex("0603550403");
    return value(sequence, value(set, value(sequence, commonName + value(utf8, "bookdesk-probe"))));
}

QByteArray validity(TimePoint now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    const QDateTime middle = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc());
    const auto text = [](const QDateTime &time) {
        return value(utcTime, time.toString(u"yyMMddHHmmss'Z'"_s).toLatin1());
    };
    return value(sequence, text(middle.addDays(-1)) + text(middle.addDays(1)));
}

QByteArray publicKeyInfo(const jose::SigningKey &key)
{
    const JsonObject document{{u"keys"_s, JsonArray{key.publicJwk()}}};
    const Result<jose::JwkSet> keys = jose::parseJwkSet(toCompactJson(document));
    return keys && !keys->keys.empty() ? keys->keys.front().key.subjectPublicKeyInfo() : QByteArray();
}

} // namespace

Possible<QByteArray> selfSigned(const jose::SigningKey &key, TimePoint now)
{
    const QByteArray thirdVersion = value(version, value(integer, QByteArray(1, 2)));
    const QByteArray serial = value(integer, QByteArray(1, 1));
    const QByteArray content =
        value(sequence, thirdVersion + serial + algorithm() + name() + validity(now) + name() + publicKeyInfo(key));
    const Result<QByteArray> signature = key.signature(jose::Algorithm::rs256, content);
    if (!signature)
        return notPossible(signature.error().message);
    return value(sequence, content + algorithm() + value(bitString, QByteArray(1, '\0') + *signature));
}

} // namespace bookdesk::lab
