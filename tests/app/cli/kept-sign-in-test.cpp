// Commands that sign in with what is kept on this computer: with a real keyring, which the window shares.
#include "app/cli/cli-process.h"
#include "identity/connection.h"
#include "identity/system-keychain.h"
#include "workspace/connection-store.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"

#include <QCoroTask>
#include <QDir>
#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSettings>
#include <QTest>

#include <csignal>
#include <memory>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using identity::Account;
using identity::TokenVault;

namespace {

/// The window: the same vault and the same connection in another program.
struct Window
{
    explicit Window(const identity::Connection &connection)
        : vault(std::make_shared<TokenVault>(
              std::make_unique<identity::SystemKeychain>(u"Bookdesk"_s),
              TokenVault::Settings{QDir::cleanPath(settingsFolder() + u"/../vault.lock"_s)}, Redactor()))
    {
        if (!QCoro::waitFor(vault->check()))
            qFatal("The keyring cannot be used.");
        workspace::Surroundings surroundings;
        surroundings.vault = vault;
        surroundings.open = [this](const QUrl &url) -> identity::Opening {
            browser = workspace::personaBrowser({persona, false}, {});
            return browser(url);
        };
        desk = std::make_unique<workspace::Desk>(connection, surroundings);
    }

    std::vector<Account> accounts() const { return QCoro::waitFor(vault->accounts()).value_or(std::vector<Account>()); }
    bool signInAs(const QString &name)
    {
        persona = name;
        return QCoro::waitFor(desk->signIn({})) && QCoro::waitFor(desk->kept());
    }
    bool resume(const Account &account) const { return QCoro::waitFor(desk->resume(account)).has_value(); }
    /// Beside the others of the connection.
    bool store(const Account &account, const Secret &token) const
    {
        const auto lock = QCoro::waitFor(vault->lock({}));
        return lock && QCoro::waitFor(vault->store(*lock, account, {token, {}}));
    }

    QString persona;
    identity::OpenUrl browser;
    std::shared_ptr<TokenVault> vault;
    std::unique_ptr<workspace::Desk> desk;
};

QString browserOf(const QString &persona) { return u"\"" BOOKDESK_VISIT_AS "\" "_s + persona; }

const QString noBrowser = u"false"_s;
const QString name = u"Contoso books"_s;

Run signInAs(const QString &persona, const QStringList &options = {})
{
    return run(QStringList{u"sign-in"_s, u"--connection"_s, name, u"--browser"_s, browserOf(persona)} + options);
}

Run listBooks(const QStringList &options, const QString &browser = noBrowser)
{
    return run(QStringList{u"books"_s, u"list"_s, u"--browser"_s, browser} + options);
}

} // namespace

class KeptSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sandbox = std::make_unique<LocalSandbox>();
        Result<identity::Connection> connection =
            identity::readConnection(toCompactJson(m_sandbox->server().connectionFile()));
        QVERIFY(connection);
        connection->name = name;
        const Result<identity::Connection> added = workspace::ConnectionStore(settingsFolder()).add(*connection);
        QVERIFY(added);
        m_connection = *added;
    }
    void init()
    {
        setKeeping(true);
        QSettings(settingsFile(), QSettings::IniFormat).remove(u"accounts/last"_s);
    }
    void cleanup() { QVERIFY(QCoro::waitFor(Window(m_connection).vault->turnOff())); }

    void theNextCommandNeedsNoBrowser_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("the connection's name") << QStringList{u"--connection"_s, u"contoso Books"_s};
        QTest::newRow("a file with its content") << QStringList{u"--connection"_s, m_sandbox->connection()};
        QTest::newRow("the account alone") << QStringList{u"--account"_s, u"Riley Reader"_s};
        QTest::newRow("both") << QStringList{u"--connection"_s, name, u"--account"_s, u"riley reader"_s};
    }

    void theNextCommandNeedsNoBrowser()
    {
        QFETCH(const QStringList, options);
        const Run first = signInAs(u"riley"_s);
        QCOMPARE(first.status, 0);
        QVERIFY(!first.err.contains("kept on this computer"));
        const Run next = listBooks(options);
        QVERIFY2(next.status == 0, next.err.constData());
        QVERIFY2(next.err.startsWith("Signed in as Riley Reader (riley"), next.err.constData());
        QVERIFY2(next.err.endsWith("), kept on this computer.\n"), next.err.constData());
        QCOMPARE(listBooks(options).status, 0);
        QVERIFY(!m_sandbox->hasSecretIn(next));
    }

    void theOtherCommandsNeedNoneEither_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("sign-in") << QStringList{u"sign-in"_s};
        QTest::newRow("token show") << QStringList{u"token"_s, u"show"_s};
        QTest::newRow("lab run") << QStringList{u"lab"_s, u"run"_s};
        QTest::newRow("books delete") << QStringList{u"books"_s, u"delete"_s, u"bk-0005"_s};
    }

    void theOtherCommandsNeedNoneEither()
    {
        QFETCH(const QStringList, command);
        QCOMPARE(signInAs(u"ada"_s).status, 0);
        const Run next = run(command + QStringList{u"--connection"_s, name, u"--browser"_s, noBrowser});
        QVERIFY2(next.status == 0, (next.out + next.err).constData());
        QVERIFY(next.err.contains("Signed in as Ada Admin (ada"));
    }

    void aSignInByACodeIsKeptToo()
    {
        const auto process = start({u"sign-in"_s, u"--connection"_s, name, u"--device-code"_s});
        QByteArray notes;
        QTRY_VERIFY_WITH_TIMEOUT((notes += process->readAllStandardError()).contains("can be used for"), 30'000);
        const identity::OpenUrl browser =
            workspace::personaBrowser({u"riley"_s, false, wordAfter("Type this code there: ", notes)}, {});
        const identity::Opening opening = browser(QUrl(wordAfter("a device with a browser: ", notes)));
        QCOMPARE(finish(*process).status, 0);
        QCOMPARE(listBooks({u"--connection"_s, name}).status, 0);
    }

    void theWindowIsSignedInToo()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        const Window window(m_connection);
        QCOMPARE(window.accounts().size(), std::size_t{1});
        QVERIFY(window.resume(window.accounts().front()));
        QCOMPARE(listBooks({u"--connection"_s, name}).status, 0);
        QVERIFY(QCoro::waitFor(window.desk->session().refresh()));
        QCOMPARE(listBooks({u"--connection"_s, name}).status, 0);
    }

    void theWindowsSignInIsUsed()
    {
        Window window(m_connection);
        QVERIFY(window.signInAs(u"nora"_s));
        QVERIFY(run({u"sign-in"_s, u"--connection"_s, name, u"--browser"_s, noBrowser}).out.contains("Nora NoScope"));
    }

    void whatIsRefusedIsAskedForInTheBrowser()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        spoil();
        const Run next = listBooks({u"--connection"_s, name}, browserOf(u"riley"_s));
        QCOMPARE(next.status, 0);
        QVERIFY2(next.err.startsWith("The sign-in that is kept for Riley Reader (riley"), next.err.constData());
        QCOMPARE(listBooks({u"--connection"_s, name}).status, 0);
    }

    void nobodyElseIsSignedInInstead()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        spoil();
        const Run next = listBooks({u"--account"_s, u"riley reader"_s, u"--json"_s}, browserOf(u"ada"_s));
        QCOMPARE(next.status, 5);
        QCOMPARE(next.outcome(u"code"_s), u"sign-in.another-account"_s);
        QVERIFY(Window(m_connection).accounts().empty());
    }

    void anotherAccountIsChosenAnew()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        const Run ada = signInAs(u"ada"_s, {u"--another-account"_s});
        QCOMPARE(ada.status, 0);
        QVERIFY(ada.out.contains("Ada Admin"));
        QVERIFY(listBooks({u"--account"_s, u"Ada Admin"_s}).err.startsWith("Signed in as Ada Admin"));
    }

    void oneOfSeveralHasToBeNamed()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        const Window window(m_connection);
        Account ada = window.accounts().front();
        ada.subject += u'x';
        ada.name = u"Ada Admin"_s;
        ada.userName = u"ada@a.test"_s;
        QVERIFY(window.store(ada, Secret("a-stored-refresh-token-0123456789")));
        const Run unnamed = listBooks({u"--connection"_s, name});
        QCOMPARE(unnamed.status, 2);
        QVERIFY2(unnamed.err.contains("Riley Reader (") && unnamed.err.contains("Ada Admin (ada@a.test)"),
                 unnamed.err.constData());
        QVERIFY(unnamed.err.contains("--account"));
        QVERIFY(listBooks({u"--account"_s, u"Riley Reader"_s}).err.startsWith("Signed in as Riley Reader"));
    }

    void theOneWhomTheWindowShowedLastNeedNotBeNamed()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        const Window window(m_connection);
        const Account riley = window.accounts().front();
        Account ada = riley;
        ada.subject += u'x';
        ada.name = u"Ada Admin"_s;
        QVERIFY(window.store(ada, Secret("a-stored-refresh-token-0123456789")));
        QCOMPARE(listBooks({u"--connection"_s, name}).status, 2);
        QSettings(settingsFile(), QSettings::IniFormat).setValue(u"accounts/last"_s, riley.id());
        const Run unnamed = listBooks({u"--connection"_s, name});
        QVERIFY2(unnamed.err.startsWith("Signed in as Riley Reader"), unnamed.err.constData());
        QCOMPARE(unnamed.status, 0);
    }

    void whoeverIsNotKeptIsNotLookedForInTheBrowser_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isKeeping");
        QTest::newRow("nobody of that name") << QStringList{u"--account"_s, u"nobody"_s} << true;
        QTest::newRow("not on this connection")
            << QStringList{u"--account"_s, u"nobody"_s, u"--connection"_s, name} << true;
        QTest::newRow("in the Sandbox") << QStringList{u"--account"_s, u"Riley Reader"_s, u"--connection"_s,
                                                       u"sandbox"_s}
                                        << true;
        QTest::newRow("where nothing is to be kept") << QStringList{u"--account"_s, u"Riley Reader"_s} << false;
    }

    void whoeverIsNotKeptIsNotLookedForInTheBrowser()
    {
        QFETCH(const QStringList, options);
        QFETCH(const bool, isKeeping);
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        setKeeping(isKeeping);
        QCOMPARE(listBooks(options, browserOf(u"riley"_s)).status, 2);
    }

    void nothingIsKept_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isKeeping");
        const QStringList stored{u"--connection"_s, name, u"--browser"_s, browserOf(u"riley"_s)};
        const QStringList file{u"--connection"_s, fileWithOneScope(), u"--browser"_s, browserOf(u"riley"_s)};
        QTest::newRow("for a persona") << QStringList{u"--connection"_s, name, u"--persona"_s, u"riley"_s} << true;
        QTest::newRow("where the person does not want it") << stored << false;
        QTest::newRow("for a file with another content than the stored connection") << file << true;
    }

    void nothingIsKept()
    {
        QFETCH(const QStringList, options);
        QFETCH(const bool, isKeeping);
        setKeeping(isKeeping);
        const Run signedIn = run(QStringList{u"sign-in"_s} + options);
        QCOMPARE(signedIn.status, 0);
        QVERIFY(!signedIn.err.contains("kept"));
        QVERIFY(Window(m_connection).accounts().empty());
    }

    void anInterruptEndsTheWaitForTheVault()
    {
        QCOMPARE(signInAs(u"riley"_s).status, 0);
        const Window window(m_connection);
        const auto lock = QCoro::waitFor(window.vault->lock({}));
        QVERIFY(lock && *lock);
        const auto process = start({u"books"_s, u"list"_s, u"--connection"_s, name, u"--browser"_s, noBrowser});
        QTRY_VERIFY_WITH_TIMEOUT(handlesInterrupts(*process), 20'000);
        QElapsedTimer timer;
        timer.start();
        interrupt(*process);
        QCOMPARE(finish(*process).status, 5);
        QVERIFY(timer.elapsed() < 10'000);
        QCOMPARE(window.accounts().size(), std::size_t{1});
    }

    void anInterruptEndsTheWaitForTheKeyring_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<int>("status");
        QTest::newRow("books list") << QStringList{u"books"_s, u"list"_s, u"--connection"_s, name} << 5;
        QTest::newRow("with an account") << QStringList{u"sign-in"_s, u"--account"_s, u"Riley Reader"_s} << 5;
        QTest::newRow("accounts list") << QStringList{u"accounts"_s, u"list"_s} << 1;
        QTest::newRow("sign-out") << QStringList{u"sign-out"_s, u"--all"_s} << 1;
    }

    void anInterruptEndsTheWaitForTheKeyring()
    {
        QFETCH(const QStringList, command);
        QFETCH(const int, status);
        const pid_t keyring = qEnvironmentVariableIntValue("BOOKDESK_KEYRING_PID");
        QVERIFY(keyring > 0);
        QCOMPARE(::kill(keyring, SIGSTOP), 0);
        const auto goOn = qScopeGuard([keyring] { ::kill(keyring, SIGCONT); });
        const auto process = start(command);
        QTRY_VERIFY_WITH_TIMEOUT(handlesInterrupts(*process), 20'000);
        QElapsedTimer timer;
        timer.start();
        interrupt(*process);
        const Run ended = finish(*process);
        QCOMPARE(ended.status, status);
        QVERIFY2(ended.err.contains("Interrupted"), ended.err.constData());
        QVERIFY(timer.elapsed() < 10'000);
    }

private:
    static QString settingsFile() { return QDir::cleanPath(settingsFolder() + u"/../../bookdesk.ini"_s); }
    static void setKeeping(bool isKeeping)
    {
        QSettings settings(settingsFile(), QSettings::IniFormat);
        settings.setValue(u"sign-in/keep"_s, isKeeping ? 1 : 0);
    }
    static QString wordAfter(const QByteArray &label, const QByteArray &text)
    {
        const qsizetype begin = text.indexOf(label) + label.size();
        return QString::fromUtf8(text.sliced(begin, text.indexOf('\n', begin) - begin));
    }
    QString fileWithOneScope() const
    {
        const JsonObject file = m_sandbox->server().connectionFile();
        return m_sandbox->connectionWith({{u"scopes"_s, JsonArray{file.find(u"scopes")->asArray()->front()}}});
    }
    /// By the mask of the signals that it catches.
    static bool handlesInterrupts(const QProcess &process)
    {
        QFile file(u"/proc/%1/status"_s.arg(process.processId()));
        if (!file.open(QIODevice::ReadOnly))
            return false;
        const QByteArray status = file.readAll();
        const QByteArray mask = status.mid(status.indexOf("SigCgt:") + 7, 17).trimmed();
        return (mask.toULongLong(nullptr, 16) & (1U << (SIGINT - 1))) != 0;
    }
    /// Makes the stored token useless.
    void spoil() const
    {
        const Window window(m_connection);
        QVERIFY(window.store(window.accounts().front(), Secret("no-such-refresh-token")));
    }

    std::unique_ptr<LocalSandbox> m_sandbox;
    identity::Connection m_connection;
};

QTEST_GUILESS_MAIN(KeptSignInTest)
#include "kept-sign-in-test.moc"
