#include "net/errors.h"
#include "workspace/errors.h"
#include "workspace/persona-browser.h"
#include "workspace/watched.h"
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::Watched;
using workspace::ConnectionStore;
using workspace::Desk;
using workspace::Surroundings;
using workspace::Workspace;

namespace {

template <class T> QString codeOf(const Result<T> &result) { return result ? u"ok"_s : result.error().code.toString(); }

} // namespace

class WorkspaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_other.reset(); }
    void init();

    void beginsWithTheSandbox();
    void beginsWithWhatIsStored();
    void leavesABusyDeskInUse();
    void reportsWhyTheSandboxDoesNotStart();
    void mayEndWhileTheSandboxStarts();
    void addsConnections();
    void switchesDesks();
    void switchesDesksWhileSigningIn();
    void switchesDesksWhileACodeWaits();
    void aWaiterMaySwitchDesksToo();
    void keepsThePersonOfTheOtherConnection();
    void beginsWithTheConnectionUsedLast();
    void leavesAChosenConnectionInUse();
    void marksTheSandboxsConnectionAlone();
    void offersTheSandboxBeforeItRuns();
    void usesNothingInsteadOfTheSandbox();
    void walksTheSandboxsPagesOnly();

private:
    ConnectionStore store() const { return ConnectionStore(m_folder->path()); }
    std::unique_ptr<Workspace> newWorkspace(const QString &lastUsed = {})
    {
        Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) { return m_browser(url); };
        return std::make_unique<Workspace>(surroundings, store(), lastUsed);
    }
    static Result<void> startSandbox(Workspace &workspace) { return QCoro::waitFor(workspace.startSandbox({})); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_other; ///< Another server, for a stored connection to lead to.
    identity::Connection m_elsewhere;
    identity::OpenUrl m_browser;
};

void WorkspaceTest::initTestCase()
{
    const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
    QVERIFY(server.has_value());
    m_other = *server;
    const auto connection = identity::readConnection(toCompactJson(m_other->connectionFile()));
    QVERIFY(connection.has_value());
    m_elsewhere = *connection;
    m_elsewhere.name = u"Elsewhere"_s;
}

void WorkspaceTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_browser = [](const QUrl &) -> Result<void> { return {}; };
}

void WorkspaceTest::beginsWithTheSandbox()
{
    const auto workspace = newWorkspace();
    QSignalSpy connectionsChanged(workspace.get(), &Workspace::connectionsChanged);
    QSignalSpy deskChanged(workspace.get(), &Workspace::deskChanged);
    QVERIFY(!workspace->desk());
    QVERIFY(!workspace->sandbox());
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QVERIFY(workspace->sandbox());
    QCOMPARE(workspace->connections().size(), std::size_t{1});
    QCOMPARE(workspace->currentId(), workspace->connections().at(0).id);
    QVERIFY(workspace->desk());
    QCOMPARE(workspace->desk()->connection().apiBaseUrl, workspace->sandbox()->baseUrl());
    QCOMPARE(connectionsChanged.size(), 1);
    QCOMPARE(deskChanged.size(), 1);

    m_browser = workspace::personaBrowser({u"riley"_s}, workspace->sandbox()->certificateAuthority());
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);
    QVERIFY(QCoro::waitFor(workspace->desk()->books().list()).outcome.isOk());
}

void WorkspaceTest::beginsWithWhatIsStored()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QVERIFY(workspace->problems().empty());
    QVERIFY(workspace->desk());
    QCOMPARE(workspace->desk()->connection().name, m_elsewhere.name);

    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QCOMPARE(workspace->connections().size(), std::size_t{2});
    QCOMPARE(workspace->connections().back().name, m_elsewhere.name);
    QCOMPARE(workspace->currentId(), workspace->connections().at(0).id);
    QCOMPARE(workspace->desk()->connection().name, workspace->connections().front().name);
}

void WorkspaceTest::leavesABusyDeskInUse()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    Desk *const desk = workspace->desk();
    const Watched signedIn(desk->signIn({}));
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QCOMPARE(workspace->desk(), desk);
    QCOMPARE(workspace->currentId(), workspace->connections().at(1).id);
    QVERIFY(!signedIn.hasCome());
}

