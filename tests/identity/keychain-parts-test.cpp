// Values that are too long for one entry of Windows, and programs that are killed while they write one.
#include "identity/keychain.h"

#include <QCoroTask>
#include <QTest>

#include <functional>
#include <map>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Keychain;

namespace {

/// What outlives the programs.
using Store = std::map<QString, QByteArray>;

/// A system's keychain, which takes no long entries. The program that uses it ends after some changes: from then on
/// nothing happens any more.
class Entries : public identity::KeychainEntries
{
public:
    Entries(std::shared_ptr<Store> store, int changes)
        : m_store(std::move(store))
        , m_changes(changes)
    {}

    Task<std::optional<Secret>> read(QString name) override
    {
        if (m_changes < 0)
            return readyTask(Result<std::optional<Secret>>(failure(identity::keychainUnavailable({}))));
        const auto found = m_store->find(name);
        return readyTask(Result<std::optional<Secret>>(found == m_store->end() ? std::nullopt
                                                                               : std::optional(Secret(found->second))));
    }

    Task<void> write(QString name, Secret value) override
    {
        if (--m_changes < 0 || value.size() > identity::longestEntry)
            return readyTask(Result<void>(failure(identity::keychainUnavailable({}))));
        (*m_store)[name] = value.reveal().toByteArray();
        return readyTask(Result<void>());
    }

    Task<void> remove(QString name) override
    {
        if (--m_changes < 0)
            return readyTask(Result<void>(failure(identity::keychainUnavailable({}))));
        m_store->erase(name);
        return readyTask(Result<void>());
    }

private:
    std::shared_ptr<Store> m_store;
    int m_changes;
};

/// Takes what it does not keep.
class ForgetfulEntries : public Entries
{
public:
    using Entries::Entries;
    Task<void> write(QString, Secret) override { return readyTask(Result<void>()); }
};

/// Another program is at work once somebody begins to read parts.
class DisturbedEntries : public Entries
{
public:
    DisturbedEntries(const std::shared_ptr<Store> &store, std::function<void()> disturb)
        : Entries(store, 0)
        , m_disturb(std::move(disturb))
    {}

    Task<std::optional<Secret>> read(QString name) override
    {
        if (name.contains(u"/part/"_s) && m_disturb)
            std::exchange(m_disturb, nullptr)();
        return Entries::read(name);
    }

private:
    std::function<void()> m_disturb;
};

constexpr int endless = 1'000'000;

/// Another one for each size, so that parts of two cannot pass for one value.
QByteArray valueOf(qsizetype size)
{
    QByteArray value;
    while (value.size() < size)
        value += QByteArray::number(size) + '.' + QByteArray::number(value.size()) + ',';
    return value.first(size);
}

} // namespace

class KeychainPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_store = std::make_shared<Store>(); }

    void longValuesAreKeptInSmallEntries_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("entries");
        QTest::newRow("nothing") << 0 << 1;
        QTest::newRow("what just fits") << 2'559 << 1;
        QTest::newRow("what just does not") << 2'560 << 2;
        QTest::newRow("two parts") << 2'561 << 3;
        QTest::newRow("many") << 100'000 << 41;
    }

    void longValuesAreKeptInSmallEntries()
    {
        QFETCH(const int, size);
        QFETCH(const int, entries);
        QVERIFY(write(valueOf(size)));
        QCOMPARE(read(), valueOf(size));
        QCOMPARE(static_cast<int>(m_store->size()), entries);
        for (const auto &[name, entry] : *m_store)
            QVERIFY(entry.size() <= identity::longestEntry);
    }

    void anotherLengthLeavesNothingBehind()
    {
        for (const int size : {9'000, 30'000, 4'000, 10, 7'000, 7'001, 0}) {
            QVERIFY(write(valueOf(size)));
            QCOMPARE(read(), valueOf(size));
        }
        QCOMPARE(m_store->size(), std::size_t{1});
        QVERIFY(write(valueOf(9'000)));
        QVERIFY(QCoro::waitFor(keychain()->remove(m_name)));
        QVERIFY(m_store->empty());
    }

    void aKilledProgramLeavesTheOldValueOrTheNewOne_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("after");
        QTest::newRow("short, long") << 10 << 9'000;
        QTest::newRow("long, short") << 9'000 << 10;
        QTest::newRow("long, longer") << 9'000 << 20'000;
        QTest::newRow("longer, long") << 20'000 << 9'000;
        QTest::newRow("as many parts") << 9'000 << 9'001;
    }

    void aKilledProgramLeavesTheOldValueOrTheNewOne()
    {
        QFETCH(const int, before);
        QFETCH(const int, after);
        bool hasEnded = false;
        for (int changes = 0; !hasEnded; ++changes) {
            m_store->clear();
            QVERIFY(write(valueOf(before)));
            hasEnded = write(valueOf(after), changes);
            const QByteArray found = read();
            QVERIFY2(found == valueOf(after) || (!hasEnded && found == valueOf(before)),
                     qPrintable(u"after %1 changes"_s.arg(changes)));
            // The next program is killed at the same place, and the one after it clears up.
            const bool hasEndedAgain = write(valueOf(after + 1), changes);
            const QByteArray next = read();
            QVERIFY(next == valueOf(after + 1) || (!hasEndedAgain && next == found));
            QVERIFY(write(valueOf(3'000)));
            QCOMPARE(read(), valueOf(3'000));
            QCOMPARE(m_store->size(), std::size_t{3});
        }
    }

    void aKilledRemovalLeavesAllOrNothing()
    {
        bool hasEnded = false;
        for (int changes = 0; !hasEnded; ++changes) {
            m_store->clear();
            QVERIFY(write(valueOf(9'000)));
            hasEnded = QCoro::waitFor(keychain(changes)->remove(m_name)).has_value();
            QCOMPARE(read(), changes == 0 ? valueOf(9'000) : "nothing"_ba);
            QVERIFY(QCoro::waitFor(keychain()->remove(m_name)));
            QVERIFY(m_store->empty());
        }
    }

    void aKeychainThatKeepsNothingIsNoticed()
    {
        Keychain keychain(std::make_unique<ForgetfulEntries>(m_store, endless));
        for (const int size : {10, 9'000}) {
            const auto wrote = QCoro::waitFor(keychain.write(m_name, Secret(valueOf(size))));
            QVERIFY(!wrote);
            QCOMPARE(wrote.error().code.toString(), u"keychain.locked"_s);
        }
    }

    void aReaderGetsOneOfTwoValues()
    {
        QVERIFY(write(valueOf(9'000)));
        const auto disturb = [this] {
            QVERIFY(write(valueOf(8'000)));
            QVERIFY(write(valueOf(9'001)));
        };
        Keychain keychain(std::make_unique<DisturbedEntries>(m_store, disturb));
        const auto found = QCoro::waitFor(keychain.read(m_name));
        QVERIFY(found && *found);
        QCOMPARE((*found)->reveal().toByteArray(), valueOf(9'001));
    }

    void damageIsNoticed_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a part is missing") << u"one/part/0/1"_s << QByteArray();
        QTest::newRow("a part has changed") << u"one/part/0/1"_s << "x"_ba;
        QTest::newRow("the first entry is none") << u"one"_s << "secret"_ba;
        QTest::newRow("another set") << u"one"_s << "+1 4 00"_ba;
        QTest::newRow("no such set") << u"one"_s << "+7 4 00"_ba;
        QTest::newRow("no parts") << u"one"_s << "+0 0 00"_ba;
        QTest::newRow("too many parts") << u"one"_s << "+0 2000000000 00"_ba;
    }

    void damageIsNoticed()
    {
        QFETCH(const QString, entry);
        QFETCH(const QByteArray, content);
        QVERIFY(write(valueOf(9'000)));
        if (content.isEmpty())
            m_store->erase(entry);
        else
            (*m_store)[entry] = content;
        QCOMPARE(read(), "vault.damaged"_ba);
        QVERIFY(write(valueOf(8'000)));
        QCOMPARE(read(), valueOf(8'000));
    }

private:
    std::unique_ptr<Keychain> keychain(int changes = endless) const
    {
        return std::make_unique<Keychain>(std::make_unique<Entries>(m_store, changes));
    }
    bool write(const QByteArray &value, int changes = endless) const
    {
        return QCoro::waitFor(keychain(changes)->write(m_name, Secret(value))).has_value();
    }
    /// As another program.
    QByteArray read() const
    {
        const auto found = QCoro::waitFor(keychain()->read(m_name));
        if (!found)
            return found.error().code.toString().toUtf8();
        return *found ? (*found)->reveal().toByteArray() : "nothing"_ba;
    }

    const QString m_name = u"one"_s;
    std::shared_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(KeychainPartsTest)
#include "keychain-parts-test.moc"
