#include "core/json.h"
#include "workspace/connection-store.h"
#include "workspace/errors.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using workspace::ConnectionStore;

namespace {

QByteArray connectionText(const QByteArray &name)
{
    return R"({"name":")" + name +
           R"(","provider":"entra","authority":"https://login.microsoftonline.com/0f0e0d0c-1111-2222-3333-444455556666",)"
           R"("clientId":"aaaaaaaa-1111-2222-3333-444455556666","scopes":["api://books/Books.Read"],)"
           R"("apiBaseUrl":"https://books.example.org","audience":"bbbbbbbb-1111-2222-3333-444455556666"})";
}

identity::Connection connectionNamed(const QByteArray &name)
{
    const Result<identity::Connection> connection = identity::readConnection(connectionText(name));
    if (!connection)
        qFatal("%s", qPrintable(connection.error().message));
    return *connection;
}

QStringList namesOf(const ConnectionStore::Loaded &loaded)
{
    QStringList names;
    for (const identity::Connection &connection : loaded.connections)
        names += connection.name;
    return names;
}

} // namespace

class ConnectionStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void hasNothingAtFirst();
    void keepsWhatIsAdded();
    void replacesNothing_data();
    void replacesNothing();
    void leavesUnusableEntriesUntouched();
    void keepsTheFirstOfTwoNames();
    void leavesAnUnreadableFileAsItIs_data();
    void leavesAnUnreadableFileAsItIs();
    void saysWhenNothingCanBeWritten();
    void givesEveryConnectionAnIdThatStays();
    void anEntryWithoutAnIdKeepsTheOneItGets();
    void leavesOutTheSecondOfTwoIds();
    void leavesOutACaThatIsAFilesName();
    void updatesInPlace();
    void anEntryWithoutAnIdGetsItWithAnotherName();
    void replacesNoOtherByItsName_data();
    void replacesNoOtherByItsName();
    void removesOneAlone();
    void swapsTwo();
    void changesNothingThatIsNotStored();
    void changesNothingInAnUnreadableFile();
    void storesNothingThatCannotBeReadAgain();
    void returnsWhatIsReadFromNowOn();
    void findsFreeNames_data();
    void findsFreeNames();
    void givesEachOfSeveralANameOfItsOwn();

private:
    QString path() const { return m_folder->filePath(u"connections.json"_s); }
    ConnectionStore store() const { return ConnectionStore(m_folder->path()); }
    bool write(const QByteArray &text) const
    {
        QFile file(path());
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    QByteArray written() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ConnectionStoreTest::hasNothingAtFirst()
{
    const auto loaded = ConnectionStore(m_folder->filePath(u"not/there"_s)).load();
    QVERIFY(loaded.connections.empty());
    QVERIFY(loaded.problems.empty());
    QVERIFY(!QFile::exists(m_folder->filePath(u"not"_s)));
}

void ConnectionStoreTest::keepsWhatIsAdded()
{
    const QString folder = m_folder->filePath(u"new/folder"_s);
    ConnectionStore store(folder);
    QVERIFY(store.add(connectionNamed("Zebra")).has_value());
    QVERIFY(store
                .add(connectionNamed("B\xc3\xbc"
                                     "cher \xe2\x9c\x93"))
                .has_value());
    const auto loaded = ConnectionStore(folder).load();
    QVERIFY(loaded.problems.empty());
    QCOMPARE(namesOf(loaded), (QStringList{u"Zebra"_s, u"B\u00fccher \u2713"_s}));
    identity::Connection zebra = connectionNamed("Zebra");
    zebra.id = loaded.connections.front().id;
    QVERIFY(loaded.connections.front() == zebra);
    QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList{u"connections.json"_s});
}

