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
