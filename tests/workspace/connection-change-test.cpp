// What a workspace does when stored connections are edited, moved, copied, removed, imported and exported.
#include "core/json.h"
#include "sandbox/sandbox-server.h"
#include "workspace/persona-browser.h"
#include "workspace/watched.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Connection;
using test::Watched;
using workspace::ConnectionChange;
using workspace::ConnectionStore;
using workspace::Desk;
using workspace::Setting;
using workspace::Workspace;

namespace {

template <class T> QString codeOf(const Result<T> &result) { return result ? u"ok"_s : result.error().code.toString(); }

QStringList namesOf(const std::vector<Connection> &connections)
{
    QStringList names;
    for (const Connection &connection : connections)
        names += connection.name;
    return names;
}

QStringList signedOutBy(const Result<ConnectionChange> &change)
{
    QStringList names;
    for (const workspace::SignedOutAccount &one : change ? change->signedOut : ConnectionChange().signedOut)
        names += one.isGone() ? one.account.name : u"not gone: "_s + one.account.name;
    return names;
}

} // namespace

class ConnectionChangeTest : public QObject
{
    Q_OBJECT

private:
    using Edit = std::function<void(Connection &)>;

    Result<ConnectionChange> edit(const QString &id, const Edit &change)
    {
        Connection connection = *m_workspace->find(id);
        change(connection);
        return QCoro::waitFor(m_workspace->update(connection));
    }
    Result<ConnectionChange> remove(const QString &id) { return QCoro::waitFor(m_workspace->remove(id)); }
    bool signIn(const QString &persona = u"riley"_s)
    {
        m_browser = workspace::personaBrowser({persona}, {});
        return QCoro::waitFor(m_workspace->desk()->signIn({})).has_value();
    }
    void makeWorkspace(const QString &lastUsed = {})
    {
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) { return m_browser(url); };
        m_workspace = std::make_unique<Workspace>(surroundings, ConnectionStore(m_folder->path()), lastUsed);
    }
    std::vector<Connection> stored() const { return ConnectionStore(m_folder->path()).load().connections; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_server;
    Connection m_sample;
    identity::OpenUrl m_browser;
    std::unique_ptr<Workspace> m_workspace;
    QString m_first;
    QString m_second;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(u"bookdesk-test"_s);
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_server = *server;
        const auto connection = identity::readConnection(toCompactJson(m_server->connectionFile()));
        QVERIFY(connection);
        m_sample = *connection;
    }
    void cleanupTestCase()
    {
        QSettings().clear();
        m_server.reset();
    }

    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_browser = [](const QUrl &) -> Result<void> { return {}; };
        ConnectionStore store(m_folder->path());
        m_sample.name = u"First"_s;
        m_first = store.add(m_sample)->id;
        m_sample.name = u"Second"_s;
        m_second = store.add(m_sample)->id;
        makeWorkspace();
        QCOMPARE(m_workspace->currentId(), m_first);
    }
    void cleanup() { m_workspace.reset(); }

    void aNewNameKeepsThePerson()
    {
        QVERIFY(signIn());
        Desk *const desk = m_workspace->desk();
        const QSignalSpy changed(m_workspace.get(), &Workspace::connectionsChanged);
        const QSignalSpy edited(m_workspace.get(), &Workspace::connectionEdited);
        const QSignalSpy accounts(m_workspace.get(), &Workspace::accountsChanged);
        const QSignalSpy desks(m_workspace.get(), &Workspace::deskChanged);
        const auto change = edit(m_first, [](Connection &connection) { connection.name = u"Renamed"_s; });
        QCOMPARE(codeOf(change), u"ok"_s);
        QVERIFY(*change == ConnectionChange());
        QCOMPARE(m_workspace->desk(), desk);
        QVERIFY(desk->session().current());
        QCOMPARE(desk->connection().name, u"Renamed"_s);
        QCOMPARE(desk->registrations().connection, u"Renamed"_s);
        QCOMPARE(namesOf(m_workspace->connections()), (QStringList{u"Renamed"_s, u"Second"_s}));
        QCOMPARE(namesOf(stored()), (QStringList{u"Renamed"_s, u"Second"_s}));
        QCOMPARE(stored().front().id, m_first);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited.front().front().toString(), m_first);
        QVERIFY(!accounts.isEmpty()); // who shows them with the connection's name
        QCOMPARE(desks.size(), 0);
    }

    void aNewNameLetsASignInGoOn()
    {
        const Watched signedIn(m_workspace->desk()->signIn({}));
        QVERIFY(edit(m_first, [](Connection &connection) { connection.name = u"Renamed"_s; }));
        QVERIFY(!signedIn.hasCome());
        QVERIFY(m_workspace->desk()->attempt());
    }

    void howTheBrowserReturnsKeepsThePerson()
    {
        QVERIFY(signIn());
        m_workspace->useAnotherAccount();
        m_browser = [](const QUrl &) -> Result<void> { return {}; };
        const Watched signedIn(m_workspace->desk()->signIn({}));
        const auto change =
            edit(m_first, [](Connection &connection) { connection.responseMode = identity::ResponseMode::query; });
        QCOMPARE(codeOf(change), u"ok"_s);
        QVERIFY(signedIn.hasCome());
        QCOMPARE(codeOf(signedIn.result()), u"sign-in.cancelled"_s);
        QTRY_VERIFY(m_workspace->desk()->session().current());
        QVERIFY(QCoro::waitFor(m_workspace->desk()->books().list()).outcome.isOk());
        m_workspace->useAnotherAccount();
        QVERIFY(signIn(u"ada"_s)); // with the new one
        QCOMPARE(m_workspace->desk()->trust().connection().responseMode, identity::ResponseMode::query);
    }

    void whatDecidesOverTokensSignsOut_data()
    {
        QTest::addColumn<Edit>("change");
        const auto row = [](const char *name, const Edit &change) { QTest::newRow(name) << change; };
        row("authority", [](Connection &connection) {
            connection.authority = QUrl(u"https://login.microsoftonline.com/0f0e0d0c-1111-2222-3333-444455556666"_s);
            connection.redirect = connection.provider.redirectOf(connection.authority);
        });
        row("client ID", [](Connection &connection) { connection.clientId = u"another"_s; });
        row("audience", [](Connection &connection) { connection.audience = u"another"_s; });
        row("scopes", [](Connection &connection) { connection.scopes.front() += u"x"_s; });
        row("API", [](Connection &connection) { connection.apiBaseUrl = QUrl(u"https://books.example.org"_s); });
    }

    void whatDecidesOverTokensSignsOut()
    {
        QFETCH(const Edit, change);
        QVERIFY(signIn());
        Desk *const before = m_workspace->desk();
        const QSignalSpy changed(m_workspace.get(), &Workspace::connectionsChanged);
        const QSignalSpy edited(m_workspace.get(), &Workspace::connectionEdited);
        const QSignalSpy desks(m_workspace.get(), &Workspace::deskChanged);
        const QSignalSpy shown(m_workspace.get(), &Workspace::shownDeskChanged);
        const auto changes = edit(m_first, change);
        QCOMPARE(codeOf(changes), u"ok"_s);
        QCOMPARE(signedOutBy(changes), QStringList{u"Riley Reader"_s});
        QVERIFY(!before->session().current());
        QVERIFY(m_workspace->desk() != before);
        QVERIFY(m_workspace->desk()->isVacant());
        QCOMPARE(m_workspace->currentId(), m_first);
        Connection expected = m_sample;
        expected.name = u"First"_s;
        expected.id = m_first;
        change(expected);
        QVERIFY(m_workspace->desk()->connection() == expected);
        QVERIFY(stored().front() == expected);
        const std::vector<Desk *> all = m_workspace->desks().opened();
        QCOMPARE(std::ranges::count(all, before), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(desks.size(), 1);
        QCOMPARE(shown.size(), 1);
    }

    void aChangeEndsTheSignInUnderWay()
    {
        const Watched signedIn(m_workspace->desk()->signIn({}));
        QVERIFY(edit(m_first, [](Connection &connection) { connection.clientId = u"another"_s; }));
        QVERIFY(signedIn.hasCome());
        QCOMPARE(codeOf(signedIn.result()), u"sign-in.cancelled"_s);
        QVERIFY(!m_workspace->desk()->isSigningIn());
    }

    void aChangeElsewhereDisturbsNobody()
    {
        QVERIFY(signIn());
        Desk *const desk = m_workspace->desk();
        const QSignalSpy desks(m_workspace.get(), &Workspace::deskChanged);
        QVERIFY(edit(m_second, [](Connection &connection) { connection.clientId = u"another"_s; }));
        QVERIFY(remove(m_second));
        QCOMPARE(m_workspace->desk(), desk);
        QVERIFY(desk->session().current());
        QCOMPARE(desks.size(), 0);
    }

    void removingTheOneInUseShowsAnother()
    {
        workspace::OwnRules rules(m_folder->path());
        QVERIFY(rules.save(m_first, {{"GET", u"/health"_s, {}, {}}}));
        QVERIFY(rules.save(m_second, {{"GET", u"/health"_s, {}, {}}}));
        m_workspace->settings().setText(Setting::lastConnection, m_first);
        QVERIFY(signIn());
        Desk *const before = m_workspace->desk();
        const QSignalSpy removed(m_workspace.get(), &Workspace::connectionRemoved);
        const QSignalSpy desks(m_workspace.get(), &Workspace::deskChanged);
        const auto change = remove(m_first);
        QCOMPARE(codeOf(change), u"ok"_s);
        QCOMPARE(signedOutBy(change), QStringList{u"Riley Reader"_s});
        QVERIFY2(change->problems.empty(),
                 qPrintable(change->problems.empty() ? QString() : advised(change->problems.front())));
        QVERIFY(!before->session().current());
        QCOMPARE(m_workspace->currentId(), m_second);
        QCOMPARE(namesOf(m_workspace->connections()), QStringList{u"Second"_s});
        QCOMPARE(namesOf(stored()), QStringList{u"Second"_s});
        QVERIFY(rules.of(m_first).empty());
        QCOMPARE(rules.of(m_second).size(), std::size_t{1});
        QCOMPARE(m_workspace->settings().text(Setting::lastConnection), QString());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.front().front().toString(), m_first);
        QCOMPARE(desks.size(), 1);
    }

    void removingTheOneInUseShowsWhoIsSignedIn()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        m_workspace->use(m_second);
        QVERIFY(signIn());
        m_workspace->use(m_first);
        QVERIFY(remove(m_first));
        QCOMPARE(m_workspace->currentId(), m_second);
        QVERIFY(m_workspace->desk()->session().current());
    }

    void removingTheLastOneLeavesNone()
    {
        QVERIFY(remove(m_second));
        const QSignalSpy desks(m_workspace.get(), &Workspace::deskChanged);
        const QSignalSpy shown(m_workspace.get(), &Workspace::shownDeskChanged);
        QVERIFY(remove(m_first));
        QVERIFY(!m_workspace->desk());
        QVERIFY(!m_workspace->shownDesk());
        QCOMPARE(desks.size(), 1);
        QCOMPARE(shown.size(), 1);
        QVERIFY(m_workspace->connections().empty());
        QVERIFY(m_workspace->add(m_sample));
        QVERIFY(m_workspace->desk());
    }

    void removingSignsOutEverybodyThere()
    {
        QVERIFY(signIn());
        m_workspace->useAnotherAccount();
        QVERIFY(signIn(u"ada"_s));
        const auto asked = QCoro::waitFor(m_workspace->accountsOf(m_first));
        QVERIFY(asked);
        QCOMPARE(asked->size(), std::size_t{2});
        QCOMPARE(asked->front().name, u"Riley Reader"_s);
        const auto change = remove(m_first);
        QCOMPARE(signedOutBy(change), (QStringList{u"Riley Reader"_s, u"Ada Admin"_s}));
    }

    void removingEndsUseAnotherAccount()
    {
        QVERIFY(signIn());
        m_workspace->useAnotherAccount();
        m_browser = [](const QUrl &) -> Result<void> { return {}; };
        const Watched signedIn(m_workspace->desk()->signIn({}));
        QVERIFY(remove(m_first));
        QVERIFY(signedIn.hasCome());
        QCoreApplication::processEvents();
        QCOMPARE(m_workspace->currentId(), m_second);
        QCOMPARE(m_workspace->shownDesk(), m_workspace->desk());
    }

    void theWorkspaceMayGoMeanwhile()
    {
        QVERIFY(signIn());
        connect(m_workspace.get(), &Workspace::connectionsChanged, this, [this] { m_workspace.reset(); });
        const Watched removed(m_workspace->remove(m_first));
        QTRY_VERIFY(removed.hasCome());
        QVERIFY(!m_workspace);
        QCOMPARE(namesOf(stored()), QStringList{u"Second"_s});
    }

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

QTEST_GUILESS_MAIN(ConnectionChangeTest)
#include "connection-change-test.moc"