void ConnectionStoreTest::replacesNothing_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("the same name") << "Head office"_ba;
    QTest::newRow("another case") << "HEAD OFFICE"_ba;
    QTest::newRow("more blanks") << "Head   office"_ba;
    QTest::newRow("the Sandbox's name") << "Sandbox"_ba;
    QTest::newRow("the Sandbox's name in another case") << "sandbox"_ba;
    QTest::newRow("the name of an entry that cannot be used") << "Old one"_ba;
}

void ConnectionStoreTest::replacesNothing()
{
    QFETCH(const QByteArray, name);
    QVERIFY(write('[' + connectionText("Head office") + R"(,{"name":"Old one","provider":"gone"}])"));
    const QByteArray before = written();
    const auto added = store().add(connectionNamed(name));
    QVERIFY(!added);
    QCOMPARE(added.error().code.toString(), u"connection.name-taken"_s);
    QCOMPARE(written(), before);
}

void ConnectionStoreTest::leavesUnusableEntriesUntouched()
{
    QVERIFY(write('[' + connectionText("First") + R"(,42,{"name":"Old one","provider":"gone","extra":[1,2]},)" +
                  connectionText("Second") + ']'));
    const auto loaded = store().load();
    QCOMPARE(namesOf(loaded), (QStringList{u"First"_s, u"Second"_s}));
    QCOMPARE(loaded.problems.size(), std::size_t{2});
    QVERIFY(loaded.problems.back().message.contains("Old one"_L1));

    QVERIFY(store().add(connectionNamed("Third")).has_value());
    const Result<Json> json = parseJson(written());
    QVERIFY(json.has_value());
    const JsonArray &entries = *json->asArray();
    QCOMPARE(entries.size(), std::size_t{5});
    QVERIFY(entries[1] == Json(42));
    QCOMPARE(toCompactJson(entries[2]), R"({"name":"Old one","provider":"gone","extra":[1,2]})"_ba);
    QCOMPARE(toCompactJson(entries[0]), connectionText("First"));
    QCOMPARE(namesOf(store().load()), (QStringList{u"First"_s, u"Second"_s, u"Third"_s}));
}

void ConnectionStoreTest::keepsTheFirstOfTwoNames()
{
    QByteArray other = connectionText("Same");
    other.replace("books.example.org", "evil.example.org");
    QVERIFY(write('[' + connectionText("Same") + ',' + other + ',' + connectionText("Sandbox") + ']'));
    const auto loaded = store().load();
    QCOMPARE(loaded.connections.size(), std::size_t{1});
    QCOMPARE(loaded.connections.front().apiBaseUrl.host(), u"books.example.org"_s);
    QCOMPARE(loaded.problems.size(), std::size_t{2});
    for (const Error &problem : loaded.problems)
        QCOMPARE(problem.code.toString(), u"connection.name-taken"_s);
}

void ConnectionStoreTest::leavesAnUnreadableFileAsItIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a file") << '[' + connectionText("First").chopped(10);
    QTest::newRow("no array") << connectionText("First");
    QTest::newRow("no text") << "\xff\xfe\x00"_ba;
}

void ConnectionStoreTest::leavesAnUnreadableFileAsItIs()
{
    QFETCH(const QByteArray, text);
    QVERIFY(write(text));
    const auto loaded = store().load();
    QVERIFY(loaded.connections.empty());
    QCOMPARE(loaded.problems.size(), std::size_t{1});
    QCOMPARE(loaded.problems.front().code.toString(), u"connection.store-failed"_s);
    QVERIFY(loaded.problems.front().message.contains(QDir::toNativeSeparators(path())));

    const auto added = store().add(connectionNamed("First"));
    QVERIFY(!added);
    QCOMPARE(added.error().code.toString(), u"connection.store-failed"_s);
    QCOMPARE(written(), text);
}