void WorkspaceTest::reportsWhyTheSandboxDoesNotStart()
{
    const auto workspace = newWorkspace();
    sandbox::SandboxOptions options;
    options.port = static_cast<quint16>(m_other->baseUrl().port());
    const Result<void> started = QCoro::waitFor(workspace->startSandbox(options));
    QCOMPARE(codeOf(started), u"sandbox.port-taken"_s);
    QVERIFY(!workspace->sandbox());
    QVERIFY(!workspace->desk());

    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QVERIFY(workspace->desk());
}

void WorkspaceTest::mayEndWhileTheSandboxStarts()
{
    auto workspace = newWorkspace();
    const Watched started(workspace->startSandbox({}));
    workspace.reset();
    QTRY_VERIFY(started.hasCome());
    QCOMPARE(codeOf(started.result()), u"stopped"_s);
}

void WorkspaceTest::addsConnections()
{
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QSignalSpy connectionsChanged(workspace.get(), &Workspace::connectionsChanged);
    Desk *const desk = workspace->desk();
    QCOMPARE(codeOf(workspace->add(m_elsewhere)), u"ok"_s);
    QCOMPARE(connectionsChanged.size(), 1);
    QCOMPARE(workspace->connections().back().name, m_elsewhere.name);
    QCOMPARE(workspace->desk(), desk);
    QCOMPARE(store().load().connections.size(), std::size_t{1});

    identity::Connection again = m_elsewhere;
    again.apiBaseUrl = QUrl(u"https://evil.example.org"_s);
    QCOMPARE(codeOf(workspace->add(again)), u"connection.name-taken"_s);
    again.name = workspace->connections().front().name;
    QCOMPARE(codeOf(workspace->add(again)), u"connection.name-taken"_s);
    QCOMPARE(workspace->connections().size(), std::size_t{2});
    QCOMPARE(connectionsChanged.size(), 1);
    identity::Connection stored = m_elsewhere;
    stored.id = workspace->connections().back().id;
    QVERIFY(store().load().connections.front() == stored);
}

void WorkspaceTest::switchesDesks()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    m_browser = workspace::personaBrowser({u"riley"_s}, {});
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);

    QSignalSpy deskChanged(workspace.get(), &Workspace::deskChanged);
    Desk *const desk = workspace->desk();
    workspace->use(workspace->connections().at(0).id);
    workspace->use(u"nobody's"_s);
    QCOMPARE(workspace->desk(), desk);
    QCOMPARE(deskChanged.size(), 0);

    workspace->use(workspace->connections().at(1).id);
    QCOMPARE(deskChanged.size(), 1);
    QCOMPARE(workspace->currentId(), workspace->connections().at(1).id);
    QVERIFY(!workspace->desk()->session().current());
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);
    QVERIFY(QCoro::waitFor(workspace->desk()->books().list()).outcome.isOk());
}

void WorkspaceTest::aWaiterMaySwitchDesksToo()
{
    identity::Connection third = m_elsewhere;
    third.name = u"Third"_s;
    QVERIFY(store().add(m_elsewhere).has_value());
    QVERIFY(store().add(third).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    m_browser = [](const QUrl &) { return Result<void>(); };
    QCoro::connect(workspace->desk()->signIn({}), this,
                   [&](const Result<void> &) { workspace->use(workspace->connections().at(2).id); });
    const QSignalSpy changes(workspace.get(), &Workspace::deskChanged);
    workspace->use(workspace->connections().at(1).id);
    QCOMPARE(workspace->desk()->connection().name, third.name);
    QCOMPARE(changes.size(), 1);
}

void WorkspaceTest::switchesDesksWhileACodeWaits()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    const Watched signedIn(workspace->desk()->signInByDeviceCode());
    QTRY_VERIFY(workspace->desk()->deviceCodeAttempt() && workspace->desk()->deviceCodeAttempt()->code());
    workspace->use(workspace->connections().at(1).id);
    QVERIFY(signedIn.hasCome());
    QCOMPARE(codeOf(signedIn.result()), u"sign-in.cancelled"_s);
}

