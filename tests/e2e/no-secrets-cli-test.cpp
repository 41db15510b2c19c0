// The command line, with every log category switched on: no command prints, writes or passes on a token, a code or a
// verifier.
#include "app/cli/cli-process.h"
#include "e2e/fault-proxy.h"
#include "e2e/secret-search.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray strangersCode = "a-code-of-a-stranger-0123456789";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray filesBelow(const QString &folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        all += path.toUtf8() + '\n' + contentOf(path) + '\n';
    }
    return all;
}

} // namespace

Q_DECLARE_METATYPE(bookdesk::test::Wrong)

class NoSecretsCliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // For the program; this one has read its rules already.
        qputenv("QT_LOGGING_RULES", "*=true");
        connect(&m_proxy, &FaultProxy::asked, this,
                [this](const SeenRequest &request) { m_secrets.knowFrom(request); });
        sandbox::SandboxOptions options;
        options.publicPort = m_proxy.port();
        m_sandbox = std::make_unique<LocalSandbox>(options);
        m_proxy.setTarget(m_sandbox->server().port());
        m_byQuery = m_sandbox->connectionWith({{u"responseMode"_s, u"query"_s}});
        m_browser = m_sandbox->write(u"browser"_s, "printf '%s\\n' \"$1\" >>" + argumentsFile().toUtf8() +
                                                       "\nexec \"" BOOKDESK_VISIT_AS "\" riley \"$1\"\n");
        for (const QString &name : {u"a"_s, u"b"_s}) {
            const Result<Secret> token = m_sandbox->server().sign({{u"sub"_s, name}, {u"scp"_s, u"Books.Read"_s}});
            QVERIFY(token);
            m_secrets.know(token->reveal());
            m_tokens += m_sandbox->write(name, token->reveal().toByteArray());
        }
        m_secrets.know(strangersCode);
        m_sandbox->server().beCareless(sandbox::Carelessness::audienceUnchecked); // So there are findings.
    }
    void cleanup() { m_sandbox->server().clearFaults(); }

    void aCommandShowsNoSecret_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("mark");
        const auto row = [](const char *name, const QStringList &words, const char *mark) {
            QTest::newRow(name) << words << QByteArray(mark);
            QTest::addRow("%s, as JSON", name) << (words + QStringList{u"--json"_s}) << QByteArray("\"outcome\":");
        };
        const QStringList at{u"--connection"_s, m_sandbox->connection()};
        const QStringList asRiley = at + QStringList{u"--persona"_s, u"riley"_s};
        const QStringList byQuery{u"--connection"_s, m_byQuery, u"--persona"_s, u"riley"_s};
        const QStringList reports{u"--junit"_s, report(u"junit.xml"_s), u"--sarif"_s, report(u"report.sarif"_s)};
        row("a sign-in", QStringList{u"sign-in"_s} + asRiley, "Riley Reader");
        row("a sign-in by query", QStringList{u"sign-in"_s} + byQuery, "Riley Reader");
        row("a sign-in with a browser",
            QStringList{u"sign-in"_s} + at + QStringList{u"--browser"_s, u"sh %1"_s.arg(m_browser)}, "Riley Reader");
        row("a device code", QStringList{u"sign-in"_s, u"--device-code"_s} + asRiley, "Riley Reader");
        row("a list", QStringList{u"books"_s, u"list"_s} + asRiley, "bk-00");
        row("a deletion", QStringList{u"books"_s, u"delete"_s, u"bk-0001"_s} + asRiley, "403");
        row("endpoints", QStringList{u"lab"_s, u"run"_s} + asRiley + reports, "/api/v1/books");
        row("probes", QStringList{u"lab"_s, u"probe"_s} + asRiley + reports, "accepted");
        row("a token shown", QStringList{u"token"_s, u"show"_s} + asRiley, "Books.Read");
        row("a token verified", QStringList{u"token"_s, u"verify"_s, m_tokens[0]} + at, "Signature");
        row("tokens compared", QStringList{u"token"_s, u"compare"_s} + m_tokens + at, "sub");
        row("a token reported", QStringList{u"token"_s, u"report"_s, m_tokens[0]} + at, "scp");
        row("an explanation",
            {u"explain"_s, u"AADSTS50011: http://localhost/?code=%1&state=1"_s.arg(QString::fromLatin1(strangersCode))},
            "50011");
        row("the accounts", {u"accounts"_s, u"list"_s}, "");
    }

    void aCommandShowsNoSecret()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QByteArray, mark);
        m_sandbox->server().arm(sandbox::Fault::accessTokenExpired, sandbox::FaultSpan::once); // So there is a refresh.
        const auto process = start(words);
        process->closeWriteChannel();
        const Run result = finish(*process);
        QVERIFY2((result.out + result.err).contains(mark), (result.out + result.err).right(2000).constData());
        knowWhatWasMade();
        QVERIFY(result.err.contains("qt.core.") || words.front() == u"explain");
        for (const QByteArray &text : {result.out, result.err}) {
            QCOMPARE(m_secrets.foundIn(text).join(u", "_s), QString());
            QCOMPARE(SecretSearch::namedIn(text).join(u", "_s), QString());
        }
    }

    void aSignInThatFailsShowsNone_data()
    {
        QTest::addColumn<Wrong>("what");
        for (const Wrong what : {Wrong::plainText, Wrong::halfAnswer, Wrong::badGateway})
            QTest::newRow(nameOf(what)) << what;
    }

    void aSignInThatFailsShowsNone()
    {
        QFETCH(const Wrong, what);
        m_proxy.arm(Step::token, what);
        const Run result = run({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--persona"_s, u"ada"_s});
        m_proxy.clear();
        knowWhatWasMade();
        QVERIFY(result.status != 0);
        QVERIFY(!result.err.isEmpty());
        QCOMPARE(m_secrets.foundIn(result.out + result.err).join(u", "_s), QString());
    }

    /// The last one: what all the others have left behind.
    void filesAndArgumentsHoldNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("mark");
        QTest::newRow("the browser's arguments") << contentOf(argumentsFile()) << "http://localhost:"_ba;
        QTest::newRow("the settings") << filesBelow(settingsFolder()) << settingsFolder().toUtf8();
        QTest::newRow("the report as JUnit") << contentOf(report(u"junit.xml"_s)) << "<testsuite"_ba;
        QTest::newRow("the report as SARIF") << contentOf(report(u"report.sarif"_s)) << "\"runs\""_ba;
    }

    void filesAndArgumentsHoldNone()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, mark);
        QVERIFY2(text.contains(mark), text.left(2000).constData());
        QVERIFY(m_secrets.secrets().size() > 50);
        QCOMPARE(m_secrets.foundIn(text).join(u", "_s), QString());
        QVERIFY(!m_secrets.foundIn(text + m_secrets.secrets().constLast()).isEmpty());
    }

private:
    /// Besides what was sent.
    void knowWhatWasMade()
    {
        for (const Secret &secret : m_sandbox->secrets())
            m_secrets.know(secret.reveal());
    }

    QString report(const QString &name) const { return m_folder.filePath(name); }
    QString argumentsFile() const { return m_folder.filePath(u"arguments"_s); }

    QTemporaryDir m_folder;
    FaultProxy m_proxy;
    SecretSearch m_secrets;
    std::unique_ptr<LocalSandbox> m_sandbox;
    QString m_byQuery;
    QString m_browser;
    QStringList m_tokens;
};

QTEST_GUILESS_MAIN(NoSecretsCliTest)
#include "no-secrets-cli-test.moc"