void ConnectionStoreTest::saysWhenNothingCanBeWritten()
{
    QVERIFY(write("[]"));
    ConnectionStore below(path() + u"/folder"_s);
    const auto added = below.add(connectionNamed("First"));
    QVERIFY(!added);
    QCOMPARE(added.error().code.toString(), u"connection.store-failed"_s);
    QVERIFY(!factValue(added.error().facts, facts::reason).isEmpty());

    QVERIFY(QDir(m_folder->path()).mkpath(u"other/connections.json"_s));
    const auto blocked = ConnectionStore(m_folder->filePath(u"other"_s)).add(connectionNamed("First"));
    QVERIFY(!blocked);
    QCOMPARE(blocked.error().code.toString(), u"connection.store-failed"_s);
}

void ConnectionStoreTest::givesEveryConnectionAnIdThatStays()
{
    const Result<identity::Connection> first = store().add(connectionNamed("First"));
    const Result<identity::Connection> second = store().add(connectionNamed("Second"));
    QVERIFY(first && second);
    QVERIFY(!first->id.isEmpty());
    QVERIFY(first->id != second->id);
    const auto loaded = store().load();
    QCOMPARE(loaded.connections.at(0).id, first->id);
    QCOMPARE(loaded.connections.at(1).id, second->id);
    QVERIFY(write(written().replace("\"First\"", "\"Renamed\"")));
    const Result<identity::Connection> again = store().add(connectionNamed("First"));
    QVERIFY(again.has_value());
    QVERIFY(again->id != first->id);
}

void ConnectionStoreTest::anEntryWithoutAnIdKeepsTheOneItGets()
{
    QVERIFY(write('[' + connectionText("First") + ',' + connectionText("Second") + ']'));
    const auto before = store().load();
    QVERIFY(!before.connections.at(0).id.isEmpty());
    QVERIFY(before.connections.at(0).id != before.connections.at(1).id);
    QVERIFY(store().add(connectionNamed("Third")).has_value());
    const auto after = store().load();
    QCOMPARE(after.connections.at(0).id, before.connections.at(0).id);
    QCOMPARE(after.connections.at(1).id, before.connections.at(1).id);
    QVERIFY(write('[' + connectionText("FIRST ") + ']'));
    QCOMPARE(store().load().connections.at(0).id, before.connections.at(0).id);
}

void ConnectionStoreTest::leavesOutTheSecondOfTwoIds()
{
    QVERIFY(store().add(connectionNamed("First")).has_value());
    QByteArray again = written();
    QVERIFY(write(again.replace("]\n", "]").chopped(1) + ',' + written().replace("First", "Second").sliced(1)));
    const auto loaded = store().load();
    QCOMPARE(namesOf(loaded), QStringList{u"First"_s});
    QCOMPARE(loaded.problems.size(), std::size_t{1});
    QVERIFY(loaded.problems.front().message.contains("Second"_L1));
}

void ConnectionStoreTest::leavesOutACaThatIsAFilesName()
{
    const QByteArray text = connectionText("First");
    QVERIFY(write('[' + text.chopped(1) + R"(,"caFile":"/etc/ssl/certs/ca-certificates.crt"})" + ']'));
    const auto loaded = store().load();
    QVERIFY(loaded.connections.empty());
    QCOMPARE(loaded.problems.size(), std::size_t{1});
    QVERIFY2(loaded.problems.front().message.contains("Its CA"_L1), qPrintable(loaded.problems.front().message));
}

namespace {

/// Three that can be used, with two between them that cannot.
QByteArray mixedEntries()
{
    return '[' + connectionText("First") + R"(,42,)" + connectionText("Second") +
           R"(,{"name":"Old one","provider":"gone","extra":[1,2]},)" + connectionText("Third") + ']';
}

} // namespace

