// A desk signs in with the browser of another device as it does with the one here: one attempt at a time.
#include "identity/connection.h"
#include "sandbox/sandbox-server.h"
#include "workspace/desk.h"
#include "workspace/persona-browser.h"
#include "workspace/watched.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using test::Watched;
using workspace::Desk;

namespace {

QString codeOf(const Result<void> &result) { return result ? u"ok"_s : result.error().code.toString(); }

} // namespace

class DeskDeviceCodeTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Desk> newDesk() const
    {
        workspace::Surroundings surroundings;
        surroundings.open = [](const QUrl &) -> Result<void> { return {}; };
        surroundings.deviceCodeLimits.code.leastInterval = 20ms;
        return std::make_unique<Desk>(m_connection, surroundings);
    }

    static bool waitForCode(Desk &desk)
    {
        return QTest::qWaitFor([&desk] { return desk.deviceCodeAttempt() && desk.deviceCodeAttempt()->code(); },
                               20'000);
    }

    /// A persona types the code on another device.
    void typeCode(Desk &desk, const QString &persona)
    {
        const identity::DeviceCode code = *desk.deviceCodeAttempt()->code();
        m_elsewhere = workspace::personaBrowser({persona, false, code.userCode}, {});
        m_elsewhere(code.verificationLink);
    }

    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    identity::Connection m_connection;
    identity::OpenUrl m_elsewhere; ///< The browser of the other device.

private Q_SLOTS:
    void initTestCase()
    {
        sandbox::SandboxOptions options;
        options.deviceCodes.interval = 0s;
        m_sandbox = *QCoro::waitFor(sandbox::SandboxServer::start(options));
        m_connection = *identity::readConnection(toCompactJson(m_sandbox->connectionFile()));
    }

    void cleanup() { m_sandbox->clearFaults(); }

    void signsInAndRenews()
    {
        const auto desk = newDesk();
        const QSignalSpy attemptChanged(desk.get(), &Desk::attemptChanged);
        const Watched signedIn(desk->signInByDeviceCode());
        QVERIFY(desk->isSigningIn());
        QVERIFY(waitForCode(*desk));
        typeCode(*desk, u"riley"_s);
        QTRY_VERIFY_WITH_TIMEOUT(signedIn.hasCome(), 20'000);
        QCOMPARE(codeOf(signedIn.result()), u"ok"_s);
        QVERIFY(!desk->isSigningIn() && !desk->deviceCodeAttempt());
        QCOMPARE(attemptChanged.size(), 2);
        QCOMPARE(desk->session().current()->identity.name(), u"Riley Reader"_s);
        QVERIFY(desk->tokenFacts().verification.passed());
        QVERIFY(QCoro::waitFor(desk->books().list()).outcome.isOk());
        QCOMPARE(codeOf(QCoro::waitFor(desk->session().refresh())), u"ok"_s);
    }

    void eitherWaySupersedesTheOther()
    {
        const auto desk = newDesk();
        const Watched browser(desk->signIn({}));
        QTRY_VERIFY(desk->attempt()->hasLink());
        const Watched code(desk->signInByDeviceCode());
        QVERIFY(browser.hasCome());
        QCOMPARE(codeOf(browser.result()), u"sign-in.cancelled"_s);
        QVERIFY(!desk->attempt() && desk->deviceCodeAttempt());
        QVERIFY(waitForCode(*desk));
        const QString first = desk->deviceCodeAttempt()->code()->userCode;

        const Watched another(desk->signInByDeviceCode());
        QCOMPARE(codeOf(code.result()), u"sign-in.cancelled"_s);
        QVERIFY(waitForCode(*desk));
        QVERIFY(desk->deviceCodeAttempt()->code()->userCode != first);

        const Watched last(desk->signIn({}));
        QCOMPARE(codeOf(another.result()), u"sign-in.cancelled"_s);
        QVERIFY(desk->attempt() && !desk->deviceCodeAttempt());
        QVERIFY(!last.hasCome());
    }

    void cancelEndsEither()
    {
        const auto desk = newDesk();
        const Watched code(desk->signInByDeviceCode());
        desk->cancelSignIn();
        QVERIFY(code.hasCome());
        QCOMPARE(codeOf(code.result()), u"sign-in.cancelled"_s);
        const Watched browser(desk->signIn({}));
        desk->cancelSignIn();
        QVERIFY(browser.hasCome());
        QVERIFY(!desk->isSigningIn());
        desk->cancelSignIn();
        QVERIFY(!desk->session().current());
    }

    void staysSignedInWhileAnotherAccountIsRefused()
    {
        const auto desk = newDesk();
        const Watched first(desk->signInByDeviceCode());
        QVERIFY(waitForCode(*desk));
        typeCode(*desk, u"riley"_s);
        QTRY_VERIFY_WITH_TIMEOUT(first.hasCome(), 20'000);
        const Watched again(desk->signInByDeviceCode(*desk->account()));
        QVERIFY(waitForCode(*desk));
        typeCode(*desk, u"ada"_s);
        QTRY_VERIFY_WITH_TIMEOUT(again.hasCome(), 20'000);
        QCOMPARE(codeOf(again.result()), u"sign-in.another-account"_s);
        QCOMPARE(desk->session().current()->identity.name(), u"Riley Reader"_s);
    }

    void tellsWhatTheSandboxRefuses_data()
    {
        QTest::addColumn<sandbox::Fault>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("expired") << sandbox::Fault::deviceCodeExpired << u"sign-in.device-code-expired"_s;
        QTest::newRow("declined") << sandbox::Fault::consentDeclined << u"sign-in.declined"_s;
    }

    void tellsWhatTheSandboxRefuses()
    {
        QFETCH(const sandbox::Fault, fault);
        const auto desk = newDesk();
        const Watched signedIn(desk->signInByDeviceCode());
        QVERIFY(waitForCode(*desk));
        m_sandbox->arm(fault, sandbox::FaultSpan::once);
        typeCode(*desk, u"riley"_s);
        QTRY_VERIFY_WITH_TIMEOUT(signedIn.hasCome(), 20'000);
        QTEST(codeOf(signedIn.result()), "code");
        QVERIFY(!desk->session().current());
    }

    void destroyingEndsIt()
    {
        auto desk = newDesk();
        const Watched signedIn(desk->signInByDeviceCode());
        QVERIFY(waitForCode(*desk));
        desk.reset();
        QVERIFY(signedIn.hasCome());
        QCOMPARE(codeOf(signedIn.result()), u"sign-in.cancelled"_s);
    }
};

Q_DECLARE_METATYPE(bookdesk::sandbox::Fault)

QTEST_GUILESS_MAIN(DeskDeviceCodeTest)
#include "desk-device-code-test.moc"