void WorkspaceTest::switchesDesksWhileSigningIn()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    bool isOpened = false;
    m_browser = [&isOpened](const QUrl &) -> Result<void> {
        isOpened = true;
        return {};
    };
    QString code, nameWhenOver;
    QCoro::connect(workspace->desk()->signIn({}), this, [&](const Result<void> &result) {
        code = codeOf(result);
        nameWhenOver = workspace->desk()->connection().name;
    });
    QTRY_VERIFY(isOpened);
    workspace->use(workspace->connections().at(1).id);
    QCOMPARE(code, u"sign-in.cancelled"_s);
    QCOMPARE(nameWhenOver, m_elsewhere.name);

    m_browser = workspace::personaBrowser({u"ada"_s}, {});
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);
    QCOMPARE(workspace->desk()->session().current()->identity.name(), u"Ada Admin"_s);
}

void WorkspaceTest::keepsThePersonOfTheOtherConnection()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    m_browser = workspace::personaBrowser({u"riley"_s}, {});
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);
    Desk *const sandboxDesk = workspace->desk();

    workspace->use(workspace->connections().at(1).id);
    m_browser = workspace::personaBrowser({u"ada"_s}, {});
    QCOMPARE(codeOf(QCoro::waitFor(workspace->desk()->signIn({}))), u"ok"_s);

    workspace->use(workspace->connections().at(0).id);
    QCOMPARE(workspace->desk(), sandboxDesk);
    QCOMPARE(workspace->desk()->session().current()->identity.name(), u"Riley Reader"_s);
    QVERIFY(QCoro::waitFor(workspace->desk()->books().list()).outcome.isOk());
    workspace->use(workspace->connections().at(1).id);
    QCOMPARE(workspace->desk()->session().current()->identity.name(), u"Ada Admin"_s);
}

void WorkspaceTest::beginsWithTheConnectionUsedLast()
{
    identity::Connection other = m_elsewhere;
    other.name = u"Last"_s;
    QVERIFY(store().add(m_elsewhere).has_value());
    const Result<identity::Connection> last = store().add(other);
    QVERIFY(last.has_value());
    const auto workspace = newWorkspace(last->id);
    QCOMPARE(workspace->currentId(), last->id);
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QCOMPARE(workspace->currentId(), last->id);
    QCOMPARE(workspace->desk()->connection().name, u"Last"_s);
}

void WorkspaceTest::leavesAChosenConnectionInUse()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    workspace->use(workspace->connections().front().id);
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QCOMPARE(workspace->desk()->connection().name, m_elsewhere.name);
}

void WorkspaceTest::marksTheSandboxsConnectionAlone()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QVERIFY(!workspace->desk()->connection().isSandbox);
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QVERIFY(workspace->desk()->connection().isSandbox);
    QVERIFY(!workspace->connections().at(1).isSandbox);
}

void WorkspaceTest::offersTheSandboxBeforeItRuns()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace();
    QCOMPARE(workspace->connections().size(), std::size_t{1});
    QCOMPARE(workspace->choices().size(), std::size_t{2});
    QCOMPARE(workspace->choices().front().id, Workspace::sandboxId());
    const QString name = workspace->choices().front().name;
    workspace->use(Workspace::sandboxId());
    QCOMPARE(workspace->desk()->connection().name, m_elsewhere.name);
    QCOMPARE(codeOf(startSandbox(*workspace)), u"ok"_s);
    QVERIFY(workspace->choices() == workspace->connections());
    QCOMPARE(workspace->choices().front().name, name);
}

void WorkspaceTest::usesNothingInsteadOfTheSandbox()
{
    QVERIFY(store().add(m_elsewhere).has_value());
    const auto workspace = newWorkspace(Workspace::sandboxId());
    QVERIFY(!workspace->desk());
}

void WorkspaceTest::walksTheSandboxsPagesOnly()
{
    const identity::OpenUrl open = workspace::personaBrowser({u"riley"_s}, {});
    QString code;
    open(QUrl(u"https://login.microsoftonline.com/x"_s)).failure().whenSet([&code](const std::optional<Error> &error) {
        code = error ? error->code.toString() : QString();
    });
    QCOMPARE(code, net::errors::urlRefused.toString());
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace-test.moc"