void ConnectionStoreTest::updatesInPlace()
{
    QVERIFY(write(mixedEntries()));
    identity::Connection second = store().load().connections.at(1);
    second.name = u"Renamed"_s;
    second.clientId = u"another-client"_s;
    QVERIFY(store().update(second));
    const auto loaded = store().load();
    QCOMPARE(namesOf(loaded), (QStringList{u"First"_s, u"Renamed"_s, u"Third"_s}));
    QVERIFY(loaded.connections.at(1) == second);
    QCOMPARE(loaded.problems.size(), std::size_t{2});
    const Result<Json> json = parseJson(written());
    QVERIFY(json && json->asArray());
    QVERIFY((*json->asArray())[1] == Json(42));
    QCOMPARE(toCompactJson((*json->asArray())[3]), R"({"name":"Old one","provider":"gone","extra":[1,2]})"_ba);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"connections.json"_s});
}

void ConnectionStoreTest::anEntryWithoutAnIdGetsItWithAnotherName()
{
    QVERIFY(write('[' + connectionText("First") + ']'));
    identity::Connection first = store().load().connections.front();
    const QString id = first.id;
    first.name = u"Renamed"_s;
    QVERIFY(store().update(first));
    QCOMPARE(store().load().connections.front().id, id);
}

void ConnectionStoreTest::replacesNoOtherByItsName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("another connection's") << u"third"_s << true;
    QTest::newRow("that of an entry that cannot be used") << u"OLD  one"_s << true;
    QTest::newRow("the Sandbox's") << u"Sandbox"_s << true;
    QTest::newRow("its own") << u"Second"_s << false;
    QTest::newRow("its own in another case") << u"SECOND"_s << false;
}

void ConnectionStoreTest::replacesNoOtherByItsName()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isTaken);
    QVERIFY(write(mixedEntries()));
    const QByteArray before = written();
    identity::Connection second = store().load().connections.at(1);
    second.name = name;
    const Result<identity::Connection> updated = store().update(second);
    QCOMPARE(updated.has_value(), !isTaken);
    if (!isTaken)
        return;
    QCOMPARE(updated.error().code.toString(), u"connection.name-taken"_s);
    QCOMPARE(written(), before);
}

void ConnectionStoreTest::removesOneAlone()
{
    QVERIFY(write(mixedEntries()));
    const auto before = store().load();
    QVERIFY(store().remove(before.connections.at(1).id));
    const auto after = store().load();
    QCOMPARE(namesOf(after), (QStringList{u"First"_s, u"Third"_s}));
    QCOMPARE(after.connections.at(1).id, before.connections.at(2).id);
    const Result<Json> json = parseJson(written());
    QVERIFY(json && json->asArray());
    QCOMPARE(json->asArray()->size(), std::size_t{4});
    QVERIFY((*json->asArray())[1] == Json(42));
}

void ConnectionStoreTest::swapsTwo()
{
    QVERIFY(write(mixedEntries()));
    const auto before = store().load();
    QVERIFY(store().swap(before.connections.at(2).id, before.connections.at(1).id));
    QCOMPARE(namesOf(store().load()), (QStringList{u"First"_s, u"Third"_s, u"Second"_s}));
    const Result<Json> json = parseJson(written());
    QVERIFY(json && json->asArray());
    QVERIFY((*json->asArray())[1] == Json(42));
}

void ConnectionStoreTest::changesNothingThatIsNotStored()
{
    QVERIFY(write(mixedEntries()));
    const QByteArray before = written();
    identity::Connection gone = connectionNamed("Fourth");
    gone.id = u"gone"_s;
    const QString first = store().load().connections.front().id;
    const Result<identity::Connection> updated = store().update(gone);
    QVERIFY(!updated);
    QCOMPARE(updated.error().code.toString(), u"connection.not-stored"_s);
    for (const Result<void> &changed : {store().remove(gone.id), store().swap(first, gone.id)}) {
        QVERIFY(!changed);
        QCOMPARE(changed.error().code.toString(), u"connection.not-stored"_s);
    }
    QCOMPARE(written(), before);
}

