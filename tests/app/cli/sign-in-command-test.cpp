#include "app/cli/cli-process.h"
#include "identity/connection.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

QStringList signInAs(const QString &persona, const QString &connection)
{
    return {u"sign-in"_s, u"--connection"_s, connection, u"--persona"_s, persona};
}

QStringList textsIn(const JsonObject &object, QStringView name)
{
    QStringList texts;
    if (const Json *value = object.find(name); value && value->asArray()) {
        for (const Json &item : *value->asArray())
            texts += item.asString() ? *item.asString() : QString();
    }
    return texts;
}

} // namespace

class SignInCommandTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LocalSandbox> m_sandbox;

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LocalSandbox>(); }

    void cleanup() { m_sandbox->server().clearFaults(); }

    void everyPersonaGetsWhatIsTheirs_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("roles");
        QTest::addColumn<bool>("mayRead");
        QTest::newRow("Riley") << u"riley"_s << u"Riley Reader"_s << QStringList{u"Books.Reader"_s} << true;
        QTest::newRow("Ada") << u"ada"_s << u"Ada Admin"_s << QStringList{u"Books.Reader"_s, u"Books.Admin"_s} << true;
        QTest::newRow("Nora") << u"nora"_s << u"Nora NoScope"_s << QStringList() << false;
    }

    void everyPersonaGetsWhatIsTheirs()
    {
        QFETCH(QString, persona);
        QFETCH(QString, name);
        QFETCH(QStringList, roles);
        QFETCH(bool, mayRead);
        const Run result = run(signInAs(persona, m_sandbox->connection()) + QStringList{u"--json"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.memberNames(),
                 (QStringList{u"outcome"_s, u"user"_s, u"name"_s, u"tenant"_s, u"scopes"_s, u"roles"_s}));
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"ok"_s);
        const JsonObject object = result.json();
        QCOMPARE(*object.find(u"name")->asString(), name);
        QVERIFY(object.find(u"user")->asString()->startsWith(persona));
        QVERIFY(!object.find(u"tenant")->asString()->isEmpty());
        QCOMPARE(textsIn(object, u"roles"), roles);
        const bool reads = textsIn(object, u"scopes").join(u' ').contains(u"Books.Read"_s);
        QCOMPARE(reads, mayRead);
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void peopleGetLines()
    {
        const Run result = run(signInAs(u"riley"_s, m_sandbox->connection()));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.contains("Riley Reader"), result.out.constData());
        QVERIFY(result.out.contains("Books.Reader"));
        QCOMPARE(result.err, QByteArray());
        QVERIFY(isFreeOfTokens(result));
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void aPrivateSandboxIsStartedForTheRun()
    {
        const Run result = run(signInAs(u"ada"_s, u"sandbox"_s));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("Ada Admin"));
        QVERIFY(isFreeOfTokens(result));
    }

    void aBrowserCommandSignsIn()
    {
        const QString browser = u"\"" BOOKDESK_VISIT_AS "\" riley"_s;
        const Run result =
            run({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--browser"_s, browser, u"--json"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(*result.json().find(u"name")->asString(), u"Riley Reader"_s);
    }

    void aDeclinedSignInFails()
    {
        m_sandbox->server().arm(sandbox::Fault::consentDeclined, sandbox::FaultSpan::once);
        const Run result = run(signInAs(u"riley"_s, m_sandbox->connection()) + QStringList{u"--json"_s});
        QCOMPARE(result.status, 5);
        QCOMPARE(result.memberNames(), QStringList{u"outcome"_s});
        QCOMPARE(result.outcome(u"kind"_s), u"declined"_s);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
        QCOMPARE(result.fact(u"oauthError"_s), u"access_denied"_s);
        QCOMPARE(result.fact(u"aadsts"_s), u"65004"_s);
        QVERIFY(result.fact(u"serverSaid"_s).startsWith(u"AADSTS65004"_s));
        QVERIFY(!result.fact(u"correlationId"_s).isEmpty());
        QVERIFY(!result.fact(u"traceId"_s).isEmpty());
        QVERIFY(result.fact(u"redirectUri"_s).startsWith(u"http://localhost:"_s));
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void aBrowserThatCannotBeStartedFails()
    {
        const Run result = run({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--browser"_s,
                                u"/nowhere/no-browser"_s, u"--json"_s});
        QCOMPARE(result.status, 5);
        QCOMPARE(result.outcome(u"code"_s), u"browser.failed"_s);
        QVERIFY(!result.fact(u"reason"_s).isEmpty());
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void aBrowserThatEndsWithAFailureFails()
    {
        const Run result =
            run({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--browser"_s, u"false"_s, u"--json"_s});
        QCOMPARE(result.status, 5);
        QCOMPARE(result.outcome(u"code"_s), u"browser.failed"_s);
    }

    void theLinkIsThereWithoutABrowser_data()
    {
        QTest::addColumn<bool>("isJson");
        QTest::newRow("for people") << false;
        QTest::newRow("beside JSON") << true;
    }

    void theLinkIsThereWithoutABrowser()
    {
        QFETCH(const bool, isJson);
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", "/nowhere");
        const QStringList form = isJson ? QStringList{u"--json"_s} : QStringList();
        const auto process = start(QStringList{u"sign-in"_s, u"--connection"_s, m_sandbox->connection()} + form);
        qputenv("PATH", path);
        QByteArray notes;
        QTRY_VERIFY_WITH_TIMEOUT((notes += process->readAllStandardError()).contains("--browser"), 30'000);
        static const QRegularExpression link(u"http://localhost:\\S+"_s);
        const QString found = link.match(QString::fromUtf8(notes)).captured();
        QVERIFY2(!found.isEmpty(), notes.constData());
        QProcess visitor;
        visitor.start(QStringLiteral(BOOKDESK_VISIT_AS), {u"riley"_s, found});
        const Run result = finish(*process);
        QTRY_COMPARE(visitor.state(), QProcess::NotRunning);
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("Riley Reader"));
    }

    void aForeignErrorIsMentionedOnce()
    {
        const auto process =
            start({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--browser"_s, u"true"_s, u"--json"_s});
        QByteArray notes;
        QTRY_VERIFY_WITH_TIMEOUT((notes += process->readAllStandardError()).contains("http://localhost:"), 30'000);
        static const QRegularExpression link(u"http://localhost:\\S+"_s);
        const QUrl start(link.match(QString::fromUtf8(notes)).captured());
        QVERIFY(start.path().startsWith(u"/start/"_s));
        const auto connection = identity::readConnection(toCompactJson(m_sandbox->server().connectionFile()));
        QUrl back(connection->redirect.uri(static_cast<quint16>(start.port())));
        back.setQuery(u"error=access_denied"_s);
        QNetworkAccessManager manager;
        for (int i = 0; i < 3; ++i) {
            const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(back)));
            QTRY_VERIFY(reply->isFinished());
            QVERIFY(reply->readAll().contains("does not belong to your sign-in"));
        }
        QTRY_VERIFY((notes += process->readAllStandardError()).contains("an error that does not name your sign-in"));
        interrupt(*process);
        notes += finish(*process).err;
        QCOMPARE(notes.count("an error that does not name your sign-in"), 1);
    }

    void anInterruptCancelsCleanly_data()
    {
        QTest::addColumn<bool>("byKeyboard");
        QTest::newRow("Ctrl+C") << true;
        QTest::newRow("a request to end") << false;
    }

    void anInterruptCancelsCleanly()
    {
        QFETCH(bool, byKeyboard);
        const auto process =
            start({u"sign-in"_s, u"--connection"_s, m_sandbox->connection(), u"--browser"_s, u"true"_s});
        QByteArray notes;
        QTRY_VERIFY_WITH_TIMEOUT((notes += process->readAllStandardError()).contains("Ctrl+C"), 30'000);
        if (byKeyboard)
            interrupt(*process);
        else
            process->terminate();
        const Run result = finish(*process);
        QCOMPARE(result.status, 5);
        QVERIFY2(result.err.contains(byKeyboard ? "cancel" : "told to end"), result.err.constData());
        QCOMPARE(result.err.contains("cancelled"), byKeyboard);
    }

    void aTenantThatCannotBeReachedIsNoConnection()
    {
        const quint16 port = closedPort();
        const QString authority = u"http://localhost:%1/tenant"_s.arg(port);
        const Run result = run(signInAs(u"riley"_s, m_sandbox->connectionWith({{u"authority"_s, authority}})) +
                               QStringList{u"--json"_s});
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"kind"_s), u"network"_s);
        QCOMPARE(result.outcome(u"code"_s), u"net.connection-failed"_s);
        QCOMPARE(result.fact(u"host"_s), u"localhost:%1"_s.arg(port));
        QVERIFY(!result.fact(u"networkError"_s).isEmpty());
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void aCertificateThatIsNotTrustedIsNoConnection()
    {
        sandbox::SandboxOptions options;
        options.usesTls = true;
        const LocalSandbox tls(options);
        const Run trusted = run(signInAs(u"riley"_s, tls.connection()));
        QVERIFY2(trusted.status == 0, (trusted.out + trusted.err).constData());
        JsonObject file = const_cast<LocalSandbox &>(tls).server().connectionFile();
        file.remove(u"caFile");
        const Run result =
            run(signInAs(u"riley"_s, tls.write(u"no-ca.json"_s, toCompactJson(file))) + QStringList{u"--json"_s});
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"kind"_s), u"tls"_s);
        QVERIFY2(result.fact(u"certificateError"_s).contains(u"issuer"_s), result.out.constData());
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void anAccessTokenThatFailsIsReportedAndBarsNothing()
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::untilCleared);
        const Run result = run(signInAs(u"riley"_s, m_sandbox->connection()));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.contains("access token fails"), result.err.constData());
        QVERIFY2(result.err.contains("ask for the API's own scopes"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(SignInCommandTest)
#include "sign-in-command-test.moc"
