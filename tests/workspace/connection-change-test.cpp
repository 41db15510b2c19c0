// What becomes of the people who are signed in when stored connections are edited and removed.
#include "net/test-authority.h"
#include "workspace/two-connections.h"
#include "workspace/watched.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::Connection;
using test::codeOf;
using test::namesOf;
using test::Watched;
using workspace::ConnectionChange;
using workspace::Desk;
using workspace::Setting;
using workspace::Workspace;

namespace {

QStringList signedOutBy(const Result<ConnectionChange> &change)
{
    QStringList names;
    for (const workspace::SignedOutAccount &one : change ? change->signedOut : ConnectionChange().signedOut)
        names += one.isGone() ? one.account.name : u"not gone: "_s + one.account.name;
    return names;
}

} // namespace

class ConnectionChangeTest : public test::TwoConnections
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanupTestCase() { stopServer(); }
    void init() { makeBoth(); }
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
        const QList<QSslCertificate> authorities{test::TestAuthority("Contoso Root CA").sslCertificate()};
        row("CA", [authorities](Connection &connection) { connection.authorities = authorities; });
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
        m_workspace->settings().setText(Setting::lastAccount, m_workspace->desk()->account()->id());
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
        QCOMPARE(m_workspace->settings().text(Setting::lastAccount), QString());
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
};

QTEST_GUILESS_MAIN(ConnectionChangeTest)
#include "connection-change-test.moc"
