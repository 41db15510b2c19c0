// Signs in with a real headless Chromium through the Sandbox's page, in both response modes.
#include "browser/web-driver.h"
#include "identity/connection.h"
#include "identity/sign-in-bench.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QTest>

#include <optional>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using identity::ResponseMode;

Q_DECLARE_METATYPE(bookdesk::identity::ResponseMode)

namespace {

constexpr int patience = 60'000;

Result<void> personClicksTheLink(const QUrl &) { return {}; }

identity::Connection connectionTo(const sandbox::SandboxServer &sandbox, ResponseMode mode)
{
    Result<identity::Connection> connection = identity::readConnection(toCompactJson(sandbox.connectionFile()));
    if (!connection)
        qFatal("%s", qPrintable(connection.error().message));
    connection->responseMode = mode;
    return *connection;
}

} // namespace

class ChromiumTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto started = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY2(started, "the Sandbox must start");
        m_sandbox = *started;
    }

    void cleanupTestCase() { m_sandbox.reset(); }

    void rileySignsInThroughThePage_data()
    {
        QTest::addColumn<ResponseMode>("mode");
        QTest::newRow("the code comes back by form_post") << ResponseMode::formPost;
        QTest::newRow("the code comes back by query") << ResponseMode::query;
    }

    void rileySignsInThroughThePage()
    {
        QFETCH(ResponseMode, mode);
        workspace::Surroundings surroundings;
        surroundings.open = personClicksTheLink;
        workspace::Desk desk(connectionTo(*m_sandbox, mode), surroundings);
        test::WebDriver browser;
        QVERIFY2(browser.isReady(), qPrintable(browser.output()));

        std::optional<Result<void>> outcome;
        QCoro::connect(desk.signIn({}), this, [&outcome](const Result<void> &result) { outcome = result; });
        QTRY_VERIFY(desk.attempt() && desk.attempt()->hasLink());
        browser.open(desk.attempt()->newLink());
        QVERIFY2(browser.click(u"[value=riley]"_s), qPrintable(browser.output()));

        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), patience);
        QVERIFY2(outcome->has_value(), qPrintable(outcome->has_value() ? QString() : outcome->error().message));
        QVERIFY(desk.session().current().has_value());
        QCOMPARE(desk.session().current()->identity.name(), u"Riley Reader"_s);
        QTRY_VERIFY_WITH_TIMEOUT(browser.text().contains(u"You are signed in"_s), patience);
        QVERIFY2(!browser.url().toString().contains(u"code="_s), "the code must leave the address bar");
    }

    void decliningIsReportedInBothPlaces()
    {
        workspace::Surroundings surroundings;
        surroundings.open = personClicksTheLink;
        workspace::Desk desk(connectionTo(*m_sandbox, ResponseMode::formPost), surroundings);
        test::WebDriver browser;
        QVERIFY2(browser.isReady(), qPrintable(browser.output()));

        std::optional<Result<void>> outcome;
        QCoro::connect(desk.signIn({}), this, [&outcome](const Result<void> &result) { outcome = result; });
        QTRY_VERIFY(desk.attempt() && desk.attempt()->hasLink());
        browser.open(desk.attempt()->newLink());
        QVERIFY2(browser.click(u"[name=decline]"_s), qPrintable(browser.output()));

        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), patience);
        QVERIFY(!outcome->has_value());
        QCOMPARE(outcome->error().code.toString(), u"sign-in.declined"_s);
        QVERIFY(!desk.session().current());
        QTRY_VERIFY_WITH_TIMEOUT(browser.text().contains(u"not signed in"_s, Qt::CaseInsensitive), patience);
    }

    void theCookieComesBackFromAnotherSite_data() { rileySignsInThroughThePage_data(); }

    /// The tenant is on 127.0.0.1, so for the browser localhost is another site.
    void theCookieComesBackFromAnotherSite()
    {
        QFETCH(ResponseMode, mode);
        test::SignInBench bench(mode);
        bench.visitsStart = false;
        bench.tenant.onAuthorize = [&bench](const test::Form &asked) {
            bench.tenant.nonce = asked.value("nonce");
            return test::answerOfTenant(asked, "the-good-code");
        };
        QVERIFY(bench.start());
        test::WebDriver browser;
        QVERIFY2(browser.isReady(), qPrintable(browser.output()));
        browser.open(bench.opened.front());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.isRunning(), patience);
        const Result<identity::SignedIn> outcome = bench.finish();
        QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
        QTRY_VERIFY_WITH_TIMEOUT(browser.text().contains(u"You are signed in"_s), patience);
        QVERIFY2(!browser.url().toString().contains(u"code="_s), "the code must leave the address bar");
    }

    void anotherBrowserCannotFinish_data() { rileySignsInThroughThePage_data(); }

    /// A redirect with the right state, in a browser that has not come by the start address.
    void anotherBrowserCannotFinish()
    {
        QFETCH(ResponseMode, mode);
        test::SignInBench bench(mode);
        QVERIFY(bench.start());
        bench.tenant.onAuthorize = [](const test::Form &asked) { return test::answerOfTenant(asked, "of-a-stranger"); };
        test::WebDriver browser;
        QVERIFY2(browser.isReady(), qPrintable(browser.output()));
        browser.open(bench.authorizationUrl);
        QTRY_VERIFY_WITH_TIMEOUT(browser.text().contains(u"This browser did not begin the sign-in"_s), patience);
        QVERIFY(bench.isRunning());
        QVERIFY(bench.tenant.tokenRequests().empty());
        bench.signIn->cancel();
        QVERIFY(!bench.finish());
    }

    void theSecondVisitEndsIt()
    {
        test::SignInBench bench;
        QVERIFY(bench.start());
        test::WebDriver browser;
        QVERIFY2(browser.isReady(), qPrintable(browser.output()));
        browser.open(bench.opened.front());
        QTRY_VERIFY(!bench.isRunning()); // Before the page is read: that waits for a page that does not come.
        QTRY_VERIFY_WITH_TIMEOUT(browser.text().contains(u"This link was used before"_s), patience);
        const Result<identity::SignedIn> outcome = bench.finish();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code.toString(), u"sign-in.link-used-twice"_s);
    }

private:
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
};

QTEST_GUILESS_MAIN(ChromiumTest)
#include "chromium-test.moc"
