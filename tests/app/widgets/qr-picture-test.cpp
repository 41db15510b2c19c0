// The picture of a link: what a phone's camera needs, in either theme.
#include "app/page-fixture.h"
#include "widgets/qr-code.h"
#include "widgets/qr-picture.h"

#include <QAccessible>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using widgets::QrCode;
using widgets::QrPicture;

namespace {

const QUrl deviceLink(u"https://microsoft.com/devicelogin"_s);
constexpr int margin = 4;

/// The pattern in three of the corners by which cameras find the picture.
bool hasFinder(const QrCode &code, int left, int top)
{
    for (int y = 0; y < 7; ++y) {
        for (int x = 0; x < 7; ++x) {
            const int fromEdge = std::min({x, y, 6 - x, 6 - y});
            if (code.isDark(left + x, top + y) != (fromEdge != 1))
                return false;
        }
    }
    return true;
}

/// What the picture shows, module by module; nothing where a module is not of one colour, black or white.
std::optional<QrCode> readFrom(const QImage &image, int modules)
{
    const int pixels = image.width() / modules;
    QrCode code;
    code.side = modules - 2 * margin;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb color = image.pixel(x, y);
            const bool isOfItsModule = color == image.pixel(x / pixels * pixels, y / pixels * pixels);
            if (!isOfItsModule || (color != qRgb(0, 0, 0) && color != qRgb(255, 255, 255)))
                return std::nullopt;
            const int column = x / pixels - margin;
            const int row = y / pixels - margin;
            const bool isInMargin = column < 0 || row < 0 || column >= code.side || row >= code.side;
            if (isInMargin && color != qRgb(255, 255, 255))
                return std::nullopt;
            if (!isInMargin && x % pixels == 0 && y % pixels == 0)
                code.modules.push_back(color == qRgb(0, 0, 0));
        }
    }
    return code;
}

} // namespace

class QrPictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { style::apply(*qApp, style::Theme::light); }

    void theCodeHasWhatCamerasLookFor()
    {
        const std::optional<QrCode> code = widgets::qrCodeOf(deviceLink.toEncoded());
        QVERIFY(code);
        QCOMPARE(code->side, 29);
        QCOMPARE(code->modules.size(), std::size_t{29 * 29});
        QVERIFY(hasFinder(*code, 0, 0) && hasFinder(*code, 22, 0) && hasFinder(*code, 0, 22));
    }

    void anotherLinkHasAnotherCode()
    {
        QVERIFY(widgets::qrCodeOf("https://a.test/1") != widgets::qrCodeOf("https://a.test/2"));
        QVERIFY(!widgets::qrCodeOf({}));
        QVERIFY(!widgets::qrCodeOf(QByteArray(10'000, 'a')));
    }

    void blackOnWhiteWithWholePixels_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<style::Theme>("theme");
        for (const int side : {60, 148, 150, 300}) {
            QTest::addRow("light, %d", side) << side << style::Theme::light;
            QTest::addRow("dark, %d", side) << side << style::Theme::dark;
        }
    }

    void blackOnWhiteWithWholePixels()
    {
        QFETCH(const int, side);
        QFETCH(const style::Theme, theme);
        style::apply(*qApp, theme);
        QrPicture picture(side);
        picture.setLink(deviceLink);
        picture.show();
        const QrCode code = *widgets::qrCodeOf(deviceLink.toEncoded());
        const int modules = code.side + 2 * margin;
        QCOMPARE(picture.image().width() % modules, 0);
        QCOMPARE(picture.image().height(), picture.image().width());
        const std::optional<QrCode> shown = readFrom(picture.image(), modules);
        QVERIFY(shown);
        QVERIFY(*shown == code);
    }

    void onScreenTheModulesAreThePictures()
    {
        QrPicture picture(148);
        picture.setLink(deviceLink);
        picture.adjustSize();
        const QImage grabbed = picture.grab().toImage().convertToFormat(QImage::Format_RGB32);
        QCOMPARE(grabbed.size(), picture.image().size());
        // A line surrounds the margin.
        const QRect inside = grabbed.rect().adjusted(1, 1, -1, -1);
        QCOMPARE(grabbed.copy(inside), picture.image().copy(inside).convertToFormat(QImage::Format_RGB32));
    }

    void isNamedByItsLink()
    {
        QrPicture picture(148);
        picture.setLink(deviceLink);
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&picture);
        QCOMPARE(interface->text(QAccessible::Name), u"QR code of https://microsoft.com/devicelogin"_s);
        QCOMPARE(interface->role(), QAccessible::Graphic);
        picture.clearLink();
        QVERIFY(picture.image().isNull());
        QVERIFY(picture.pixmap().isNull());
        QCOMPARE(picture.accessibleName(), QString());
    }
};

Q_DECLARE_METATYPE(bookdesk::style::Theme)

BOOKDESK_PAGE_TEST_MAIN(QrPictureTest)
#include "qr-picture-test.moc"
