#include "app/cli/cli-process.h"
#include "core/hostile-strings.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mistakesAreUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("an unknown command") << QStringList{u"dance"_s};
        QTest::newRow("books alone") << QStringList{u"books"_s};
        QTest::newRow("token alone") << QStringList{u"token"_s};
        QTest::newRow("delete without an ID") << QStringList{u"books"_s, u"delete"_s};
        QTest::newRow("two IDs") << QStringList{u"books"_s, u"delete"_s, u"a"_s, u"b"_s};
        QTest::newRow("an unknown option") << QStringList{u"sign-in"_s, u"--token"_s, u"x"_s};
        QTest::newRow("an unknown persona") << QStringList{u"sign-in"_s, u"--persona"_s, u"mallory"_s};
        QTest::newRow("persona and browser")
            << QStringList{u"sign-in"_s, u"--persona"_s, u"riley"_s, u"--browser"_s, u"true"_s};
        QTest::newRow("a browser for another device's code")
            << QStringList{u"sign-in"_s, u"--device-code"_s, u"--browser"_s, u"true"_s};
        QTest::newRow("a code for another command") << QStringList{u"books"_s, u"list"_s, u"--device-code"_s};
        QTest::newRow("verify without a file") << QStringList{u"token"_s, u"verify"_s};
        QTest::newRow("verify without trust") << QStringList{u"token"_s, u"verify"_s, u"-"_s};
        QTest::newRow("verify without an issuer")
            << QStringList{u"token"_s, u"verify"_s, u"-"_s, u"--jwks"_s, u"k"_s, u"--audience"_s, u"a"_s};
        QTest::newRow("verify without keys") << QStringList{u"token"_s, u"verify"_s, u"-"_s, u"--issuer"_s, u"i"_s};
        QTest::newRow("verify with both kinds of trust")
            << QStringList{u"token"_s, u"verify"_s,     u"-"_s, u"--jwks"_s,       u"k"_s,      u"--issuer"_s,
                           u"i"_s,     u"--audience"_s, u"a"_s, u"--connection"_s, u"sandbox"_s};
        QTest::newRow("a port of letters") << QStringList{u"sandbox"_s, u"--port"_s, u"http"_s};
        QTest::newRow("a port that is too large") << QStringList{u"sandbox"_s, u"--port"_s, u"65536"_s};
        QTest::newRow("a connection file that is not there")
            << QStringList{u"sign-in"_s, u"--connection"_s, u"/nowhere/at-all.json"_s};
    }

    void mistakesAreUsage()
    {
        QFETCH(QStringList, arguments);
        const Run text = run(arguments);
        QCOMPARE(text.status, 2);
        QCOMPARE(text.out, QByteArray());
        QVERIFY(!text.err.isEmpty());

        const Run json = run(arguments + QStringList{u"--json"_s});
        QCOMPARE(json.status, 2);
        QCOMPARE(json.memberNames(), QStringList{u"outcome"_s});
        QCOMPARE(json.outcome(u"status"_s), u"null"_s);
        QCOMPARE(json.outcome(u"kind"_s), u"usage"_s);
        QVERIFY(!json.outcome(u"code"_s).isEmpty());
        QVERIFY(!json.outcome(u"explanation"_s).isEmpty());
        QVERIFY(!json.outcome(u"remedy"_s).isEmpty());
    }

    void aMissingCommandIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("a group") << QStringList{u"books"_s};
        QTest::newRow("nothing but a delimiter") << QStringList{u"--"_s};
    }

    void aMissingCommandIsNamed()
    {
        QFETCH(QStringList, arguments);
        const Run result = run(arguments);
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("subcommand is required"), result.err.constData());
        QVERIFY2(result.err.contains("bookdesk-cli --help"), result.err.constData());
    }

    void connectionFilesAreRefusedByMember()
    {
        const LocalSandbox sandbox;
        const Run unknown =
            run({u"sign-in"_s, u"--connection"_s, sandbox.connectionWith({{u"surprise"_s, 1}}), u"--json"_s});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(unknown.outcome(u"explanation"_s).contains(u"surprise"_s), unknown.out.constData());
        QCOMPARE(unknown.fact(u"member"_s), u"surprise"_s);
        QVERIFY(!unknown.outcome(u"remedy"_s).isEmpty());
        const Run foreign = run({u"sign-in"_s, u"--connection"_s,
                                 sandbox.connectionWith({{u"apiBaseUrl"_s, u"http://books.contoso.com"_s}})});
        QCOMPARE(foreign.status, 2);
        QVERIFY2(foreign.err.contains("apiBaseUrl"), foreign.err.constData());
    }

    void personasNeedALoopbackConnection()
    {
        const LocalSandbox sandbox;
        const Run result = run({u"sign-in"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                                sandbox.connectionWith({{u"apiBaseUrl"_s, u"https://books.contoso.com"_s}})});
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("--persona"), result.err.constData());
    }

    void helpNamesTheCommands()
    {
        const Run help = run({u"--help"_s});
        QCOMPARE(help.status, 0);
        for (const char *word : {"sign-in", "books", "token", "sandbox", "Exit status"})
            QVERIFY2(help.out.contains(word), word);
        const Run verify = run({u"token"_s, u"verify"_s, u"--help"_s});
        QCOMPARE(verify.status, 0);
        for (const char *word :
             {"--connection", "--jwks", "--issuer", "--audience", "--algorithms", "--browser", "--json"})
            QVERIFY2(verify.out.contains(word), word);
    }

    void theVersionIsPrinted()
    {
        const Run version = run({u"--version"_s});
        QCOMPARE(version.status, 0);
        QCOMPARE(version.out, "bookdesk-cli " BOOKDESK_VERSION "\n"_ba);
    }

    void hostileTextInMistakesIsEscaped_data() { addHostileRows(); }

    void hostileTextInMistakesIsEscaped()
    {
        QFETCH(QString, text);
        const QByteArray claims = toCompactJson(JsonObject{{u"iss"_s, text}, {u"aud"_s, text}, {text, text}});
        const QByteArray token = "eyJhbGciOiJSUzI1NiJ9." +
                                 claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) +
                                 ".c2lnbmF0dXJl";
        const QString connection = m_files.write(u"hostile.json"_s, toCompactJson(JsonObject{{u"name"_s, text}}));
        const QString keys = m_files.write(u"keys.json"_s, toCompactJson(JsonObject{{u"keys"_s, text}}));
        const std::vector<std::pair<QStringList, QByteArray>> calls{
            {{text}, {}},
            {{u"books"_s, u"list"_s, u"--connection"_s, text}, {}},
            {{u"books"_s, u"list"_s, u"--connection"_s, connection}, {}},
            {{u"token"_s, u"verify"_s, u"-"_s, u"--jwks"_s, keys, u"--issuer"_s, text, u"--audience"_s, text}, token},
            {{u"token"_s, u"verify"_s, u"-"_s, u"--connection"_s, m_files.connection()}, token},
            {{u"token"_s, u"verify"_s, u"-"_s, u"--connection"_s, m_files.connection()}, text.toUtf8()}};
        for (const auto &[arguments, input] : calls) {
            const Run result = run(arguments, input);
            QVERIFY2(showsAll(QString::fromUtf8(result.out)), result.out);
            QVERIFY2(showsAll(QString::fromUtf8(result.err)), result.err);
            QVERIFY(arguments.size() > 1 ? !(result.out + result.err).isEmpty() : result.status == 2);
        }
    }

private:
    const LocalSandbox m_files;
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command-line-test.moc"
