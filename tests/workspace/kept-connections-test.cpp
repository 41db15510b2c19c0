// Kept sign-ins of connections that are edited or removed, in a real keyring.
#include "core/json.h"
#include "sandbox/sandbox-server.h"
#include "workspace/kept-run.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::Run;
using workspace::ConnectionChange;

class KeptConnectionsTest : public QObject
{
    Q_OBJECT

private:
    static QStringList signedOutBy(const Result<ConnectionChange> &change)
    {
        QStringList names;
        for (const workspace::SignedOutAccount &one : change ? change->signedOut : ConnectionChange().signedOut)
            names += one.isGone() ? one.account.name : one.error->code.toString();
        names.sort();
        return names;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    QString m_connection;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"bookdesk-test"_s);
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_sandbox = *server;
    }
    void cleanupTestCase()
    {
        QSettings().clear();
        m_sandbox.reset();
    }

    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        auto connection = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
        QVERIFY(connection);
        connection->name = u"Contoso"_s;
        Run first(m_folder->path());
        const Result<QString> id = first.workspace->add(*connection);
        QVERIFY(id);
        m_connection = *id;
        QVERIFY(first.begin());
        QVERIFY(first.signInAs(u"riley"_s));
        first.workspace->useAnotherAccount();
        QVERIFY(first.signInAs(u"ada"_s));
        QCOMPARE(first.stored().size(), std::size_t{2});
    }
    void cleanup()
    {
        Run last(m_folder->path());
        if (QCoro::waitFor(last.vault->check()))
            QVERIFY(QCoro::waitFor(last.vault->turnOff()));
    }

    void namesWhoIsKeptBeforeItIsRemoved()
    {
        Run next(m_folder->path(), m_connection);
        QVERIFY(QCoro::waitFor(next.vault->check())); // nobody has a desk
        const auto accounts = QCoro::waitFor(next.workspace->accountsOf(m_connection));
        QVERIFY(accounts);
        QCOMPARE(accounts->size(), std::size_t{2});
    }

    void removingItRemovesWhatIsKept_data()
    {
        QTest::addColumn<bool>("hasDesks");
        QTest::newRow("of accounts with desks") << true;
        QTest::newRow("of accounts without desks") << false;
    }

    void removingItRemovesWhatIsKept()
    {
        QFETCH(const bool, hasDesks);
        Run next(m_folder->path(), m_connection);
        QVERIFY(QCoro::waitFor(next.vault->check()));
        if (hasDesks) {
            QVERIFY(next.begin());
            QTRY_VERIFY(next.deskOf(u"Ada Admin"_s));
        }
        const auto change = QCoro::waitFor(next.workspace->remove(m_connection));
        QVERIFY(change);
        QCOMPARE(signedOutBy(change), (QStringList{u"Ada Admin"_s, u"Riley Reader"_s}));
        for (const workspace::SignedOutAccount &one : change->signedOut) {
            const auto left = QCoro::waitFor(next.vault->find(one.account.id()));
            QVERIFY(left && !*left);
        }
        QVERIFY(next.stored().empty());
        QVERIFY(Run(m_folder->path()).stored().empty());
    }

    void anotherClientRemovesWhatIsKept()
    {
        Run next(m_folder->path(), m_connection);
        QVERIFY(next.begin());
        QTRY_VERIFY(next.deskOf(u"Ada Admin"_s));
        identity::Connection connection = *next.workspace->find(m_connection);
        connection.clientId = u"another"_s;
        const auto change = QCoro::waitFor(next.workspace->update(connection));
        QCOMPARE(signedOutBy(change), (QStringList{u"Ada Admin"_s, u"Riley Reader"_s}));
        QVERIFY(next.stored().empty());
        QVERIFY(next.workspace->desk()->isVacant());
    }

    void anotherNameLeavesWhatIsKept()
    {
        {
            Run next(m_folder->path(), m_connection);
            QVERIFY(next.begin());
            identity::Connection connection = *next.workspace->find(m_connection);
            connection.name = u"Renamed"_s;
            QVERIFY(QCoro::waitFor(next.workspace->update(connection)));
            QCOMPARE(next.stored().size(), std::size_t{2});
        }
        Run last(m_folder->path(), m_connection);
        QVERIFY(last.begin());
        QTRY_COMPARE(last.nameInUse(), u"Riley Reader"_s);
    }

    void whatCouldNotBeRemovedIsToldAndRemovedLater()
    {
        Run next(m_folder->path(), m_connection, std::chrono::milliseconds(200));
        QVERIFY(next.begin());
        QTRY_COMPARE(next.nameInUse(), u"Riley Reader"_s);
        identity::VaultLock held = QCoro::waitFor(next.vault->lock({})).value_or(nullptr);
        QVERIFY(held);
        const auto change = QCoro::waitFor(next.workspace->remove(m_connection));
        QCOMPARE(signedOutBy(change), (QStringList{u"vault.busy"_s, u"vault.busy"_s}));
        QVERIFY(!next.workspace->find(m_connection));
        held.reset();
        QVERIFY(QCoro::waitFor(next.vault->check()));
        for (const workspace::SignedOutAccount &one : change->signedOut) {
            const auto left = QCoro::waitFor(next.vault->find(one.account.id()));
            QVERIFY(left && !*left);
        }
    }
};

QTEST_GUILESS_MAIN(KeptConnectionsTest)
#include "kept-connections-test.moc"
