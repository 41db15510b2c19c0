#include "widgets/qr-picture.h"

#include "core/address-text.h"
#include "style/colors.h"
#include "style/metrics.h"
#include "widgets/qr-code.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <optional>

namespace bookdesk::widgets {
namespace {

constexpr int quietZone = 4; ///< The white margin in modules, as ISO/IEC 18004 demands.

QImage imageOf(const QrCode &code, int pixelsPerModule)
{
    const int modules = code.side + 2 * quietZone;
    QImage image(modules * pixelsPerModule, modules * pixelsPerModule, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (int y = 0; y < code.side; ++y) {
        for (int x = 0; x < code.side; ++x) {
            if (code.isDark(x, y))
                painter.fillRect((x + quietZone) * pixelsPerModule, (y + quietZone) * pixelsPerModule, pixelsPerModule,
                                 pixelsPerModule, Qt::black);
        }
    }
    return image;
}

} // namespace

QrPicture::QrPicture(int side, QWidget *parent)
    : QLabel(parent)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrPicture::setLink(const QUrl &link)
{
    if (m_link == link)
        return;
    m_link = link;
    setAccessibleName(tr("QR code of %1").arg(addressText(link)));
    draw();
}

void QrPicture::clearLink()
{
    m_link.clear();
    m_image = {};
    setAccessibleName({});
    clear();
}

void QrPicture::draw()
{
    const std::optional<QrCode> code = qrCodeOf(m_link.toEncoded());
    if (!code)
        return clearLink();
    const qreal ratio = devicePixelRatioF();
    const int modules = code->side + 2 * quietZone;
    const int wanted = static_cast<int>(style::metricsOf(*this).px(m_side) * ratio);
    m_image = imageOf(*code, std::max(2, wanted / modules));
    m_image.setDevicePixelRatio(ratio);
    setPixmap(QPixmap::fromImage(m_image));
}

void QrPicture::paintEvent(QPaintEvent *event)
{
    // The window may have come to a screen with other pixels.
    if (!m_image.isNull() && m_image.devicePixelRatio() != devicePixelRatioF())
        draw();
    QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(style::color(style::Role::line));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace bookdesk::widgets
