// Signing out in the browser: whose session ends, where the browser is sent, and what remains.
#include "jose/decoded-token.h"
#include "sandbox/client.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::answerIn;
using test::bodyOf;
using test::Client;
using test::encodedForm;
using test::Fields;
using test::getRequest;
using test::textIn;

Q_DECLARE_METATYPE(Fields)

namespace {

QByteArray headerIn(const Response &response, const QByteArray &name)
{
    for (const auto &[header, value] : response.headers) {
        if (header == name)
            return value;
    }
    return {};
}

/// A browser that has one cookie, the tenant's.
class Browser
{
public:
    Browser() { client.state.switchOn(Switch::signsInOnce); }

    Response load(const QByteArray &endpoint, const Fields &fields)
    {
        const Headers headers = cookie.isEmpty() ? Headers() : Headers{{"Cookie", "theme=dark; " + cookie}};
        const Response response =
            *client.tenant.answer(getRequest(client.path(endpoint.constData()), encodedForm(fields), headers));
        keepCookie(response);
        return response;
    }

    Response authorize(const Fields &changes = {})
    {
        return load("/oauth2/v2.0/authorize", client.authorizeFields(changes));
    }

    /// Chooses a person on the sign-in page.
    Response signIn(const QString &personaId)
    {
        const Response response = client.choose(authorize(), personaId);
        keepCookie(response);
        return response;
    }

    Response signOut(const Fields &fields = {}) { return load("/oauth2/v2.0/logout", fields); }

    /// Whether the next sign-in asks who it is.
    bool isAsked() { return authorize().body.contains("name=\"persona\""); }

    Client client;
    QByteArray cookie;

private:
    void keepCookie(const Response &response)
    {
        const QByteArray set = headerIn(response, "set-cookie");
        if (set.isEmpty())
            return;
        QVERIFY2(set.contains("; Path=/" + client.state.registrations().tenantId.toLatin1() + "; HttpOnly"), set);
        cookie = set.contains("Max-Age=0") ? QByteArray() : set.first(set.indexOf(';'));
    }
};

} // namespace

class LogoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void discoveryNamesTheAddress()
    {
        Client client;
        const JsonObject document =
            bodyOf(*client.tenant.answer(getRequest(client.path("/v2.0/.well-known/openid-configuration"))));
        QCOMPARE(textIn(document, u"end_session_endpoint"), client.tenant.authority() + u"/oauth2/v2.0/logout"_s);
    }

    void whoeverIsSignedInIsNotAskedAgain()
    {
        Browser browser;
        QVERIFY(browser.isAsked());
        browser.signIn(u"riley"_s);
        QVERIFY(!browser.isAsked());
        const QString code = answerIn(browser.authorize()).value(u"code"_s);
        QVERIFY(!bodyOf(browser.client.redeem(code)).find(u"access_token")->asString()->isEmpty());
    }

    void theSignInPageIsShownEvenSo_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::newRow("an account is to be selected") << Fields{{"prompt", "select_account"}};
        QTest::newRow("the person is to sign in") << Fields{{"prompt", "login"}};
        QTest::newRow("somebody else is expected") << Fields{{"login_hint", "ada.admin@sandbox.test"}};
    }

    void theSignInPageIsShownEvenSo()
    {
        QFETCH(Fields, changes);
        Browser browser;
        browser.signIn(u"riley"_s);
        QVERIFY(browser.authorize(changes).body.contains("name=\"persona\""));
    }

    void everybodyIsAskedWhereItIsSwitchedOff()
    {
        Browser browser;
        browser.signIn(u"riley"_s);
        browser.client.state.switchOff(Switch::signsInOnce);
        QVERIFY(browser.isAsked());
    }

    void endedSessionsEndInTheBrowserToo()
    {
        Browser browser;
        browser.signIn(u"riley"_s);
        browser.client.state.endSessions(u"riley"_s);
        QVERIFY(browser.isAsked());
    }

    void itsOwnPageSaysThatTheySignedOut()
    {
        Browser browser;
        browser.signIn(u"riley"_s);
        const QByteArray before = browser.cookie;
        const Response page = browser.signOut();
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("You have signed out"));
        QVERIFY(browser.cookie.isEmpty());
        // Not by the cookie alone: whoever kept it is not signed in either.
        browser.cookie = before;
        QVERIFY(browser.isAsked());
    }

    void aForgedCookieIsNobody()
    {
        Browser browser;
        browser.signIn(u"riley"_s);
        browser.cookie = "bookdesk-sandbox-session=";
        QVERIFY(browser.isAsked());
    }

    void itGoesBackOnlyToWhatIsRegistered_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<bool>("goesBack");
        const QByteArray path = Client().tenant.redirectPath().toLatin1();
        QTest::newRow("the client's listener") << "http://localhost:12345"_ba + path << true;
        QTest::newRow("another path") << "http://localhost:12345/elsewhere"_ba << false;
        QTest::newRow("another host") << "http://evil.example"_ba + path << false;
        QTest::newRow("a host that begins like ours") << "http://localhost:12345@evil.example"_ba + path << false;
        QTest::newRow("https") << "https://localhost:12345"_ba + path << false;
        QTest::newRow("a script") << "javascript:alert(1)"_ba << false;
        QTest::newRow("another line") << "http://localhost:12345"_ba + path + "\r\nSet-Cookie: a=b" << false;
    }

    void itGoesBackOnlyToWhatIsRegistered()
    {
        QFETCH(QByteArray, address);
        QFETCH(bool, goesBack);
        Browser browser;
        browser.signIn(u"riley"_s);
        const Response response = browser.signOut({{"post_logout_redirect_uri", address}, {"state", "a b&c"}});
        QCOMPARE(response.status, goesBack ? 302 : 200);
        QCOMPARE(headerIn(response, "location"), goesBack ? address + "?state=a%20b%26c" : QByteArray());
        QVERIFY(browser.isAsked());
    }

    void aHintSaysWhoIsMeant_data()
    {
        QTest::addColumn<QString>("hinted");
        QTest::addColumn<bool>("endsIt");
        QTest::newRow("the person") << u"riley"_s << true;
        QTest::newRow("somebody else") << u"ada"_s << false;
    }

    void aHintSaysWhoIsMeant()
    {
        QFETCH(QString, hinted);
        QFETCH(bool, endsIt);
        Browser browser;
        browser.signIn(u"riley"_s);
        const QString hint = loginHintOf(*browser.client.state.findPersona(hinted));
        const Response page = browser.signOut({{"logout_hint", hint.toUtf8()}});
        QCOMPARE(page.body.contains("You have signed out"), endsIt);
        QCOMPARE(browser.isAsked(), endsIt);
    }

    void theHintIsInTheIdTokenWhereThatIsSwitchedOn()
    {
        Client client;
        const auto hintIn = [](const JsonObject &tokens) {
            return jose::decode(Secret(textIn(tokens, u"id_token").toLatin1()))->stringClaim(u"login_hint");
        };
        QVERIFY(!hintIn(client.tokensFor(u"ada"_s)));
        client.state.switchOn(Switch::namesLoginHint);
        const std::optional<QString> hint = hintIn(client.tokensFor(u"ada"_s));
        QCOMPARE(hint, std::optional(loginHintOf(*client.state.findPersona(u"ada"_s))));
        QVERIFY(!hint->contains(u'@'));
    }

    void refreshTokensAreNotRevoked()
    {
        Browser browser;
        const JsonObject tokens = browser.client.tokensFor(u"riley"_s);
        browser.signIn(u"riley"_s);
        browser.signOut();
        QCOMPARE(browser.client.refresh(textIn(tokens, u"refresh_token")).status, 200);
    }

    void otherMethods()
    {
        Client client;
        Request request = getRequest(client.path("/oauth2/v2.0/logout"));
        request.method = "DELETE";
        QCOMPARE(client.tenant.answer(request)->status, 405);
    }
};

QTEST_GUILESS_MAIN(LogoutTest)
#include "logout-test.moc"
