#include "net/unpacker.h"

#include <QTest>

using namespace Qt::StringLiterals;
using bookdesk::net::Unpacker;
using State = Unpacker::State;

namespace {

/// As gzip itself packs it, so that not only zlib's own view of the format is tested.
QByteArray gzipOfHello() { return QByteArray::fromHex("1f8b0800000000000203cb48cdc9c9070086a6103605000000"_ba); }

QByteArray zlibOf(const QByteArray &bytes)
{
    // Qt puts the length in front.
    return qCompress(bytes).sliced(4);
}

QByteArray large() { return "0123456789"_ba.repeated(50'000); }

} // namespace

class UnpackerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unpacks_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<State>("state");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << State::open;
        QTest::newRow("gzip") << gzipOfHello() << "hello"_ba << State::ended;
        QTest::newRow("zlib") << zlibOf("hello") << "hello"_ba << State::ended;
        QTest::newRow("several pieces of output") << zlibOf(large()) << large() << State::ended;
        QTest::newRow("two members") << gzipOfHello() + gzipOfHello() << "hellohello"_ba << State::ended;
        QTest::newRow("cut") << gzipOfHello().chopped(4) << "hello"_ba << State::open;
        QTest::newRow("cut in the second member") << gzipOfHello() + "\x1f"_ba
                                                  << "hello"_ba << State::open;
        QTest::newRow("not packed") << "hello"_ba << QByteArray() << State::broken;
        QTest::newRow("something behind it") << gzipOfHello() + "!"_ba
                                             << "hello"_ba << State::broken;
        QTest::newRow("a wrong checksum") << gzipOfHello().chopped(8) + "\1\2\3\4\5\0\0\0"_ba
                                          << "hello"_ba << State::broken;
    }

    void unpacks()
    {
        QFETCH(const QByteArray, packed);
        QFETCH(const QByteArray, expected);
        for (const qsizetype pieceSize : {qsizetype{1}, qsizetype{7}, packed.size()}) {
            Unpacker unpacker;
            QByteArray out;
            for (qsizetype at = 0; at < packed.size(); at += pieceSize)
                unpacker.feed(packed.mid(at, pieceSize), [&out](QByteArrayView piece) {
                    out += piece;
                    return true;
                });
            QTEST(unpacker.state(), "state");
            // Of a broken body, any part may have come out.
            QVERIFY(expected.startsWith(out));
            QVERIFY(out == expected || unpacker.state() == State::broken);
        }
    }

    void stopsWhenNoMoreIsTaken()
    {
        // Some 50 KB that would become 50 MB.
        const QByteArray bomb = zlibOf(QByteArray(50'000'000, 'x'));
        Unpacker unpacker;
        int pieces = 0;
        const auto takeTwo = [&pieces](QByteArrayView) { return ++pieces < 2; };
        QCOMPARE(unpacker.feed(bomb, takeTwo), State::broken);
        QCOMPARE(pieces, 2);
        QCOMPARE(unpacker.feed(bomb, takeTwo), State::broken);
        QCOMPARE(pieces, 2);
    }
};

QTEST_GUILESS_MAIN(UnpackerTest)
#include "unpacker-test.moc"
