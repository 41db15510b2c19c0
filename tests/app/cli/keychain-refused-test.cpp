// Commands on computers whose keychain cannot be used: none, or a locked one that nobody can unlock.
#include "app/cli/cli-process.h"
#include "identity/connection.h"
#include "workspace/connection-store.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class KeychainRefusedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Result<identity::Connection> connection =
            identity::readConnection(toCompactJson(m_sandbox.server().connectionFile()));
        QVERIFY(connection);
        connection->name = u"Contoso"_s;
        QVERIFY(workspace::ConnectionStore(settingsFolder()).add(*connection));
    }

    void peopleSignInAllTheSame()
    {
        const QString browser = u"\"" BOOKDESK_VISIT_AS "\" riley"_s;
        for (int i = 0; i < 2; ++i) {
            const Run signedIn = run({u"sign-in"_s, u"--connection"_s, u"Contoso"_s, u"--browser"_s, browser});
            QCOMPARE(signedIn.status, 0);
            QVERIFY(signedIn.out.contains("Riley Reader"));
            QCOMPARE(signedIn.err.count("will not be kept"), 1);
            QVERIFY(!signedIn.err.contains("kept on this computer"));
        }
    }

    void nobodyCanBeNamed()
    {
        for (const QStringList &where : {QStringList(), QStringList{u"--connection"_s, u"Contoso"_s}}) {
            const Run named = run(QStringList{u"sign-in"_s, u"--account"_s, u"riley"_s, u"--json"_s} + where);
            QCOMPARE(named.status, 1);
            QVERIFY(named.outcome(u"code"_s).startsWith(u"keychain."_s));
            QVERIFY(!named.outcome(u"remedy"_s).isEmpty());
        }
    }

private:
    LocalSandbox m_sandbox;
};

QTEST_GUILESS_MAIN(KeychainRefusedTest)
#include "keychain-refused-test.moc"
