#include "widgets/qr-code.h"

#include <qrencode.h>

#include <memory>

namespace bookdesk::widgets {

std::optional<QrCode> qrCodeOf(const QByteArray &text)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.constData());
    constexpr int anyVersion = 0;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
        text.isEmpty() ? nullptr : QRcode_encodeData(static_cast<int>(text.size()), bytes, anyVersion, QR_ECLEVEL_M),
        QRcode_free);
    if (!made)
        return std::nullopt;
    QrCode code;
    code.side = made->width;
    const int count = made->width * made->width;
    for (int index = 0; index < count; ++index)
        code.modules.push_back((made->data[index] & 1) != 0);
    return code;
}

} // namespace bookdesk::widgets
