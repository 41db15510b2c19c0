#include "identity/advice-data.h"
#include "identity/errors.h"
#include "identity/oauth-error.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

const QString entraDescription = u"AADSTS65004: User declined to consent to access the app. Trace ID: "
                                 "a1a1a1a1-b2b2-c3c3-d4d4-e5e5e5e5e500 Correlation ID: "
                                 "00000000-1111-2222-3333-444444444444 Timestamp: 2026-02-03 04:05:06Z"_s;

OAuthError oauthError(const QString &error, const QString &suberror = {}, const QString &description = {})
{
    return readOAuthError(
        JsonObject{{u"error"_s, error}, {u"suberror"_s, suberror}, {u"error_description"_s, description}});
}

} // namespace

class OAuthErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsATokenEndpointsBody();
    void readsARedirect();
    void toleratesMembersOfAnyType();
    void decidesByErrorAndSuberror_data();
    void decidesByErrorAndSuberror();
    void addsAdviceForEveryKnownNumber_data();
    void addsAdviceForEveryKnownNumber();
    void explainsSuberrorsAndErrorsWithoutANumber_data();
    void explainsSuberrorsAndErrorsWithoutANumber();
    void givesTheFactsInOrder();
    void readsWhatItPutIntoFacts();
    void makesHostileTextHarmless();
};

void OAuthErrorTest::readsATokenEndpointsBody()
{
    const Result<JsonObject> body = parseJsonObject(
        R"({"error":"invalid_grant","suberror":"bad_token","error_description":"AADSTS700082: The refresh token has expired.",
            "error_codes":[700082],"timestamp":"2026-02-03 04:05:06Z","trace_id":"t-1","correlation_id":"c-1"})");
    QVERIFY(body);
    const OAuthError error = readOAuthError(*body);
    QCOMPARE(error.error, u"invalid_grant"_s);
    QCOMPARE(error.suberror, u"bad_token"_s);
    QCOMPARE(error.aadsts, u"700082"_s);
    QCOMPARE(error.traceId, u"t-1"_s);
    QCOMPARE(error.correlationId, u"c-1"_s);
    QCOMPARE(error.timestamp, u"2026-02-03 04:05:06Z"_s);
}

void OAuthErrorTest::readsARedirect()
{
    const OAuthError error = readOAuthError(QMap<QString, QString>{{u"error"_s, u"access_denied"_s},
                                                                   {u"error_subcode"_s, u"cancel"_s},
                                                                   {u"error_description"_s, entraDescription}});
    QCOMPARE(error.error, u"access_denied"_s);
    QCOMPARE(error.suberror, u"cancel"_s);
    QCOMPARE(error.aadsts, u"65004"_s);
    QCOMPARE(error.traceId, u"a1a1a1a1-b2b2-c3c3-d4d4-e5e5e5e5e500"_s);
    QCOMPARE(error.correlationId, u"00000000-1111-2222-3333-444444444444"_s);
    QCOMPARE(error.timestamp, u"2026-02-03 04:05:06Z"_s);
}

void OAuthErrorTest::toleratesMembersOfAnyType()
{
    const OAuthError error = readOAuthError(JsonObject{{u"error"_s, u"invalid_request"_s},
                                                       {u"error_description"_s, 5},
                                                       {u"trace_id"_s, JsonArray{u"a"_s}},
                                                       {u"suberror"_s, nullptr}});
    QCOMPARE(error.error, u"invalid_request"_s);
    QVERIFY(error.description.isEmpty() && error.traceId.isEmpty() && error.suberror.isEmpty());
}

void OAuthErrorTest::decidesByErrorAndSuberror_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("suberror");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &error, const QString &suberror, ErrorCode code) {
        QTest::newRow(name) << error << suberror << code.toString();
    };
    row("declined", u"access_denied"_s, {}, errors::declined);
    row("cancelled in the browser", u"access_denied"_s, u"cancel"_s, errors::declined);
    row("declined on another device", u"authorization_declined"_s, {}, errors::declined);
    row("a device code that has expired", u"expired_token"_s, {}, errors::deviceCodeExpired);
    row("a device code that has expired, in Entra's words", u"code_expired"_s, {}, errors::deviceCodeExpired);
    row("a device code that is not known", u"bad_verification_code"_s, {}, errors::deviceCodeInvalid);
    row("interaction needed", u"interaction_required"_s, {}, errors::interactionRequired);
    row("login needed", u"login_required"_s, {}, errors::interactionRequired);
    row("consent needed", u"consent_required"_s, {}, errors::interactionRequired);
    row("an account to choose", u"account_selection_required"_s, {}, errors::interactionRequired);
    row("a grant that lacks consent", u"invalid_grant"_s, u"consent_required"_s, errors::interactionRequired);
    row("a grant with something to read", u"invalid_grant"_s, u"message_only"_s, errors::interactionRequired);
    row("a grant with something to do", u"invalid_grant"_s, u"additional_action"_s, errors::interactionRequired);
    row("a grant that is bad", u"invalid_grant"_s, u"bad_token"_s, errors::refreshTokenRejected);
    row("a grant that has expired", u"invalid_grant"_s, u"token_expired"_s, errors::grantInvalid);
    row("a grant of another client", u"invalid_grant"_s, u"client_mismatch"_s, errors::grantInvalid);
    row("a grant that is bad for no reason told", u"invalid_grant"_s, {}, errors::grantInvalid);
    row("a device that is not protected", u"invalid_grant"_s, u"protection_policy_required"_s, errors::serverRefused);
    row("a server in trouble", u"temporarily_unavailable"_s, {}, errors::serverRefused);
    row("a client that is wrong", u"invalid_client"_s, {}, errors::serverRefused);
    row("an error never heard of", u"teapot"_s, u"consent_required"_s, errors::serverRefused);
}

