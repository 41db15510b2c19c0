// A connection file is asked about before it is used for the first time.
#include "app/cli/cli-process.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class ConsentTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LocalSandbox> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder;

    /// A file that nobody has accepted.
    QString unknown(const JsonObject &changes = {}) const
    {
        JsonObject file = m_sandbox->server().connectionFile();
        for (const JsonMember &member : changes.members())
            file.set(member.first, member.second);
        QFile written(m_folder->filePath(u"unknown.json"_s));
        if (!written.open(QIODevice::WriteOnly) || written.write(toCompactJson(file)) < 0)
            qFatal("A test file could not be written.");
        return written.fileName();
    }

    static QStringList signInTo(const QString &connection, const QStringList &more = {})
    {
        return QStringList{u"sign-in"_s, u"--json"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection} + more;
    }

    /// Runs the program on a terminal where @p answer is typed.
    static Run onATerminal(const QString &connection, const QByteArray &answer)
    {
        // Without a shell in between, which the interrupt would reach as well.
        QString line = u"exec '" BOOKDESK_CLI "' sign-in --persona riley --connection '%1'"_s.arg(connection);
        QProcess script;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, QDir(settingsFolder() + u"/../../.."_s).absolutePath());
        script.setProcessEnvironment(environment);
        script.start(u"script"_s, {u"-qec"_s, line, u"/dev/null"_s});
        if (!QTest::qWaitFor([&script] { return script.peek(64 * 1024).contains("[y/N]"); }, 20'000))
            return {};
        script.write(answer);
        return finish(script);
    }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LocalSandbox>(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QDir(settingsFolder()).removeRecursively();
    }

    void withoutATerminalANewFileIsNotUsed()
    {
        const std::size_t before = m_sandbox->secrets().size();
        const Run refused = run(signInTo(unknown()));
        QCOMPARE(refused.status, 2);
        QCOMPARE(refused.outcome(u"code"_s), u"cli.not-accepted"_s);
        QVERIFY(refused.outcome(u"remedy"_s).contains(u"--yes"_s));
        QVERIFY2(refused.fact(u"reason"_s).contains(m_sandbox->server().baseUrl().toString()), refused.out.constData());
        QCOMPARE(m_sandbox->secrets().size(), before);
    }

    void theQuestionSaysWhereItLeads()
    {
        const QStringList line{u"sign-in"_s, u"--connection"_s,
                               unknown({{u"apiBaseUrl"_s, u"https://books.\u0441\u043Entoso.com"_s}})};
        const Run refused = run(line);
        QCOMPARE(refused.status, 2);
        for (const QByteArray &part :
             {"books.xn--ntoso-iyeu.com"_ba, "several scripts"_ba, "/Books.Read"_ba, "Client ID"_ba, "Private CA"_ba})
            QVERIFY2(refused.err.contains(part), refused.err.constData());
    }

    void whatWasAcceptedIsNotAskedForAgain()
    {
        QCOMPARE(run(signInTo(unknown(), {u"--yes"_s})).status, 0);
        QCOMPARE(run(signInTo(unknown())).status, 0);
    }

    void anotherContentIsAskedForAgain()
    {
        QCOMPARE(run(signInTo(unknown(), {u"--yes"_s})).status, 0);
        QCOMPARE(run(signInTo(unknown({{u"name"_s, u"Another name"_s}}))).status, 2);
        QCOMPARE(run(signInTo(unknown())).status, 0);
    }

    void theSandboxIsNeverAskedFor()
    {
        QCOMPARE(run(signInTo(u"sandbox"_s)).status, 0);
        QVERIFY(!QDir(settingsFolder()).exists());
    }

    void aStoredConnectionIsNeverAskedFor()
    {
        QVERIFY(QDir().mkpath(settingsFolder()));
        QFile stored(settingsFolder() + u"/connections.json"_s);
        QVERIFY(stored.open(QIODevice::WriteOnly));
        const JsonObject known{{u"name"_s, u"Stored"_s}};
        QFile file(unknown(known));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(stored.write('[' + file.readAll() + ']') > 0);
        stored.close();
        QCOMPARE(run(signInTo(unknown(known))).status, 0);
    }

    void onATerminalThePersonIsAsked_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::newRow("yes") << "yes\n"_ba << 0;
        QTest::newRow("y") << "Y\n"_ba << 0;
        QTest::newRow("no") << "no\n"_ba << 2;
        QTest::newRow("an empty line") << "\n"_ba << 2;
    }

    void onATerminalThePersonIsAsked()
    {
        QFETCH(const QByteArray, answer);
        const Run asked = onATerminal(unknown(), answer);
        QTEST(asked.status, "status");
        QVERIFY2(asked.out.contains("[y/N]"), asked.out.constData());
        QVERIFY(asked.out.contains(m_sandbox->server().baseUrl().toString().toUtf8()));
        QTEST(run(signInTo(unknown())).status, "status");
    }

    void anInterruptEndsTheQuestion()
    {
        const Run interrupted = onATerminal(unknown(), "\x03"_ba);
        QCOMPARE(interrupted.status, 5);
        QVERIFY2(interrupted.out.contains("[y/N] ^C\r\nInterrupted before"), interrupted.out.constData());
        QCOMPARE(run(signInTo(unknown())).status, 2);
    }

    void theEndOfTheInputIsNoAnswer()
    {
        const Run ended = onATerminal(unknown(), "\x04"_ba);
        QCOMPARE(ended.status, 2);
        QVERIFY2(ended.out.contains("did not accept"), ended.out.constData());
    }
};

QTEST_GUILESS_MAIN(ConsentTest)
#include "consent-test.moc"
