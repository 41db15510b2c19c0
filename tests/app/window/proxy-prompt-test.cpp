// A proxy on loopback that wants a log-in: the person is asked once, on every page, and never over another dialog.
#include "app/api-desk.h"
#include "app/page-fixture.h"
#include "identity/sample-connection.h"
#include "net/fake-proxy.h"
#include "net/test-authority.h"
#include "pages/books/books-page.h"
#include "pages/books/books-table.h"
#include "pages/settings/settings-page.h"
#include "pages/signin/error-card.h"
#include "pages/signin/sign-in-page.h"
#include "window/main-window.h"
#include "window/proxy-login-dialog.h"
#include "workspace/workspace.h"

#include <QLineEdit>
#include <QMessageBox>

#include <memory>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using workspace::Setting;

namespace {

const QByteArray connected = "HTTP/1.1 200 Connection established\r\n\r\n"_ba;
const QByteArray loginWanted =
    test::httpAnswer("407 Proxy Authentication Required", {{"Proxy-Authenticate"_ba, "Basic realm=\"corp\""_ba}});

/// Nothing of it is ever asked, because the proxy does not connect.
const QString tenant = u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;

bool isLoggedIn(const test::SeenRequest &request)
{
    return net::headerValue(request.headers, "Proxy-Authorization") == "Basic "_ba + "ann:right"_ba.toBase64();
}

} // namespace

class ProxyPromptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_tenant = std::make_unique<test::ApiDesk>();
        workspace::Surroundings surroundings = test::quickSurroundings();
        surroundings.open = workspace::personaBrowser({u"ada"_s, false}, {});
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace =
            std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(m_folder->path()));
        m_workspace->settings().setText(Setting::proxyHost, u"127.0.0.1"_s);
        m_workspace->settings().setNumber(Setting::proxyPort, m_proxy.port());
        m_workspace->settings().setText(Setting::proxySource, u"manual"_s);
        m_window = std::make_unique<window::MainWindow>(window::WindowParts{*m_workspace, surroundings.open});
        m_window->show();
    }

    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
        m_tenant.reset();
    }

    void theBooksWaitForTheLogIn()
    {
        QVERIFY(useProxiedBooks());
        m_window->signIn();
        QTRY_VERIFY(dialog());
        QCOMPARE(test::namelessControls(*dialog()), QStringList());
        QVERIFY(!test::buttonNamed(*dialog(), u"logInToProxy"_s)->isEnabled());
        QCOMPARE(books().table().total(), 0);
        logIn(u"wrong"_s);
        QTRY_VERIFY(dialog() && test::containsPart(test::labelTexts(*dialog()), u"has not accepted"_s));
        logIn(u"right"_s);
        QTRY_COMPARE(books().table().total(), 2);
        books().reload();
        QTRY_COMPARE(m_api.requests().size(), std::size_t{2});
        QVERIFY(!dialog());
    }

    void aSignInEndsWhenThePersonCancels()
    {
        use(identity::sampleConnection(tenant));
        m_window->signIn();
        QTRY_VERIFY(dialog());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        const pages::ErrorCard &card = m_window->signInPage().errorCard();
        QTRY_VERIFY(card.isVisible());
        QCOMPARE(card.error()->code.toString(), u"net.proxy-refused"_s);
        QVERIFY(card.error()->remedy.contains(u"Check for problems"_s));
        QVERIFY(!dialog());
    }

    void otherDialogsComeFirst()
    {
        use(identity::sampleConnection(tenant));
        QMessageBox other(m_window.get());
        other.open();
        m_window->signIn();
        QTRY_VERIFY(m_workspace->proxyLogins().question());
        QVERIFY(!dialog());
        other.close();
        QTRY_VERIFY(dialog());
        m_workspace->proxyLogins().decline();
        QTRY_VERIFY(!dialog());
    }

    void theCheckForProblemsOffersIt()
    {
        QVERIFY(useProxiedBooks());
        m_window->showPage(u"settings"_s);
        auto &page = m_window->page<pages::SettingsPage>();
        QPushButton *check = test::buttonNamed(page, u"checkForProblems"_s);
        check->click();
        QTRY_COMPARE_WITH_TIMEOUT(check->text(), u"Check again"_s, 20'000);
        QVERIFY(!dialog());
        QPushButton *offer = test::buttonNamed(page, u"askForProxyLogin"_s);
        QVERIFY(offer->isVisible());
        offer->click();
        QVERIFY(dialog());
        logIn(u"right"_s);
        QTRY_COMPARE(check->text(), u"Cancel"_s);
        QTRY_COMPARE_WITH_TIMEOUT(check->text(), u"Check again"_s, 20'000);
        QVERIFY(!offer->isVisible());
        QVERIFY(test::containsPart(test::labelTexts(page), u"connects to books.example.org"_s));
    }

private:
    void use(identity::Connection connection)
    {
        connection.isSandbox = false;
        const Result<QString> id = m_workspace->add(std::move(connection));
        QVERIFY(id.has_value());
        m_workspace->use(*id);
    }

    /// Signs in directly, and gets the books through the proxy.
    bool useProxiedBooks()
    {
        identity::Connection connection = m_tenant->desk->connection();
        connection.name = u"Contoso"_s;
        connection.apiBaseUrl = QUrl(u"https://books.example.org"_s);
        connection.authorities = {m_authority.sslCertificate()};
        use(connection);
        return m_workspace->desk();
    }

    pages::BooksPage &books() const { return m_window->page<pages::BooksPage>(); }
    window::ProxyLoginDialog *dialog() const
    {
        const auto dialogs = m_window->findChildren<window::ProxyLoginDialog *>();
        for (window::ProxyLoginDialog *dialog : dialogs)
            if (dialog->isVisible())
                return dialog;
        return nullptr;
    }

    void logIn(const QString &password) const
    {
        QWidget *shown = dialog();
        shown->findChild<QLineEdit *>(u"proxyUser"_s)->setText(u"ann"_s);
        shown->findChild<QLineEdit *>(u"proxyPassword"_s)->setText(password);
        QTest::mouseClick(test::buttonNamed(*shown, u"logInToProxy"_s), Qt::LeftButton);
    }

    test::TestAuthority m_authority{"Our CA"};
    test::FakeServer m_api{[](const test::SeenRequest &) { return test::listOfBooks(); },
                           m_authority.serverTls({"DNS:books.example.org"})};
    test::FakeProxy m_proxy{
        [](const test::SeenRequest &request) { return isLoggedIn(request) ? connected : loginWanted; }, m_api.port()};
    std::unique_ptr<test::ApiDesk> m_tenant;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<window::MainWindow> m_window;
};

BOOKDESK_PAGE_TEST_MAIN(ProxyPromptTest)
#include "proxy-prompt-test.moc"
