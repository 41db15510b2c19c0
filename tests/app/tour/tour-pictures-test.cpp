// The tour's pictures hold pixels and nothing else: no text, in which a secret could be, and no date or name.
#include "app/page-fixture.h"
#include "tour/scenes.h"
#include "tour/stage.h"
#include "window/main-window.h"

#include <QBuffer>
#include <QtEndian>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

/// The kinds of chunks in a PNG. Source: PNG (ISO/IEC 15948), section 5.3.
QSet<QByteArray> chunksIn(const QByteArray &png)
{
    constexpr qsizetype signature = 8;
    constexpr qsizetype around = 12; ///< Length, kind and checksum.
    QSet<QByteArray> kinds;
    for (qsizetype at = signature; at + around <= png.size();) {
        kinds += png.sliced(at + 4, 4);
        at += around + qFromBigEndian<quint32>(png.constData() + at);
    }
    return kinds;
}

template <class Picture> QByteArray saved(const Picture &picture)
{
    QBuffer buffer;
    picture.save(&buffer, "PNG");
    return buffer.data();
}

QSet<QByteArray> textsIn(const QByteArray &png)
{
    return chunksIn(png).subtract({"IHDR", "PLTE", "tRNS", "pHYs", "gAMA", "sRGB", "sBIT", "IDAT", "IEND"});
}

} // namespace

class TourPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyHoldPixelsAlone_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"books", "token", "activity"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }

    void theyHoldPixelsAlone()
    {
        QFETCH(const QString, page);
        tour::Stage stage(std::chrono::seconds(20));
        tour::showBooksOf(stage, u"riley"_s);
        stage.window().showPage(page);
        QCOMPARE(stage.failure(), QString());
        const QByteArray png = saved(stage.picture());
        QVERIFY(chunksIn(png).contains("IEND"));
        QVERIFY2(textsIn(png).isEmpty(), textsIn(png).values().join(' ').constData());
    }

    void aTextWouldBeSeen()
    {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::white);
        QVERIFY(textsIn(saved(image)).isEmpty());
        image.setText(u"Comment"_s, u"a token"_s);
        QVERIFY(!textsIn(saved(image)).isEmpty());
    }
};

BOOKDESK_PAGE_TEST_MAIN(TourPicturesTest)
#include "tour-pictures-test.moc"
