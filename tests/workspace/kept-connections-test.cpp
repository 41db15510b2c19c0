// Kept sign-ins of connections that are edited or removed, in a real keyring.
#include "core/json.h"
#include "workspace/kept-run.h"

#include <QSettings>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::Run;
using workspace::ConnectionChange;

class KeptConnectionsTest : public QObject, private test::KeptAccountsBench
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

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void cleanupTestCase() { stopSandbox(); }
    void init() { keepAccounts(); }
    void cleanup() { keepNobody(); }

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
