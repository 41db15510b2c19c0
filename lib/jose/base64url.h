/// Strict base64url without padding (RFC 7515 section 2).
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace bookdesk::jose {

QByteArray toBase64Url(QByteArrayView bytes);

/// Nothing where @p text has padding, white space, characters of plain base64, an impossible length or trailing bits
/// that are not zero.
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace bookdesk::jose
