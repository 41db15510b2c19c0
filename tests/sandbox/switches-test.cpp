// What the tenant does while it is switched on: strict rotation of refresh tokens; and sessions that were ended.
#include "sandbox/client.h"
#include "sandbox/switches.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::bodyOf;
using test::Client;
using test::textIn;

namespace {

QString refreshTokenIn(const JsonObject &tokens) { return textIn(tokens, u"refresh_token"); }

/// The error of a refresh; empty where it succeeded.
QString refusalOf(Client &client, const QString &refreshToken)
{
    return textIn(bodyOf(client.refresh(refreshToken)), u"error");
}

bool isRefused(Client &client, const QString &refreshToken, int number)
{
    const JsonObject body = bodyOf(client.refresh(refreshToken));
    return textIn(body, u"error") == u"invalid_grant"_s &&
           textIn(body, u"error_description").startsWith(u"AADSTS%1:"_s.arg(number));
}

} // namespace

class SwitchesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeIsReadBack()
    {
        for (const Switch which : allSwitches) {
            QVERIFY(!switchCode(which).isEmpty());
            QCOMPARE(switchFromCode(switchCode(which)), std::optional(which));
        }
        QVERIFY(!switchFromCode(u"unknown"_s));
    }

    void theOldRefreshTokenStaysValidAtFirst()
    {
        Client client;
        const QString first = refreshTokenIn(client.tokensFor(u"ada"_s));
        const QString second = refreshTokenIn(bodyOf(client.refresh(first)));
        QCOMPARE(refusalOf(client, first), QString());
        QCOMPARE(refusalOf(client, second), QString());
    }

    void strictRotationRevokesAllOfASignInWhenATokenIsUsedAgain()
    {
        Client client;
        client.state.switchOn(Switch::rotatesStrictly);
        const QString first = refreshTokenIn(client.tokensFor(u"ada"_s));
        const QString ofAnotherSignIn = refreshTokenIn(client.tokensFor(u"ada"_s));
        const QString second = refreshTokenIn(bodyOf(client.refresh(first)));
        const QString third = refreshTokenIn(bodyOf(client.refresh(second)));
        QVERIFY(!third.isEmpty());
        QVERIFY(isRefused(client, first, 70000));
        QVERIFY(isRefused(client, second, 70000));
        QVERIFY(isRefused(client, third, 70000));
        QCOMPARE(refusalOf(client, ofAnotherSignIn), QString());
    }

    void aRefusedRefreshDoesNotUseTheTokenUp()
    {
        Client client;
        client.state.switchOn(Switch::rotatesStrictly);
        const QString token = refreshTokenIn(client.tokensFor(u"ada"_s));
        QCOMPARE(textIn(bodyOf(client.refresh(token, {{"scope", "api://other/Books.Read"}})), u"error"),
                 u"invalid_resource"_s);
        QCOMPARE(refusalOf(client, token), QString());
    }

    void strictRotationIsSetBack()
    {
        Client client;
        client.state.switchOn(Switch::rotatesStrictly);
        const QString first = refreshTokenIn(client.tokensFor(u"ada"_s));
        QVERIFY(!refreshTokenIn(bodyOf(client.refresh(first))).isEmpty());
        client.state.switchOff(Switch::rotatesStrictly);
        QCOMPARE(refusalOf(client, first), QString());
    }

    void endedSessionsAreThoseOfOnePersonAndOfThePast()
    {
        Client client;
        const QString ofAda = refreshTokenIn(client.tokensFor(u"ada"_s));
        const QString ofRiley = refreshTokenIn(client.tokensFor(u"riley"_s));
        QVERIFY(client.state.endSessions(u"ada"_s));
        QVERIFY(isRefused(client, ofAda, 50173));
        QCOMPARE(refusalOf(client, ofRiley), QString());
        QCOMPARE(refusalOf(client, refreshTokenIn(client.tokensFor(u"ada"_s))), QString());
        QVERIFY(!client.state.endSessions(u"eve"_s));
    }
};

QTEST_GUILESS_MAIN(SwitchesTest)
#include "switches-test.moc"
