#include "jose/base64url.h"

#include <QTest>

namespace bookdesk::jose {

class Base64urlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("one byte") << QByteArray("f") << QByteArray("Zg");
        QTest::newRow("two bytes") << QByteArray("fo") << QByteArray("Zm8");
        QTest::newRow("three bytes") << QByteArray("foo") << QByteArray("Zm9v");
        QTest::newRow("letters of the URL alphabet") << QByteArray::fromHex("fbeffe") << QByteArray("--_-");
        QTest::newRow("zero bytes") << QByteArray(3, '\0') << QByteArray("AAAA");
    }

    void writesAndReads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(toBase64Url(bytes), text);
        QCOMPARE(fromBase64Url(text), bytes);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("padding") << QByteArray("Zg==");
        QTest::newRow("padding alone") << QByteArray("=");
        QTest::newRow("a blank inside") << QByteArray("Zm 9v");
        QTest::newRow("a line feed behind") << QByteArray("Zm9v\n");
        QTest::newRow("the plus of plain base64") << QByteArray("--+-");
        QTest::newRow("the slash of plain base64") << QByteArray("--/-");
        QTest::newRow("a dot") << QByteArray("Zm9.");
        QTest::newRow("a zero byte") << QByteArray("Zm9\0", 4);
        QTest::newRow("a letter beyond ASCII") << QByteArray("Zm9\xc3\xa4");
        QTest::newRow("an impossible length") << QByteArray("Zm9vZ");
        QTest::newRow("one letter") << QByteArray("Z");
        QTest::newRow("trailing bits after one byte") << QByteArray("Zh");
        QTest::newRow("trailing bits after two bytes") << QByteArray("Zm9");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!fromBase64Url(text));
    }

    void readsEveryByteBack()
    {
        QByteArray all;
        for (int byte = 0; byte < 256; ++byte)
            all += static_cast<char>(byte);
        for (int length = 0; length <= 256; ++length)
            QCOMPARE(fromBase64Url(toBase64Url(all.left(length))), all.left(length));
    }

    void refusesEveryCharacterOutsideTheAlphabet()
    {
        const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int byte = 0; byte < 256; ++byte) {
            const char character = static_cast<char>(byte);
            for (const qsizetype place : {0, 1, 2, 3, 4, 7}) {
                QByteArray text = "AAAAAAAA";
                text[place] = character;
                QCOMPARE(fromBase64Url(text).has_value(), alphabet.contains(character));
            }
        }
    }

    void acceptsASliceOfALongerText()
    {
        const QByteArray text = "Zm9v.Zm8";
        QCOMPARE(fromBase64Url(QByteArrayView(text).first(4)), "foo");
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::Base64urlTest)
#include "base64url-test.moc"
