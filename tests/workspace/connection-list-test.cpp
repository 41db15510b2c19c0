// The list of a workspace's connections: copies, order, files, and what stays as it is.
#include "workspace/two-connections.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Connection;
using test::codeOf;
using test::namesOf;
using workspace::Desk;
using workspace::Workspace;

class ConnectionListTest : public test::TwoConnections
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanupTestCase() { stopServer(); }
    void init() { makeBoth(); }
    void cleanup() { m_workspace.reset(); }

    void theSandboxStaysAsItIs_data()
    {
        QTest::addColumn<bool>("isRunning");
        QTest::newRow("while it runs") << true;
        QTest::newRow("before it runs") << false;
    }

    void theSandboxStaysAsItIs()
    {
        QFETCH(const bool, isRunning);
        if (isRunning)
            QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        const QString id = Workspace::sandboxId();
        Connection connection = m_sample;
        connection.id = id;
        const QString builtIn = u"connection.built-in"_s;
        QCOMPARE(codeOf(QCoro::waitFor(m_workspace->update(connection))), builtIn);
        QCOMPARE(codeOf(remove(id)), builtIn);
        QCOMPARE(codeOf(m_workspace->moveUp(id)), builtIn);
        QCOMPARE(codeOf(m_workspace->moveDown(id)), builtIn);
        QCOMPARE(codeOf(m_workspace->duplicate(id)), builtIn);
        QCOMPARE(codeOf(m_workspace->exported(id)), builtIn);
        QCOMPARE(m_workspace->sandbox() != nullptr, isRunning);
        QCOMPARE(stored().size(), std::size_t{2});
    }

    void whatIsNotStoredCannotBeChanged()
    {
        Connection connection = m_sample;
        connection.id = u"gone"_s;
        const QString notStored = u"connection.not-stored"_s;
        QCOMPARE(codeOf(QCoro::waitFor(m_workspace->update(connection))), notStored);
        QCOMPARE(codeOf(remove(connection.id)), notStored);
        QCOMPARE(codeOf(m_workspace->moveUp(connection.id)), notStored);
        QCOMPARE(codeOf(m_workspace->duplicate(connection.id)), notStored);
        QCOMPARE(codeOf(m_workspace->exported(connection.id)), notStored);
    }

    void whatCannotBeStoredChangesNothing()
    {
        QVERIFY(signIn());
        Desk *const desk = m_workspace->desk();
        QFile file(m_folder->filePath(u"connections.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no JSON") > 0);
        file.close();
        const QString failed = u"connection.store-failed"_s;
        QCOMPARE(codeOf(edit(m_first, [](Connection &connection) { connection.clientId = u"another"_s; })), failed);
        QCOMPARE(codeOf(remove(m_first)), failed);
        QCOMPARE(codeOf(m_workspace->moveDown(m_first)), failed);
        QCOMPARE(namesOf(m_workspace->connections()), (QStringList{u"First"_s, u"Second"_s}));
        QCOMPARE(m_workspace->find(m_first)->clientId, m_sample.clientId);
        QCOMPARE(m_workspace->desk(), desk);
        QVERIFY(desk->session().current());
    }

    void aTakenNameChangesNothing()
    {
        QCOMPARE(codeOf(edit(m_first, [](Connection &connection) { connection.name = u"SECOND"_s; })),
                 u"connection.name-taken"_s);
        QCOMPARE(m_workspace->find(m_first)->name, u"First"_s);
    }

    void aCopyHasANameAndAnIdOfItsOwn()
    {
        const Result<QString> copy = m_workspace->duplicate(m_first);
        QVERIFY(copy);
        QVERIFY(*copy != m_first);
        QCOMPARE(namesOf(m_workspace->connections()), (QStringList{u"First"_s, u"Second"_s, u"First 2"_s}));
        Connection expected = *m_workspace->find(m_first);
        expected.name = u"First 2"_s;
        expected.id = *copy;
        QVERIFY(*m_workspace->find(*copy) == expected);
        QVERIFY(stored().back() == expected);
    }

    void movesAreStored()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        const QSignalSpy changed(m_workspace.get(), &Workspace::connectionsChanged);
        const QString sandbox = m_workspace->connections().front().name;
        QVERIFY(m_workspace->moveDown(m_first));
        QCOMPARE(namesOf(m_workspace->connections()), (QStringList{sandbox, u"Second"_s, u"First"_s}));
        QCOMPARE(namesOf(stored()), (QStringList{u"Second"_s, u"First"_s}));
        QVERIFY(m_workspace->moveUp(m_first));
        QCOMPARE(namesOf(stored()), (QStringList{u"First"_s, u"Second"_s}));
        QCOMPARE(changed.size(), 2);
        QVERIFY(m_workspace->moveUp(m_first)); // the Sandbox stays the first
        QVERIFY(m_workspace->moveDown(m_second));
        QCOMPARE(namesOf(m_workspace->connections()), (QStringList{sandbox, u"First"_s, u"Second"_s}));
        QCOMPARE(changed.size(), 2);
    }

    void whatIsExportedCanBeImported()
    {
        const Result<QByteArray> text = m_workspace->exported(m_first);
        QVERIFY(text);
        QVERIFY(!text->contains(m_first.toUtf8()));
        const auto fromText = m_workspace->importedText(*text);
        QVERIFY(fromText);
        QCOMPARE(namesOf(*fromText), QStringList{u"First 2"_s});
        QCOMPARE(fromText->front().id, QString());

        QFile file(m_folder->filePath(u"export.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(*text) == text->size());
        file.close();
        const auto fromFile = QCoro::waitFor(m_workspace->imported(file.fileName()));
        QVERIFY(fromFile);
        QVERIFY(*fromFile == *fromText);
        QCOMPARE(stored().size(), std::size_t{2}); // not added yet
        QVERIFY(m_workspace->add(fromFile->front()));
        QCOMPARE(codeOf(QCoro::waitFor(m_workspace->imported(m_folder->filePath(u"gone"_s)))),
                 u"connection.file-unreadable"_s);
    }
};

QTEST_GUILESS_MAIN(ConnectionListTest)
#include "connection-list-test.moc"
