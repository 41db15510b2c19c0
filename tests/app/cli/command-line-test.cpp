#include "app/cli/cli-process.h"

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

    void controlCharactersInMistakesAreEscaped()
    {
        const Run result = run({u"da\u001b[31mnce"_s});
        QCOMPARE(result.status, 2);
        QVERIFY(!result.err.contains('\x1b'));
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command-line-test.moc"
