// The stored connections, from the command line.
#include "app/cli/cli-process.h"
#include "identity/fake-tenant.h"
#include "net/test-authority.h"
#include "net/trusted-url.h"
#include "workspace/connection-store.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using workspace::ConnectionStore;

namespace {

QStringList storedNames()
{
    QStringList names;
    for (const identity::Connection &connection : ConnectionStore(settingsFolder()).load().connections)
        names += connection.name;
    return names;
}

/// A member of each object in an array of the run's.
QStringList each(const Run &run, const QString &array, const QString &member)
{
    const JsonObject json = run.json();
    const Json *found = json.find(array);
    QStringList texts;
    for (const Json &one : found && found->asArray() ? *found->asArray() : JsonArray()) {
        const Json *value = one.asObject() ? one.asObject()->find(member) : nullptr;
        texts += value && value->asString() ? *value->asString() : u"null"_s;
    }
    return texts;
}

} // namespace

class ConnectionCommandsTest : public QObject
{
    Q_OBJECT

private:
    QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("A test file could not be written.");
        return file.fileName();
    }
    QByteArray read(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    identity::Connection named(const QString &name) const
    {
        identity::Connection connection = m_tenant.connection();
        connection.name = name;
        return connection;
    }
    /// The ID of a connection that is stored from now on.
    QString store(const QString &name) const
    {
        const auto added = ConnectionStore(settingsFolder()).add(named(name));
        return added ? added->id : QString();
    }

    FakeTenant m_tenant;
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QDir(settingsFolder()).removeRecursively();
        m_tenant.issuingTenant = u"11111111-2222-4333-8444-555555555555"_s;
    }

    void theyAreListed()
    {
        const Run none = run({u"connection"_s, u"list"_s});
        QCOMPARE(none.status, 0);
        QCOMPARE(none.out, "No connection is stored.\n"_ba);
        const QString id = store(u"Contoso"_s);
        store(u"Library \u202ebooks"_s);
        const Run text = run({u"connection"_s, u"list"_s});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.startsWith(id.toUtf8() + "  Contoso: Microsoft Entra ID, http://127.0.0.1"), text.out);
        QVERIFY(!text.out.contains("\u202e"));
        const Run json = run({u"connection"_s, u"list"_s, u"--json"_s});
        QCOMPARE(each(json, u"connections"_s, u"name"_s).first(), u"Contoso"_s);
        QCOMPARE(each(json, u"connections"_s, u"id"_s).first(), id);
        QCOMPARE(each(json, u"connections"_s, u"provider"_s).first(), u"entra"_s);
        QCOMPARE(each(json, u"connections"_s, u"apiBaseUrl"_s).first(), m_tenant.connection().apiBaseUrl.toString());
    }

    void whatCannotBeUsedIsToldBesideTheOthers()
    {
        store(u"Contoso"_s);
        QByteArray text = read(settingsFolder() + u"/connections.json"_s).trimmed();
        text = text.chopped(1) + R"(,{"name":"Old one","provider":"gone"}])";
        QFile file(settingsFolder() + u"/connections.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        const Run listed = run({u"connection"_s, u"list"_s});
        QCOMPARE(listed.status, 0);
        QVERIFY2(listed.err.contains("Old one"), listed.err);
        QVERIFY2(listed.out.contains("Contoso"), listed.out);
    }

    void aFileIsAddedOnlyIfThatIsAccepted()
    {
        const QString file = write(u"contoso.json"_s, identity::writeConnection(named(u"Contoso"_s)));
        const Run refused = run({u"connection"_s, u"add"_s, file, u"--json"_s});
        QCOMPARE(refused.status, 2);
        QCOMPARE(refused.outcome(u"code"_s), u"cli.not-accepted"_s);
        QVERIFY2(refused.fact(u"reason"_s).contains(u"Authority"_s), refused.out);
        QVERIFY(storedNames().isEmpty());
        const Run added = run({u"connection"_s, u"add"_s, file, u"--yes"_s});
        QCOMPARE(added.status, 0);
        QCOMPARE(added.out, "Added: Contoso\n"_ba);
        QCOMPARE(storedNames(), QStringList{u"Contoso"_s});
    }

    void theCertificatesToTrustAreShown()
    {
        const TestAuthority authority("Contoso Root CA");
        identity::Connection connection = named(u"Contoso"_s);
        connection.authorities = {authority.sslCertificate()};
        const Run refused =
            run({u"connection"_s, u"add"_s, write(u"ca.json"_s, identity::writeConnection(connection))});
        QCOMPARE(refused.status, 2);
        for (const QString &line : net::certificateLines(connection.authorities))
            QVERIFY2(refused.err.contains(line.toUtf8()), refused.err);
    }

    void aTakenNameGetsAnother_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("status");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("by itself") << QStringList() << 0 << QStringList{u"Contoso"_s, u"Contoso 2"_s};
        QTest::newRow("by the option") << QStringList{u"--name"_s, u"Books"_s} << 0
                                       << QStringList{u"Contoso"_s, u"Books"_s};
        QTest::newRow("a taken one by the option")
            << QStringList{u"--name"_s, u"CONTOSO"_s} << 1 << QStringList{u"Contoso"_s};
        QTest::newRow("none by the option") << QStringList{u"--name"_s, u" "_s} << 2 << QStringList{u"Contoso"_s};
    }

    void aTakenNameGetsAnother()
    {
        QFETCH(const QStringList, more);
        store(u"Contoso"_s);
        const QString file = write(u"contoso.json"_s, identity::writeConnection(named(u"Contoso"_s)));
        const Run added = run(QStringList{u"connection"_s, u"add"_s, file, u"--yes"_s} + more);
        QTEST(added.status, "status");
        QTEST(storedNames(), "names");
        if (more.isEmpty())
            QVERIFY2(added.err.contains("\"Contoso 2\""), added.err);
    }

    void severalAreAddedAtOnce()
    {
        const QByteArray one = identity::writeConnection(named(u"One"_s));
        const QByteArray two = identity::writeConnection(named(u"Two"_s));
        const QString file = write(u"both.json"_s, '[' + one + ',' + two + ']');
        const Run added = run({u"connection"_s, u"add"_s, file, u"--yes"_s, u"--json"_s});
        QCOMPARE(added.status, 0);
        QCOMPARE(each(added, u"added"_s, u"name"_s), (QStringList{u"One"_s, u"Two"_s}));
        QCOMPARE(storedNames(), (QStringList{u"One"_s, u"Two"_s}));
        QCOMPARE(run({u"connection"_s, u"add"_s, file, u"--yes"_s, u"--name"_s, u"Three"_s}).status, 2);
    }

    void whatIsExportedCanBeAdded()
    {
        const QString id = store(u"Contoso"_s);
        const Run printed = run({u"connection"_s, u"export"_s, u"contoso"_s});
        QCOMPARE(printed.status, 0);
        QVERIFY(!printed.out.contains(id.toUtf8()));
        const auto again = identity::readConnection(printed.out);
        QVERIFY(again);
        QVERIFY(*again == named(u"Contoso"_s));

        const QString path = m_folder->filePath(u"export.json"_s);
        QCOMPARE(run({u"connection"_s, u"export"_s, id, path}).status, 0);
        QCOMPARE(read(path), identity::writeConnection(named(u"Contoso"_s)));
        write(u"export.json"_s, "mine");
        const Run refused = run({u"connection"_s, u"export"_s, id, path, u"--json"_s});
        QCOMPARE(refused.status, 1);
        QCOMPARE(refused.outcome(u"code"_s), u"file.not-written"_s);
        QCOMPARE(read(path), "mine"_ba);
    }

    void whatIsNotStoredIsNamed()
    {
        store(u"Contoso"_s);
        for (const QString &command : {u"export"_s, u"remove"_s}) {
            const Run refused = run({u"connection"_s, command, u"Fabrikam"_s});
            QCOMPARE(refused.status, 2);
            QVERIFY2(refused.err.contains("Fabrikam") && refused.err.contains("\"Contoso\""), refused.err);
        }
    }

    void oneIsRemovedOnlyIfThatIsAccepted()
    {
        store(u"Contoso"_s);
        store(u"Library"_s);
        const Run refused = run({u"connection"_s, u"remove"_s, u"Contoso"_s, u"--json"_s});
        QCOMPARE(refused.status, 2);
        QCOMPARE(refused.outcome(u"code"_s), u"cli.not-accepted"_s);
        QCOMPARE(storedNames(), (QStringList{u"Contoso"_s, u"Library"_s}));
        const Run removed = run({u"connection"_s, u"remove"_s, u"Contoso"_s, u"--yes"_s});
        QCOMPARE(removed.status, 0);
        QCOMPARE(removed.out, "Removed: Contoso\n"_ba);
        QCOMPARE(storedNames(), QStringList{u"Library"_s});
    }

    void theSandboxPassesTheTest()
    {
        const Run text = run({u"connection"_s, u"test"_s, u"sandbox"_s});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.startsWith("Discovery    passed"), text.out);
        QVERIFY2(text.out.contains("401 without a token, as it should be ("), text.out);
        QCOMPARE(text.out.count('\n'), 7);
    }

    void theTestsRowsAreJson()
    {
        LocalSandbox sandbox;
        QVERIFY(sandbox.isReady());
        const Run json = run({u"connection"_s, u"test"_s, sandbox.connection(), u"--json"_s});
        QCOMPARE(json.status, 0);
        QCOMPARE(json.outcome(u"code"_s), u"connection.ok"_s);
        QCOMPARE(each(json, u"rows"_s, u"name"_s), (QStringList{u"discovery"_s, u"keys"_s, u"api"_s, u"certificate"_s,
                                                                u"proxy"_s, u"clock"_s, u"redirect"_s}));
        QCOMPARE(each(json, u"rows"_s, u"state"_s), (QStringList{u"passed"_s, u"passed"_s, u"passed"_s, u"not-done"_s,
                                                                 u"passed"_s, u"passed"_s, u"cannot-be-checked"_s}));
    }

    void whatServersSayIsPrintedAsItIs()
    {
        m_tenant.issuingTenant = u"other%01"_s;
        store(u"Contoso"_s);
        const Run tested = run({u"connection"_s, u"test"_s, u"contoso"_s});
        QCOMPARE(tested.status, 5);
        QVERIFY2(tested.out.contains("/other%01/v2.0"), tested.out);
        QVERIFY2(tested.out.contains(" ms)"), tested.out);
    }

    void theStatusIsThatOfTheFirstFailure_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("api");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const QString own = u"11111111-2222-4333-8444-555555555555"_s;
        QTest::newRow("another issuer") << u"99999999-2222-4333-8444-555555555555"_s << QString() << 5
                                        << u"discovery.issuer-mismatch"_s;
        QTest::newRow("no API at that address") << own << QString() << 1 << u"books.not-found"_s;
        QTest::newRow("nobody there") << own << u"http://127.0.0.1:%1"_s.arg(closedPort()) << 6
                                      << u"net.connection-failed"_s;
    }

    void theStatusIsThatOfTheFirstFailure()
    {
        QFETCH(const QString, issuer);
        QFETCH(const QString, api);
        m_tenant.issuingTenant = issuer;
        identity::Connection connection = named(u"Contoso"_s);
        if (!api.isEmpty())
            connection.apiBaseUrl = QUrl(api);
        QVERIFY(ConnectionStore(settingsFolder()).add(connection));
        const Run tested = run({u"connection"_s, u"test"_s, u"contoso"_s, u"--json"_s});
        QTEST(tested.status, "status");
        QTEST(tested.outcome(u"code"_s), "code");
        QVERIFY(!tested.outcome(u"remedy"_s).isEmpty());
        const JsonObject json = tested.json();
        QCOMPARE(*json.find(u"result")->asString(), u"failed"_s);
        const Run text = run({u"connection"_s, u"test"_s, u"contoso"_s});
        QVERIFY2(text.out.contains("What to do: "), text.out);
    }
};

QTEST_GUILESS_MAIN(ConnectionCommandsTest)
#include "connection-commands-test.moc"
