// Entries in a real, unlocked keyring, which goes away in the end.
#include "identity/keychain.h"
#include "identity/system-keychain.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTest>
#include <qt6keychain/keychain.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Keychain;
using identity::SystemKeychain;

class KeychainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsWritten_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a word") << "secret"_ba;
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("any bytes") << QByteArray("\0\xff\x80\n", 4);
        QTest::newRow("much") << QByteArray(20'000, 'x');
    }

    void keepsWhatIsWritten()
    {
        QFETCH(const QByteArray, value);
        QVERIFY(done(m_keychain.write(u"one"_s, Secret(value))));
        const auto read = QCoro::waitFor(m_keychain.read(u"one"_s));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QVERIFY(read->has_value());
        QCOMPARE((*read)->reveal().toByteArray(), value);
    }

    void aNewValueReplacesTheOldOne()
    {
        QVERIFY(done(m_keychain.write(u"one"_s, Secret("old"))));
        QVERIFY(done(m_keychain.write(u"one"_s, Secret("new"))));
        QVERIFY(holds(m_keychain, u"one"_s, Secret("new")));
    }

    void anEntryIsGoneOnceItIsRemoved()
    {
        QVERIFY(done(m_keychain.write(u"one"_s, Secret("value"))));
        QVERIFY(done(m_keychain.remove(u"one"_s)));
        QVERIFY(holds(m_keychain, u"one"_s, std::nullopt));
        QVERIFY(done(m_keychain.remove(u"one"_s)));
    }

    void servicesHaveTheirOwnEntries()
    {
        Keychain other(std::make_unique<SystemKeychain>(u"Another program"_s));
        QVERIFY(done(m_keychain.write(u"one"_s, Secret("ours"))));
        QVERIFY(holds(other, u"one"_s, std::nullopt));
    }

    /// Windows knows an entry by its key alone.
    void anEntrysKeyNamesTheService()
    {
        QVERIFY(done(m_keychain.write(u"one"_s, Secret("value"))));
        QKeychain::ReadPasswordJob reading(u"Bookdesk test"_s);
        reading.setAutoDelete(false);
        reading.setKey(u"Bookdesk test/one"_s);
        QSignalSpy ends(&reading, &QKeychain::Job::finished);
        reading.start();
        QVERIFY(ends.wait());
        QVERIFY(reading.binaryData().contains("value"));
    }

    void requestsAtOnceAreAnsweredEachWithItsOwn()
    {
        auto first = m_keychain.write(u"first"_s, Secret("1"));
        auto second = m_keychain.write(u"second"_s, Secret("2"));
        QVERIFY(done(std::move(first)));
        QVERIFY(done(std::move(second)));
        QVERIFY(holds(m_keychain, u"first"_s, Secret("1")));
        QVERIFY(holds(m_keychain, u"second"_s, Secret("2")));
    }

    void itCanBeUsed() { QVERIFY(done(m_keychain.probe())); }

    void aWaitEndsWithTheKeychain()
    {
        auto keychain = std::make_unique<Keychain>(std::make_unique<SystemKeychain>(u"Bookdesk test"_s));
        auto reading = keychain->read(u"one"_s);
        keychain.reset();
        const auto read = QCoro::waitFor(std::move(reading));
        QVERIFY(!read);
        QCOMPARE(read.error().code.kind(), ErrorKind::stopped);
    }

    void aWaitHasALimit()
    {
        Keychain hasty(std::make_unique<SystemKeychain>(u"Bookdesk test"_s, std::chrono::milliseconds(0)));
        const auto read = QCoro::waitFor(hasty.read(u"one"_s));
        QVERIFY(!read);
        QCOMPARE(read.error().code.toString(), u"keychain.timed-out"_s);
    }

    /// The last one: there is no keyring afterwards.
    void aKeyringMayGoAway()
    {
        const pid_t keyring = qEnvironmentVariableIntValue("BOOKDESK_KEYRING_PID");
        QVERIFY(keyring > 0);
        QCOMPARE(::kill(keyring, SIGKILL), 0);
        QTRY_COMPARE(codeOf(m_keychain.probe()), u"keychain.unavailable"_s);
        QCOMPARE(codeOf(m_keychain.write(u"one"_s, Secret("value"))), u"keychain.unavailable"_s);
    }

private:
    static bool done(Task<void> task)
    {
        const Result<void> result = QCoro::waitFor(std::move(task));
        if (!result)
            qWarning("%s", qPrintable(result.error().code.toString()));
        return result.has_value();
    }
    static QString codeOf(Task<void> task)
    {
        const Result<void> result = QCoro::waitFor(std::move(task));
        return result ? QString() : result.error().code.toString();
    }
    static bool holds(Keychain &keychain, const QString &name, const std::optional<Secret> &value)
    {
        const auto read = QCoro::waitFor(keychain.read(name));
        return read && *read == value;
    }

    Keychain m_keychain{std::make_unique<SystemKeychain>(u"Bookdesk test"_s)};
};

QTEST_GUILESS_MAIN(KeychainTest)
#include "keychain-test.moc"
