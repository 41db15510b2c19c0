// The window of the next run: signed in as before, without a browser; with what Settings says about it.
#include "app/page-fixture.h"
#include "core/isolation.h"
#include "identity/system-keychain.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/settings/settings-page.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "sandbox/sandbox-server.h"
#include "widgets/banner.h"
#include "window/kept-notices.h"
#include "window/main-window.h"
#include "workspace/persona-browser.h"
#include "workspace/workspace.h"

#include <QCheckBox>
#include <QTemporaryDir>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::TokenVault;
using workspace::Setting;

namespace {

/// One run of the program.
struct Run
{
    explicit Run(const QString &folder)
        : vault(std::make_shared<TokenVault>(std::make_unique<identity::SystemKeychain>(u"Bookdesk test"_s),
                                             TokenVault::Settings{folder + u"/vault.lock"_s}, Redactor()))
    {
        workspace::Surroundings surroundings;
        surroundings.open = [this](const QUrl &url) -> identity::Opening {
            ++browsers;
            browser = workspace::personaBrowser({persona}, {});
            return browser(url);
        };
        surroundings.vault = vault;
        workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(folder),
                                                           window::MainWindow::lastConnection());
    }
    void show()
    {
        window = std::make_unique<window::MainWindow>(
            window::WindowParts{*workspace, [](const QUrl &) { return identity::Opening(Result<void>()); }});
        window->show();
    }
    bool isSignedIn() const { return workspace->desk() && workspace->desk()->session().current(); }
    bool showsBooks() const { return window->page<pages::BooksPage>().isVisible() && table().total() > 0; }
    const pages::BooksTable &table() const { return *window->findChild<pages::BooksTable *>(); }
    QCheckBox &keep() const { return *window->findChild<QCheckBox *>(u"keepSignedIn"_s); }
    QString hint() const { return window->findChild<QLabel *>(u"keepHint"_s)->text(); }
    int kept() const
    {
        return static_cast<int>(QCoro::waitFor(vault->accounts()).value_or(std::vector<identity::Account>()).size());
    }

    QString persona = u"riley"_s;
    int browsers = 0;
    identity::OpenUrl browser; ///< Lives as long as its visits.
    std::shared_ptr<TokenVault> vault;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<window::MainWindow> window;
};

} // namespace

class KeptWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        const auto server = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(server);
        m_sandbox = *server;
        auto connection = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
        QVERIFY(connection);
        connection->name = u"Contoso books"_s;
        Run first(m_folder->path());
        QVERIFY(first.workspace->add(*connection));
        first.show();
        QTRY_VERIFY(first.vault->state() == TokenVault::State::ready);
        first.window->signIn();
        QTRY_VERIFY(first.showsBooks());
        QTRY_COMPARE(first.kept(), 1);
    }
    void cleanup()
    {
        Run last(m_folder->path());
        if (QCoro::waitFor(last.vault->check()))
            QVERIFY(QCoro::waitFor(last.vault->turnOff()));
        m_sandbox.reset();
    }

    void booksAreShownWithoutABrowser()
    {
        Run next(m_folder->path());
        next.show();
        QVERIFY(!next.isSignedIn());
        QTRY_VERIFY(next.showsBooks());
        QCOMPARE(next.browsers, 0);
    }

    void signedOutThereIsNobodyTheNextTime()
    {
        Run second(m_folder->path());
        second.show();
        QTRY_VERIFY(second.isSignedIn());
        second.window->signOut();
        QVERIFY(!second.isSignedIn());
        QTRY_COMPARE(second.kept(), 0);
        Run next(m_folder->path());
        next.show();
        QTRY_VERIFY(next.vault->state() == TokenVault::State::ready);
        QVERIFY(!next.workspace->desk()->isResuming());
        QVERIFY(!next.isSignedIn());
    }

    void turnedOffNothingIsKept()
    {
        Run second(m_folder->path());
        second.show();
        QTRY_VERIFY(second.isSignedIn());
        QVERIFY(second.keep().isChecked());
        second.keep().setChecked(false);
        QTRY_VERIFY(second.hint().contains(u"Stored sign-ins were removed"_s));
        QVERIFY(second.isSignedIn());
        QCOMPARE(second.kept(), 0);
        Run next(m_folder->path());
        next.show();
        QTRY_VERIFY(next.vault->state() == TokenVault::State::off);
        QVERIFY(!next.keep().isChecked());
        QVERIFY(!next.hint().contains(u"removed"_s));
        QVERIFY(!next.isSignedIn());
    }

    void aRefusedSignInIsSaid()
    {
        spoilKeptToken();
        Run next(m_folder->path());
        next.show();
        QTRY_VERIFY(next.window->notice().isVisible());
        QVERIFY2(next.window->notice().headline().endsWith(u"needs you to sign in again"_s),
                 qPrintable(next.window->notice().headline()));
        test::buttonWithText(next.window->notice(), u"Sign in"_s)->click();
        QTRY_VERIFY(next.isSignedIn());
        QCOMPARE(next.browsers, 1);
    }

    void itsAccountAloneCanSignInAgain()
    {
        spoilKeptToken();
        Run next(m_folder->path());
        next.persona = u"ada"_s;
        next.show();
        QTRY_VERIFY(next.window->notice().isVisible());
        test::buttonWithText(next.window->notice(), u"Sign in"_s)->click();
        const auto *refusal = next.window->findChild<pages::ErrorCard *>();
        QTRY_VERIFY(refusal->isVisible());
        QVERIFY(test::containsPart(test::labelTexts(*refusal), u"Riley Reader"_s));
        QVERIFY(test::containsPart(test::labelTexts(*refusal), u"the browser came back with"_s));
        QVERIFY(!next.isSignedIn());
        next.window->useAnotherAccount();
        QTRY_VERIFY(next.isSignedIn());
        QCOMPARE(next.workspace->desk()->session().current()->identity.name(), u"Ada Admin"_s);
    }

    void theNoticeGoesWithItsConnection()
    {
        spoilKeptToken();
        Run next(m_folder->path());
        auto other = identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
        other->name = u"Fabrikam books"_s;
        const auto id = next.workspace->add(*other);
        QVERIFY(id);
        next.show();
        QTRY_VERIFY(next.window->notice().isVisible());
        const identity::Account riley = *next.workspace->desk()->account();
        next.workspace->use(*id);
        QVERIFY(!next.window->notice().isVisible());
        Q_EMIT next.window->findChild<window::KeptNotices *>()->signInAsked(riley);
        QTRY_VERIFY(next.isSignedIn());
        QCOMPARE(next.workspace->desk()->connection().name, u"Contoso books"_s);
    }

    void whatIsNoRefusalCanBeTriedAgain()
    {
        m_sandbox->arm(sandbox::Fault::tokensAnswer429, sandbox::FaultSpan::untilCleared);
        Run next(m_folder->path());
        next.show();
        QTRY_VERIFY_WITH_TIMEOUT(next.window->notice().isVisible(), 20'000);
        QCOMPARE(withoutIsolates(next.window->notice().headline()), u"You could not be signed in to Contoso books"_s);
        QVERIFY(!test::buttonWithText(next.window->notice(), u"Sign in"_s));
        m_sandbox->clearFaults();
        test::buttonWithText(next.window->notice(), u"Try again"_s)->click();
        QVERIFY(!next.window->notice().isVisible());
        QTRY_VERIFY(next.isSignedIn());
        QCOMPARE(next.browsers, 0);
    }

    void withoutNetworkItIsTriedAgainLater()
    {
        sandbox::SandboxOptions options;
        options.port = m_sandbox->port();
        m_sandbox.reset();
        Run next(m_folder->path());
        next.show();
        QTRY_VERIFY(next.window->notice().isVisible());
        QVERIFY2(next.window->notice().headline().contains(u"cannot be reached"_s),
                 qPrintable(next.window->notice().headline()));
        QVERIFY(!test::buttonWithText(next.window->notice(), u"Sign in"_s));
        QCOMPARE(next.kept(), 1);
        const auto again = QCoro::waitFor(sandbox::SandboxServer::start(options));
        QVERIFY(again);
        m_sandbox = *again;
        // The Sandbox that is back knows nobody, so the kept sign-in is asked for and refused.
        Q_EMIT next.workspace->desk()->reachability().cameBack();
        QTRY_VERIFY2(next.window->notice().headline().endsWith(u"needs you to sign in again"_s),
                     qPrintable(next.window->notice().headline()));
    }

    /// The last one: there is no keyring afterwards.
    void aKeychainThatGoesAwayIsSaid()
    {
        Run second(m_folder->path());
        second.show();
        QTRY_VERIFY(second.isSignedIn());
        QCOMPARE(::kill(qEnvironmentVariableIntValue("BOOKDESK_KEYRING_PID"), SIGKILL), 0);
        QVERIFY(QCoro::waitFor(second.workspace->desk()->session().refresh()));
        QTRY_COMPARE(second.window->notice().headline(), u"Your sign-in can no longer be kept"_s);
        QVERIFY(second.isSignedIn());
        second.window->showPage(u"settings"_s);
        QVERIFY(!second.keep().isEnabled());
        QVERIFY(test::buttonWithText(second.window->page<pages::SettingsPage>(), u"Check again"_s)->isVisible());
    }

private:
    /// The stored refresh token is one that the Sandbox does not know.
    void spoilKeptToken()
    {
        Run run(m_folder->path());
        QVERIFY(QCoro::waitFor(run.vault->check()));
        const auto accounts = QCoro::waitFor(run.vault->accounts());
        QVERIFY(accounts && accounts->size() == 1);
        QVERIFY(QCoro::waitFor(run.vault->add(accounts->front(), {Secret("no-such-refresh-token"), {}})));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
};

BOOKDESK_PAGE_TEST_MAIN(KeptWindowTest)
#include "kept-window-test.moc"
