#include "jose/base64url.h"

#include <QByteArray>

namespace bookdesk::jose {
namespace {

constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(encoding);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const QByteArray encoded = QByteArray::fromRawData(text.data(), text.size());
    QByteArray::FromBase64Result result =
        QByteArray::fromBase64Encoding(encoded, encoding | QByteArray::AbortOnBase64DecodingErrors);
    // Qt ignores padding and trailing bits, so two texts could mean the same bytes; only the one we would write counts.
    if (!result || toBase64Url(result.decoded) != encoded)
        return std::nullopt;
    return std::move(result.decoded);
}

} // namespace bookdesk::jose
