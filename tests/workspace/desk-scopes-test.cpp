// Only what is needed is asked for, against the real Sandbox over real sockets.
#include "core/results.h"
#include "e2e/sandbox-desk.h"
#include "identity/errors.h"
#include "identity/session-bench.h"
#include "lab/endpoint-rules.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <memory>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using sandbox::Fault;
using sandbox::FaultSpan;

namespace {

const QStringList onlyRead{u"Books.Read"_s};
const QStringList both{u"Books.Read"_s, u"Books.Write"_s};

} // namespace

class DeskScopesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_at = std::make_unique<test::SandboxDesk>();
        QVERIFY(m_at->signIn({u"ada"_s}));
        m_persona = u"ada"_s;
        m_browsers = 0;
        m_at->useBrowser([this](const QUrl &url) -> identity::Opening {
            ++m_browsers;
            m_browser = workspace::personaBrowser({m_persona, m_declines}, {});
            return m_browser(url);
        });
        m_declines = false;
    }

    void cleanup() { m_at.reset(); }

    void atFirstOnlyTheScopeForReadingIsAskedFor()
    {
        QCOMPARE(scopes(), onlyRead);
        QVERIFY(m_at->list().outcome.isOk());
        const books::TokenFacts facts = m_at->desk().tokenFacts();
        QCOMPARE(facts.listedScopes, both);
        QVERIFY(facts.heldScopes.contains(u"Books.Read"_s) && !facts.heldScopes.contains(u"Books.Write"_s));
    }

    void whatAnAdminHasConsentedToNeedsNoBrowser()
    {
        QVERIFY(m_at->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        QCOMPARE(getScopes(), QString());
        QCOMPARE(m_browsers, 0);
        QCOMPARE(scopes(), both);
    }

    void elseThePersonConsentsOnceAndItStays()
    {
        QCOMPARE(getScopes(), QString());
        QCOMPARE(m_browsers, 1);
        QCOMPARE(scopes(), both);
        const QUrlQuery asked(authorizationUrl());
        QVERIFY(asked.queryItemValue(u"scope"_s, QUrl::FullyDecoded).contains(u"/Books.Write"_s));
        QVERIFY(QCoro::waitFor(m_at->desk().session().refresh()));
        QCOMPARE(scopes(), both);
        QVERIFY(QCoro::waitFor(m_at->desk().signIn(m_at->desk().againOptions())));
        QCOMPARE(scopes(), both);
        QVERIFY(QCoro::waitFor(m_at->desk().signIn({u"select_account"_s})));
        QCOMPARE(scopes(), onlyRead);
    }

    void anotherAccountIsRefused()
    {
        m_persona = u"riley"_s;
        QCOMPARE(getScopes(), u"sign-in.another-account"_s);
        QCOMPARE(m_at->desk().session().current()->identity.displayName(), u"Ada Admin"_s);
        QCOMPARE(scopes(), onlyRead);
    }

    void aConsentThatIsDeclinedChangesNothing()
    {
        m_declines = true;
        QCOMPARE(getScopes(), u"sign-in.declined"_s);
        QCOMPARE(scopes(), onlyRead);
        QVERIFY(m_at->list().outcome.isOk());
    }

    void aScopeThatARefreshMustNotAskForIsGotInTheBrowser()
    {
        test::SessionBench bench;
        workspace::Surroundings surroundings;
        int opened = 0;
        surroundings.open = [&opened](const QUrl &) -> Result<void> {
            ++opened;
            return {};
        };
        workspace::Desk desk(bench.tenant.connection(), surroundings);
        desk.session().begin(*bench.session->current());
        bench.tenant.onToken = [](const test::Form &) {
            return test::httpAnswer("400 Bad Request", {{"Content-Type"_ba, "application/json"_ba}},
                                    R"({"error":"invalid_scope"})");
        };
        const test::Outcome<void> got = test::begin(desk.getScopes({u"Books.Write"_s}));
        QTRY_VERIFY(desk.attempt() || got->has_value());
        QVERIFY(!got->has_value());
        QTRY_COMPARE(opened, 1);
        desk.cancelSignIn();
    }

    void whatIsNotListedIsNotAskedFor()
    {
        QVERIFY(QCoro::waitFor(m_at->desk().getScopes({u"https://graph.microsoft.com/Mail.Read"_s})));
        for (const net::Exchange &exchange : m_at->desk().exchanges().exchanges())
            QVERIFY(!exchange.url.contains(u"Mail.Read"_s));
        QCOMPARE(scopes(), onlyRead);
    }

    void theRuleForReadingDecides()
    {
        const books::AccessRule list = books::listRule();
        QVERIFY(m_at->desk().lab().saveRule({list.method, list.path, both, {}}));
        QCOMPARE(m_at->desk().scopesOf(list), both);
        QVERIFY(QCoro::waitFor(m_at->desk().signIn({u"select_account"_s})));
        QCOMPARE(scopes(), both);
    }

    void whileItIsAskedForWithoutThePersonItCanBeCancelled()
    {
        QVERIFY(m_at->sandbox().consent(u"ada"_s, u"Books.Write"_s));
        const QSignalSpy renewed(&m_at->desk().session(), &identity::Session::tokensRenewed);
        const test::Outcome<void> got = test::begin(m_at->desk().getScopes({u"Books.Write"_s}));
        m_at->desk().cancelSignIn();
        QVERIFY2(got->has_value(), "Nobody waits for the server");
        QVERIFY(!**got);
        QCOMPARE((*got)->error().code, identity::errors::cancelled);
        QTRY_COMPARE(renewed.size(), 1);
        QCOMPARE(m_browsers, 0);
    }

private:
    QString getScopes()
    {
        const Result<void> got = QCoro::waitFor(m_at->desk().getScopes({u"Books.Write"_s}));
        return got ? QString() : got.error().code.toString();
    }

    /// Of the token in use; none where nobody is signed in.
    QStringList scopes() const
    {
        const std::optional<identity::SignedIn> &person = m_at->desk().session().current();
        return person ? person->grants.scopes : QStringList();
    }

    /// Of the last sign-in in the browser, as it was recorded.
    QUrl authorizationUrl() const
    {
        QUrl url;
        for (const net::Exchange &exchange : m_at->desk().exchanges().exchanges()) {
            if (QUrl(exchange.url).path().endsWith(u"/authorize"_s))
                url = QUrl(exchange.url);
        }
        return url;
    }

    std::unique_ptr<test::SandboxDesk> m_at;
    QString m_persona;
    bool m_declines = false;
    int m_browsers = 0;
    identity::OpenUrl m_browser; ///< Lives as long as its visits.
};

QTEST_GUILESS_MAIN(DeskScopesTest)
#include "desk-scopes-test.moc"
