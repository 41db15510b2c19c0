// The address that signs out in the browser: what it says of the person, and what it never says.
#include "identity/fake-tenant.h"
#include "identity/sign-out-address.h"
#include "jose/decoded-token.h"

#include <QTest>
#include <QUrlQuery>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(bookdesk::Json)

namespace {

jose::InspectedToken idToken(const std::optional<Json> &hint)
{
    JsonObject claims{{u"iss"_s, u"https://login.example"_s},
                      {u"preferred_username"_s, u"riley@contoso.com"_s},
                      {u"upn"_s, u"riley@contoso.com"_s},
                      {u"email"_s, u"riley@contoso.com"_s}};
    if (hint)
        claims.set(u"login_hint"_s, *hint);
    return {{}, jose::decode(*test::tenantKey(0).sign({}, claims)), {}};
}

QString parameter(const QUrl &url, const QString &name)
{
    return QUrlQuery(url).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class SignOutAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyAPrintableHintIsUsed_data()
    {
        QTest::addColumn<Json>("claim");
        QTest::addColumn<QString>("hint");
        QTest::newRow("Entra's") << Json(u"O.CiRkYjY-+/=&"_s) << u"O.CiRkYjY-+/=&"_s;
        QTest::newRow("empty") << Json(QString()) << QString();
        QTest::newRow("a line feed") << Json(u"O.Ci\r\nHost: evil"_s) << QString();
        QTest::newRow("a null") << Json(u"O.Ci"_s + QChar(0)) << QString();
        QTest::newRow("an escape") << Json(u"O.Ci\u001b[31m"_s) << QString();
        QTest::newRow("text from right to left") << Json(u"O.Ci\u202eabc"_s) << QString();
        QTest::newRow("far too long") << Json(QString(1025, u'a')) << QString();
        QTest::newRow("a number") << Json(1) << QString();
        QTest::newRow("an object") << Json(JsonObject{}) << QString();
    }

    void onlyAPrintableHintIsUsed()
    {
        QFETCH(const Json, claim);
        QTEST(logoutHint(idToken(claim)), "hint");
    }

    void noOtherClaimTakesItsPlace() { QCOMPARE(logoutHint(idToken(std::nullopt)), QString()); }

    void anUnreadableTokenHasNone() { QCOMPARE(logoutHint({}), QString()); }

    void everythingIsEncoded()
    {
        const test::FakeTenant tenant;
        const Connection connection = tenant.connection();
        const QString hint = u"O.Ci+/=&#ä"_s;
        const QString back = u"http://localhost:8400/cb/x?y=z&a"_s;
        const QUrl url = signOutAddress(QUrl(u"https://login.example/logout"_s), connection, hint,
                                        SignOutReturn{back, "state-1"_ba});
        QVERIFY2(!url.toEncoded().contains("+/=&#"), url.toEncoded());
        QCOMPARE(parameter(url, u"logout_hint"_s), hint);
        QCOMPARE(parameter(url, u"post_logout_redirect_uri"_s), back);
        QCOMPARE(parameter(url, u"state"_s), u"state-1"_s);
        QCOMPARE(parameter(url, u"client_id"_s), connection.clientId);
        QVERIFY(!QUrlQuery(url).hasQueryItem(u"id_token_hint"_s));
        QCOMPARE(QUrlQuery(url).queryItems().size(), 4);
    }

    void everyProviderHasItsOwnForm_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("query");
        QTest::newRow("Auth0") << u"auth0"_s << u"/v2/logout"_s
                               << u"client_id=CLIENT&returnTo=http%3A%2F%2Flocalhost%3A8400%2Fcb%2Fx"_s;
        QTest::newRow("Cognito") << u"cognito"_s << u"/logout"_s
                                 << u"client_id=CLIENT&logout_uri=http%3A%2F%2Flocalhost%3A8400%2Fcb%2Fx"_s;
        QTest::newRow("Keycloak")
            << u"keycloak"_s << u"/end"_s
            << u"client_id=CLIENT&logout_hint=hint&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8400%2Fcb%2Fx&"
               "state=state-1"_s;
    }

    void everyProviderHasItsOwnForm()
    {
        QFETCH(const QString, provider);
        QFETCH(QString, query);
        Connection connection = test::FakeTenant().connection();
        connection.provider = findProvider(provider).value();
        DiscoveryDocument document;
        document.authorizationEndpoint = QUrl(u"https://login.contoso.com/authorize?p=1"_s);
        document.endSessionEndpoint = QUrl(u"https://login.contoso.com/end"_s);
        const QUrl endpoint = signOutEndpoint(document, connection.provider);
        QCOMPARE(endpoint.host(), u"login.contoso.com"_s);
        QTEST(endpoint.path(), "path");
        const QUrl url = signOutAddress(endpoint, connection, u"hint"_s,
                                        SignOutReturn{u"http://localhost:8400/cb/x"_s, "state-1"_ba});
        QCOMPARE(url.query(QUrl::FullyEncoded), query.replace(u"CLIENT"_s, connection.clientId));
    }

    void thereIsNoneWhereItNeedsTheIdToken()
    {
        DiscoveryDocument document;
        document.endSessionEndpoint = QUrl(u"https://contoso.okta.com/oauth2/default/v1/logout"_s);
        QVERIFY(signOutEndpoint(document, *findProvider(u"okta"_s)).isEmpty());
        QCOMPARE(signOutEndpoint(document, *findProvider(u"ping"_s)), document.endSessionEndpoint);
        QCOMPARE(signOutEndpoint(document, *findProvider(u"entra"_s)), document.endSessionEndpoint);
    }

    void nothingIsSaidThatIsNotKnown()
    {
        const test::FakeTenant tenant;
        const QUrl url =
            signOutAddress(QUrl(u"https://login.example/logout?p=B2C_1"_s), tenant.connection(), {}, std::nullopt);
        const QUrlQuery query(url);
        QCOMPARE(query.queryItemValue(u"p"_s), u"B2C_1"_s);
        for (const QString &name : {u"logout_hint"_s, u"post_logout_redirect_uri"_s, u"state"_s})
            QVERIFY2(!query.hasQueryItem(name), qPrintable(name));
    }
};

QTEST_GUILESS_MAIN(SignOutAddressTest)
#include "sign-out-address-test.moc"