void OAuthErrorTest::decidesByErrorAndSuberror()
{
    QFETCH(const QString, error);
    QFETCH(const QString, suberror);
    QFETCH(const QString, code);
    QCOMPARE(signInError(oauthError(error, suberror), {}).code.toString(), code);
    // The number advises and never decides.
    QCOMPARE(signInError(oauthError(error, suberror, entraDescription), {}).code.toString(), code);
}

void OAuthErrorTest::addsAdviceForEveryKnownNumber_data()
{
    QTest::addColumn<QString>("number");
    const AdviceData advice = AdviceData::forLocale();
    QVERIFY(!advice.numbers().isEmpty());
    for (const QString &number : advice.numbers().keys())
        QTest::addRow("AADSTS%s", qPrintable(number)) << number;
}

void OAuthErrorTest::addsAdviceForEveryKnownNumber()
{
    QFETCH(const QString, number);
    const QString plain = signInError(oauthError(u"invalid_request"_s), {}).message;
    const Error error = signInError(oauthError(u"invalid_request"_s, {}, u"AADSTS%1: Words."_s.arg(number)), {});
    QVERIFY(error.message != plain);
    const AdviceData data = AdviceData::forLocale();
    const Advice *entry = data.findNumber(number);
    QCOMPARE(error.message, entry->meaning);
    QCOMPARE(error.remedy, entry->remedy);
    QCOMPARE(factValue(error.facts, facts::aadsts), number);
}

void OAuthErrorTest::explainsSuberrorsAndErrorsWithoutANumber_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("suberror");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QString &error, const QString &suberror, const QString &message) {
        QTest::newRow(name) << error << suberror << message;
    };
    row("a grant whose suberror is known", u"invalid_grant"_s, u"protection_policy_required"_s,
        u"A rule of your organization (Conditional Access) asks for an application that it manages."_s);
    row("a client whose suberror is known", u"unauthorized_client"_s, u"protection_policy_required"_s,
        u"A rule of your organization (Conditional Access) asks for an application that it manages."_s);
    row("a grant whose suberror is not known", u"invalid_grant"_s, u"teapot"_s, u"The sign-in is no longer valid."_s);
    row("a refusal whose error is known", u"invalid_target"_s, {},
        u"The sign-in server does not know the API that was asked for, or does not allow it."_s);
    row("a refusal whose error is not known", u"teapot"_s, u"bad_token"_s, u"The sign-in server refused (teapot)."_s);
    row("a decline, cancelled in the browser", u"access_denied"_s, u"cancel"_s, u"The sign-in was declined."_s);
}

void OAuthErrorTest::explainsSuberrorsAndErrorsWithoutANumber()
{
    QFETCH(const QString, error);
    QFETCH(const QString, suberror);
    QTEST(signInError(oauthError(error, suberror), {}).message, "message");
}

void OAuthErrorTest::givesTheFactsInOrder()
{
    const Error error =
        signInError(oauthError(u"access_denied"_s, u"cancel"_s, entraDescription), u"http://localhost:50123"_s);
    QCOMPARE(factLines(error.facts).split(u'\n', Qt::SkipEmptyParts),
             (QStringList{u"OAuth error: access_denied"_s, u"Suberror: cancel"_s, u"AADSTS number: 65004"_s,
                          u"Correlation ID: 00000000-1111-2222-3333-444444444444"_s,
                          u"Trace ID: a1a1a1a1-b2b2-c3c3-d4d4-e5e5e5e5e500"_s, u"Timestamp: 2026-02-03 04:05:06Z"_s,
                          u"Redirect URI: http://localhost:50123"_s, u"Server said: "_s + entraDescription}));
}

void OAuthErrorTest::readsWhatItPutIntoFacts()
{
    const OAuthError error = oauthError(u"access_denied"_s, u"cancel"_s, entraDescription);
    const OAuthError read = oauthErrorOf(signInError(error, {}).facts);
    QCOMPARE(QStringList({read.error, read.suberror, read.description, read.aadsts, read.correlationId, read.traceId,
                          read.timestamp}),
             QStringList({error.error, error.suberror, error.description, error.aadsts, error.correlationId,
                          error.traceId, error.timestamp}));
}

void OAuthErrorTest::makesHostileTextHarmless()
{
    const QString token = u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyaWxleSJ9.c2lnbmF0dXJl"_s;
    const Error error = signInError(
        oauthError(u"bad\u202E\nError: good"_s, {}, u"line\r\nTrace ID: x "_s + token + QString(100'000, u'a')), {});
    QCOMPARE(error.facts.size(), std::size_t{2});
    QCOMPARE(factLines(error.facts).count(u'\n'), 2);
    QVERIFY(error.message.size() < 400 && factLines(error.facts).size() < 3000);
    QVERIFY(!(advised(error) + factLines(error.facts)).contains(u'\u202E'));
    QVERIFY(!factLines(error.facts).contains(token));
}

QTEST_GUILESS_MAIN(OAuthErrorTest)
#include "oauth-error-test.moc"
