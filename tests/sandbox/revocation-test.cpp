// Refresh tokens that a client throws away (RFC 7009), blocked access, and a token endpoint that is asked too often.
#include "sandbox/client.h"

#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::bodyOf;
using test::Client;
using test::Fields;
using test::formRequest;
using test::getRequest;
using test::textIn;

namespace {

Response revoke(Client &client, const Fields &fields)
{
    Fields all = fields;
    all.emplace_back("client_id", client.state.registrations().clientId.toLatin1());
    return *client.tenant.answer(formRequest(client.path("/oauth2/v2.0/revoke"), all));
}

} // namespace

class RevocationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereIsNoSuchAddressAtFirst()
    {
        Client client;
        const auto document = [&client] {
            return bodyOf(*client.tenant.answer(getRequest(client.path("/v2.0/.well-known/openid-configuration"))));
        };
        QVERIFY(!document().find(u"revocation_endpoint"));
        QCOMPARE(revoke(client, {{"token", "x"}}).status, 404);
        client.state.switchOn(Switch::publishesRevocation);
        QCOMPARE(textIn(document(), u"revocation_endpoint"), client.tenant.authority() + u"/oauth2/v2.0/revoke"_s);
    }

    void aRevokedTokenTakesItsFamilyWithIt()
    {
        Client client;
        client.state.switchOn(Switch::publishesRevocation);
        const QString first = textIn(client.tokensFor(u"ada"_s), u"refresh_token");
        const QString second = textIn(bodyOf(client.refresh(first)), u"refresh_token");
        const QString other = textIn(client.tokensFor(u"ada"_s), u"refresh_token");
        const Response answer = revoke(client, {{"token", second.toUtf8()}, {"token_type_hint", "refresh_token"}});
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.isEmpty());
        for (const QString &token : {first, second})
            QCOMPARE(textIn(bodyOf(client.refresh(token)), u"error"), u"invalid_grant"_s);
        QCOMPARE(client.refresh(other).status, 200);
    }

    void anUnknownTokenIsNoError_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("never issued") << "unknown"_ba;
        QTest::newRow("empty") << ""_ba;
    }

    void anUnknownTokenIsNoError()
    {
        QFETCH(QByteArray, token);
        Client client;
        client.state.switchOn(Switch::publishesRevocation);
        QCOMPARE(revoke(client, {{"token", token}}).status, 200);
    }

    void aWrongRequestIsRefused()
    {
        Client client;
        client.state.switchOn(Switch::publishesRevocation);
        QCOMPARE(textIn(bodyOf(revoke(client, {})), u"error"), u"invalid_request"_s);
        QCOMPARE(textIn(bodyOf(revoke(client, {{"token", "x"}, {"client_secret", "y"}})), u"error"),
                 u"invalid_client"_s);
        QCOMPARE(client.tenant.answer(getRequest(client.path("/oauth2/v2.0/revoke")))->status, 400);
    }

    void conditionalAccessBlocksSignInsAndRefreshes()
    {
        Client client;
        const QString token = textIn(client.tokensFor(u"ada"_s), u"refresh_token");
        client.state.arm(Fault::accessBlocked, FaultSpan::untilCleared);
        const QHash<QString, QString> answer = client.signIn(u"ada"_s);
        QCOMPARE(answer.value(u"error"_s), u"access_denied"_s);
        QCOMPARE(answer.value(u"suberror"_s), u"message_only"_s);
        QVERIFY(answer.value(u"error_description"_s).startsWith(u"AADSTS53003: "_s));
        QCOMPARE(answer.value(u"state"_s), u"s t&a=te"_s);
        const JsonObject body = bodyOf(client.refresh(token));
        QCOMPARE(textIn(body, u"error"), u"invalid_grant"_s);
        QCOMPARE(textIn(body, u"suberror"), u"message_only"_s);
        QVERIFY(textIn(body, u"error_description").startsWith(u"AADSTS53003: "_s));
        client.state.clearFaults();
        QCOMPARE(client.refresh(token).status, 200);
    }

    void onlyAnAdminCanConsentOnOrder()
    {
        Client client;
        client.state.arm(Fault::consentNeedsAdmin, FaultSpan::once);
        const QHash<QString, QString> answer = client.signIn(u"ada"_s);
        QCOMPARE(answer.value(u"error"_s), u"access_denied"_s);
        QVERIFY(answer.value(u"error_description"_s).startsWith(u"AADSTS90094: "_s));
        QVERIFY(client.signIn(u"ada"_s).contains(u"code"_s));
    }

    void theTokenEndpointAsksForPatience()
    {
        Client client;
        const QString token = textIn(client.tokensFor(u"ada"_s), u"refresh_token");
        client.state.arm(Fault::tokensAnswer429, FaultSpan::once);
        const Response answer = client.refresh(token);
        QCOMPARE(answer.status, 429);
        const std::pair<QByteArray, QByteArray> expected{"retry-after", "12"};
        QVERIFY(std::find(answer.headers.begin(), answer.headers.end(), expected) != answer.headers.end());
        QCOMPARE(client.refresh(token).status, 200);
    }
};

QTEST_GUILESS_MAIN(RevocationTest)
#include "revocation-test.moc"