void ConnectionStoreTest::changesNothingInAnUnreadableFile()
{
    const QByteArray text = mixedEntries().chopped(1);
    QVERIFY(write(text));
    identity::Connection connection = connectionNamed("First");
    connection.id = u"first"_s;
    const Result<identity::Connection> updated = store().update(connection);
    QVERIFY(!updated);
    QCOMPARE(updated.error().code.toString(), u"connection.store-failed"_s);
    for (const Result<void> &changed : {store().remove(connection.id), store().swap(u"first"_s, u"second"_s)}) {
        QVERIFY(!changed);
        QCOMPARE(changed.error().code.toString(), u"connection.store-failed"_s);
    }
    QCOMPARE(written(), text);
}

void ConnectionStoreTest::storesNothingThatCannotBeReadAgain()
{
    QVERIFY(write(mixedEntries()));
    const QByteArray before = written();
    identity::Connection second = store().load().connections.at(1);
    second.redirect.path = u"no path"_s;
    QVERIFY(!store().update(second));
    second.name = u"New"_s;
    QVERIFY(!store().add(second));
    QCOMPARE(written(), before);
}

/// Else what was signed in for it would not be of use after the next start.
void ConnectionStoreTest::returnsWhatIsReadFromNowOn()
{
    QVERIFY(write(mixedEntries()));
    identity::Connection second = store().load().connections.at(1);
    second.scopes = QStringList{u"openid"_s, u"api://books/Books.Write"_s};
    const Result<identity::Connection> updated = store().update(second);
    QVERIFY(updated);
    QVERIFY(*updated == store().load().connections.at(1));
}

void ConnectionStoreTest::findsFreeNames_data()
{
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<QString>("given");
    QTest::newRow("free") << "Fourth"_ba << u"Fourth"_s;
    QTest::newRow("taken") << "First"_ba << u"First 2"_s;
    QTest::newRow("taken in another case") << "first"_ba << u"first 2"_s;
    QTest::newRow("taken with the next number") << "Third"_ba << u"Third 4"_s;
    QTest::newRow("numbered") << "Third 2"_ba << u"Third 4"_s;
    QTest::newRow("a year is no number") << "Books 2025"_ba << u"Books 2025 2"_s;
    QTest::newRow("the Sandbox's") << "Sandbox"_ba << u"Sandbox 2"_s;
    QTest::newRow("that of an entry that cannot be used") << "Old one"_ba << u"Old one 2"_s;
    QTest::newRow("the longest") << QByteArray(100, 'x') << QString(90, u'x') + u" 2"_s;
    QTest::newRow("the longest, with a smiley where it is cut")
        << QByteArray(89, 'x') + "\U0001F642xxxxxxxxx"_ba << QString(89, u'x') + u" 2"_s;
}

void ConnectionStoreTest::findsFreeNames()
{
    QFETCH(const QByteArray, wanted);
    QVERIFY(write(mixedEntries()));
    for (const QByteArray &name : {"Third 2"_ba, "Third 3"_ba, "Books 2025"_ba, QByteArray(100, 'x'),
                                   QByteArray(89, 'x') + "\U0001F642xxxxxxxxx"_ba})
        QVERIFY(store().add(connectionNamed(name)));
    const auto named = store().withFreeNames({connectionNamed(wanted)});
    QTEST(named.front().name, "given");
    QVERIFY(store().add(named.front()));
}

void ConnectionStoreTest::givesEachOfSeveralANameOfItsOwn()
{
    QVERIFY(write(mixedEntries()));
    const auto named = store().withFreeNames(
        {connectionNamed("First"), connectionNamed("New"), connectionNamed("new"), connectionNamed("First")});
    QStringList names;
    for (const identity::Connection &connection : named)
        names += connection.name;
    QCOMPARE(names, (QStringList{u"First 2"_s, u"New"_s, u"new 2"_s, u"First 3"_s}));
}

QTEST_GUILESS_MAIN(ConnectionStoreTest)
#include "connection-store-test.moc"
