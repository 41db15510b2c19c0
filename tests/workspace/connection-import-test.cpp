#include "core/json.h"
#include "identity/connection.h"
#include "workspace/connection-import.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

QByteArray file(const QByteArray &name, const QByteArray &more = {})
{
    return R"({"name":")" + name +
           R"(","provider":"entra","authority":"https://login.microsoftonline.com/0f0e0d0c-1111-2222-3333-444455556666",)"
           R"("clientId":"aaaaaaaa-1111-2222-3333-444455556666","scopes":["api://books/Books.Read"],)"
           R"("apiBaseUrl":"https://books.example.org","audience":"bbbbbbbb-1111-2222-3333-444455556666")" +
           more + '}';
}

} // namespace

class ConnectionImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOneOrSeveral_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("one") << file("Contoso") << QStringList{u"Contoso"_s};
        QTest::newRow("after a byte order mark") << "\xef\xbb\xbf" + file("Contoso") << QStringList{u"Contoso"_s};
        QTest::newRow("an array") << '[' + file("Contoso") + ',' + file("Books") + ']'
                                  << QStringList{u"Contoso"_s, u"Books"_s};
        QTest::newRow("with an ID") << file("Contoso", R"(,"id":"taken-over")") << QStringList{u"Contoso"_s};
        QTest::newRow("IDs in an array") << '[' + file("Contoso", R"(,"id":7)") + ']' << QStringList{u"Contoso"_s};
    }

    void readsOneOrSeveral()
    {
        QFETCH(const QByteArray, text);
        const auto read = workspace::readConnections(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QStringList names;
        for (const identity::Connection &connection : *read) {
            names += connection.name;
            QCOMPARE(connection.id, QString());
        }
        QTEST(names, "names");
    }

    /// Each name is compared with all others, on the thread of the window.
    void hasALimit()
    {
        QByteArrayList most;
        for (int i = 0; i < 100; ++i)
            most += file("Contoso");
        QVERIFY(workspace::readConnections('[' + most.join(',') + ']'));
        most += file("Contoso");
        const auto read = workspace::readConnections('[' + most.join(',') + ']');
        QVERIFY(!read);
        QCOMPARE(read.error().code.toString(), u"connection.member-invalid"_s);
        QVERIFY2(read.error().message.contains(u"101"_s), qPrintable(read.error().message));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("said");
        QTest::newRow("no JSON") << "x"_ba << u"json.invalid"_s << u"cannot be used"_s;
        QTest::newRow("no object") << "7"_ba << u"json.wrong-type"_s << QString();
        QTest::newRow("an empty array") << "[]"_ba << u"connection.member-invalid"_s << u"no connection"_s;
        QTest::newRow("an unknown member")
            << file("Contoso", R"(,"clientSecret":"x")") << u"json.member-unknown"_s << u"clientSecret"_s;
        QTest::newRow("the second one") << '[' + file("Contoso") + ',' + file("") + ']'
                                        << u"connection.member-invalid"_s << u"number 2"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, said);
        const auto read = workspace::readConnections(text);
        QVERIFY(!read);
        QTEST(read.error().code.toString(), "code");
        QVERIFY2(read.error().message.contains(said), qPrintable(read.error().message));
    }

    void readsFiles()
    {
        const QTemporaryDir folder;
        QFile written(folder.filePath(u"contoso.json"_s));
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file("Contoso")) > 0);
        written.close();
        const auto read = QCoro::waitFor(workspace::loadConnections(written.fileName()));
        QVERIFY(read);
        QCOMPARE(read->front().name, u"Contoso"_s);
        for (const QString &path : {folder.filePath(u"gone.json"_s), folder.path()}) {
            const auto refused = QCoro::waitFor(workspace::loadConnections(path));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code.toString(), u"connection.file-unreadable"_s);
        }
    }
};

QTEST_GUILESS_MAIN(ConnectionImportTest)
#include "connection-import-test.moc"
