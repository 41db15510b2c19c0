// Signing out at a real Sandbox: what becomes of the refresh token and of the browser's session.
#include "core/results.h"
#include "e2e/sandbox-desk.h"
#include "identity/errors.h"
#include "identity/fake-tenant.h"
#include "sandbox/errors.h"
#include "sandbox/visitor.h"

#include <QCoroTask>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using identity::BrowserAnswer;
using sandbox::Switch;
using test::SandboxDesk;

namespace ids = identity::errors;

namespace {

template <class T> QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code.toString();
}

/// A Sandbox, a desk and a browser that keeps its cookies.
class At
{
public:
    At()
    {
        // Nobody is asked again who is signed in in the browser, which shows whether somebody is.
        desk.sandbox().switchOn(Switch::signsInOnce);
        desk.useBrowser([this](const QUrl &url) -> Result<void> {
            if (isClosed)
                return {};
            page = test::begin(visitor.visit(url, {persona}));
            return {};
        });
    }

    QString signIn(const QString &who)
    {
        persona = who;
        return codeOf(QCoro::waitFor(desk.desk().signIn({})));
    }

    /// Whether the sign-in page asks who signs in.
    bool isAsked()
    {
        persona = u"nobody"_s;
        page.reset();
        const auto outcome = test::begin(desk.desk().signIn({}));
        const bool isOver = QTest::qWaitFor([&] { return page && page->has_value(); }, 20'000);
        const bool hasFailed = isOver && codeOf(**page) == sandbox::errors::visitFailed.toString();
        if (hasFailed)
            desk.desk().cancelSignIn();
        static_cast<void>(QTest::qWaitFor([&] { return outcome->has_value(); }, 20'000));
        return hasFailed;
    }

    identity::SignedIn person() { return *desk.desk().session().current(); }
    QString signOut() { return codeOf(QCoro::waitFor(desk.desk().signOut())); }
    test::Outcome<BrowserAnswer> signOutInBrowser()
    {
        const identity::SignedIn signedIn = person();
        signOut();
        return test::begin(desk.desk().signOuts().inBrowser(signedIn));
    }
    /// What becomes of the person's refresh token after the sign-out.
    QString refreshAfterSignOut(const identity::SignedIn &signedIn)
    {
        desk.desk().session().begin(signedIn);
        const QString code = codeOf(QCoro::waitFor(desk.desk().session().refresh()));
        desk.desk().session().signOut();
        return code;
    }

    QString persona = u"riley"_s;
    bool isClosed = false;
    SandboxDesk desk;
    sandbox::Visitor visitor{{}};
    test::Outcome<sandbox::VisitedPage> page;
};

bool hasEnded(const test::Outcome<BrowserAnswer> &outcome)
{
    return QTest::qWaitFor([&outcome] { return outcome->has_value(); }, 20'000);
}

} // namespace

class SignOutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRefreshTokenIsRevokedWhereThatIsPublished_data()
    {
        QTest::addColumn<bool>("isPublished");
        QTest::addColumn<QString>("code");
        QTest::newRow("as Entra") << false << u"no error"_s;
        QTest::newRow("as Auth0") << true << ids::refreshTokenRejected.toString();
    }

    void theRefreshTokenIsRevokedWhereThatIsPublished()
    {
        QFETCH(bool, isPublished);
        QFETCH(QString, code);
        At at;
        if (isPublished)
            at.desk.sandbox().switchOn(Switch::publishesRevocation);
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        const identity::SignedIn person = at.person();
        QCOMPARE(at.signOut(), u"no error"_s);
        QVERIFY(!at.desk.desk().session().current());
        QCOMPARE(at.refreshAfterSignOut(person), code);
    }

    void aServerThatIsGoneKeepsNobodySignedIn()
    {
        At at;
        at.desk.sandbox().switchOn(Switch::publishesRevocation);
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        at.desk.stopSandbox();
        const auto outcome = test::begin(at.desk.desk().signOut());
        QVERIFY(!at.desk.desk().session().current());
        QTRY_VERIFY_WITH_TIMEOUT(outcome->has_value(), 20'000);
        QCOMPARE(codeOf(**outcome), ids::notRevoked.toString());
    }

    void nobodyWaitsForTheRevocation()
    {
        At at;
        at.desk.sandbox().switchOn(Switch::publishesRevocation);
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        const auto outcome = test::begin(at.desk.desk().signOut());
        QVERIFY(!at.desk.desk().session().current());
        QVERIFY(!outcome->has_value());
        QTRY_VERIFY(outcome->has_value());
    }

    void aSignInUnderWayBringsNobodyBack_data()
    {
        QTest::addColumn<bool>("isForScopes");
        QTest::addColumn<bool>("isInBrowser");
        QTest::newRow("again, in the browser") << false << true;
        QTest::newRow("for a scope, before the browser") << true << false;
        QTest::newRow("for a scope, in the browser") << true << true;
    }

    void aSignInUnderWayBringsNobodyBack()
    {
        QFETCH(bool, isForScopes);
        QFETCH(bool, isInBrowser);
        At at;
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        at.isClosed = true;
        workspace::Desk &desk = at.desk.desk();
        const auto outcome =
            test::begin(isForScopes ? desk.getScopes({u"Books.Write"_s}) : desk.signIn(desk.againOptions()));
        if (isInBrowser)
            QTRY_VERIFY(desk.attempt() && desk.attempt()->hasLink());
        const auto signedOut = test::begin(desk.signOut());
        QVERIFY(!desk.session().current());
        QVERIFY(!desk.isSigningIn());
        QTRY_VERIFY(outcome->has_value() && signedOut->has_value());
        QCOMPARE(codeOf(**outcome), ids::cancelled.toString());
        QVERIFY(!desk.isSigningIn() && !desk.account());
    }

    void theBrowsersSessionEnds()
    {
        At at;
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        QVERIFY(!at.isAsked());
        const auto outcome = at.signOutInBrowser();
        QVERIFY(hasEnded(outcome));
        QCOMPARE(codeOf(**outcome), u"no error"_s);
        QCOMPARE(***outcome, BrowserAnswer::signedOut);
        QTRY_VERIFY(at.page->has_value());
        QVERIFY((**at.page)->text.contains(u"You are signed out in this browser"_s));
        QVERIFY(at.isAsked());
    }

    void signingOutHereLeavesTheBrowser()
    {
        At at;
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        QCOMPARE(at.signOut(), u"no error"_s);
        QVERIFY(!at.isAsked());
    }

    void theHintNamesWhoIsSignedOut_data()
    {
        QTest::addColumn<bool>("namesHint");
        QTest::newRow("with the claim login_hint") << true;
        QTest::newRow("without it") << false;
    }

    void theHintNamesWhoIsSignedOut()
    {
        QFETCH(bool, namesHint);
        At at;
        if (namesHint)
            at.desk.sandbox().switchOn(Switch::namesLoginHint);
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        const identity::SignedIn riley = at.person();
        // Somebody else has signed in in the browser since.
        at.persona = u"ada"_s;
        QCOMPARE(codeOf(QCoro::waitFor(at.desk.desk().signIn({u"select_account"_s, {}}))), u"no error"_s);
        const auto outcome = test::begin(at.desk.desk().signOuts().inBrowser(riley));
        QVERIFY(hasEnded(outcome));
        QCOMPARE(codeOf(**outcome), u"no error"_s);
        QCOMPARE(at.isAsked(), !namesHint);
    }

    void aSecondAttemptTakesThePlaceOfTheFirst()
    {
        At at;
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        const identity::SignedIn person = at.person();
        at.isClosed = true;
        const auto first = at.signOutInBrowser();
        QVERIFY(at.desk.desk().signOuts().attempt());
        at.isClosed = false;
        const auto second = test::begin(at.desk.desk().signOuts().inBrowser(person));
        QVERIFY(first->has_value());
        QCOMPARE(codeOf(**first), ids::signOutCancelled.toString());
        QVERIFY(hasEnded(second));
        QCOMPARE(codeOf(**second), u"no error"_s);
        QVERIFY(!at.desk.desk().signOuts().attempt());
    }

    void itIsPossibleWhereTheProviderHasAnAddress()
    {
        At at;
        QVERIFY(!at.desk.desk().signOuts().isPossibleInBrowser());
        QCOMPARE(at.signIn(u"riley"_s), u"no error"_s);
        QVERIFY(at.desk.desk().signOuts().isPossibleInBrowser());
        test::FakeTenant without;
        workspace::Desk desk(without.connection(), {});
        QVERIFY(QCoro::waitFor(desk.trust().endpoints()).has_value());
        QVERIFY(!desk.signOuts().isPossibleInBrowser());
    }

    void theDesksEndStopsTheWait()
    {
        auto at = std::make_unique<At>();
        QCOMPARE(at->signIn(u"riley"_s), u"no error"_s);
        at->isClosed = true;
        const auto outcome = at->signOutInBrowser();
        at.reset();
        QVERIFY(outcome->has_value());
        QCOMPARE(codeOf(**outcome), ids::signOutCancelled.toString());
    }
};

QTEST_GUILESS_MAIN(SignOutTest)
#include "sign-out-test.moc"
