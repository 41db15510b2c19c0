#include "identity/sign-in-advice.h"
#include "sample-connection.h"

#include <QTest>
#include <QUrlQuery>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

const QString tenant = u"c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
const QString clientId = u"0d440d44-0d44-4d44-8d44-0d440d440d44"_s;
const QString apiId = u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s;

AdviceContext context() { return adviceContext(sampleConnection(u"https://login.microsoftonline.com/"_s + tenant)); }

OAuthError number(const QString &aadsts)
{
    OAuthError error;
    error.aadsts = aadsts;
    error.correlationId = u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s;
    error.timestamp = u"2026-11-26T13:26:41Z"_s;
    return error;
}

QString valueOf(const SignInAdvice &advice, const QString &label)
{
    for (const AdviceValue &value : advice.values) {
        if (value.label == label)
            return value.value;
    }
    return {};
}

} // namespace

class SignInAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheMessageForTheAdmin()
    {
        const SignInAdvice advice = signInAdvice(number(u"50105"_s), u"riley@contoso.com"_s, context());
        QVERIFY(advice.isKnown);
        QCOMPARE(advice.code, u"AADSTS50105"_s);
        QCOMPARE(advice.headline, u"You are not assigned to this application"_s);
        QCOMPARE(advice.explanation,
                 u"Library lets only assigned people sign in to Bookdesk, and riley@contoso.com is not one of them. "
                 "This error stays in the browser; Bookdesk is never told."_s);
        QCOMPARE(advice.who, u"An admin of Library."_s);
        QCOMPARE(advice.whoNote, u"Trying again does not help until then."_s);
        QCOMPARE(advice.where, u"On Bookdesk's own application, not on the API's"_s);
        QVERIFY(advice.values.empty());
        QCOMPARE(advice.message,
                 u"I cannot sign in to Bookdesk (application ID %1, tenant %2). The sign-in server says AADSTS50105: "
                 "This account is not assigned to the application.\n\nTo let me in: Entra admin center › Enterprise "
                 "applications › Bookdesk › Users and groups › Add user/group, then choose riley@contoso.com.\n\n"
                 "When: 2026-11-26 13:26 UTC. Correlation ID: 4fa5e68b-d448-4c69-add6-f53788652c6f."_s.arg(clientId,
                                                                                                           tenant));
        QCOMPARE(factValue(advice.facts, facts::correlationId), u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s);
    }

    void givesTheLinkForConsent()
    {
        const QString link = context().consentLink;
        const QUrl url(link);
        QCOMPARE(url.host(), u"login.microsoftonline.com"_s);
        QCOMPARE(url.path(), u'/' + tenant + u"/v2.0/adminconsent"_s);
        const QUrlQuery query(url);
        QCOMPARE(query.queryItemValue(u"client_id"_s, QUrl::FullyDecoded), clientId);
        QCOMPARE(query.queryItemValue(u"scope"_s, QUrl::FullyDecoded), u"api://6f1c/Books.Read"_s);
        QCOMPARE(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded), context().redirectUri);
        const QString message = signInAdvice(number(u"90094"_s), {}, context()).message;
        QVERIFY2(message.contains(link), qPrintable(message));
        QVERIFY2(message.contains("Its last page cannot be reached"_L1), qPrintable(message));
        QVERIFY2(message.contains("This is fine"_L1), qPrintable(message));
    }

    void givesNoLinkWhereThereIsNoSuchPage()
    {
        JsonObject file = sampleFile(u"http://localhost:4444/"_s + tenant);
        file.set(u"apiBaseUrl"_s, u"http://localhost:4444"_s);
        const Result<Connection> sandbox = readConnection(toCompactJson(file));
        QVERIFY2(sandbox, qPrintable(sandbox ? QString() : sandbox.error().message));
        QVERIFY(adviceContext(*sandbox).consentLink.isEmpty());
    }

    void leavesOutWhatIsNotKnown()
    {
        const SignInAdvice consent = signInAdvice(number(u"90094"_s), {}, {});
        QVERIFY(!consent.message.contains("last page"_L1) && !consent.message.contains(u'{'));
        QVERIFY(consent.message.contains("Permissions"_L1));
        QCOMPARE(consent.who, u"An admin of your organization."_s);
        OAuthError bare;
        bare.aadsts = u"50105"_s;
        const SignInAdvice assigned = signInAdvice(bare, {}, {});
        QVERIFY(assigned.message.endsWith("then choose my account."_L1));
        QCOMPARE(assigned.explanation, u"This account is not assigned to the application. Ask an administrator to "
                                       "assign you to it under Enterprise applications. "
                                       "This error stays in the browser; Bookdesk is never told."_s);
    }

    void givesTheValuesToRegister_data()
    {
        QTest::addColumn<QString>("aadsts");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const char *aadsts, const QString &label, const QString &value,
                            const QString &where) {
            QTest::newRow(name) << QString::fromLatin1(aadsts) << label << value << where;
        };
        const QString client = u"On Bookdesk's own registration, not on the API's"_s;
        row("the redirect URI", "50011", u"Redirect URI"_s, u"http://localhost"_s, client);
        row("the platform", "7000218", u"Platform"_s, u"Mobile and desktop applications"_s, client);
        row("the client's ID", "9002327", u"Application ID"_s, clientId, client);
        row("the API's ID", "650053", u"Application ID"_s, apiId, u"On the API's registration, not on Bookdesk's"_s);
        row("the scopes", "70011", u"Scopes"_s, u"api://6f1c/Books.Read"_s,
            u"In this connection's settings in Bookdesk"_s);
        row("the tenant", "90002", u"Tenant"_s, tenant, u"In this connection's settings in Bookdesk"_s);
    }

    void givesTheValuesToRegister()
    {
        QFETCH(const QString, aadsts);
        QFETCH(const QString, label);
        const SignInAdvice advice = signInAdvice(number(aadsts), {}, context());
        QTEST(valueOf(advice, label), "value");
        QTEST(advice.where, "where");
        QVERIFY(advice.message.isEmpty());
    }

    void knowsARegistrationThatIsShared()
    {
        AdviceContext shared = context();
        shared.apiId = shared.clientId.toUpper();
        QCOMPARE(signInAdvice(number(u"50011"_s), {}, shared).where,
                 u"On the one registration that Bookdesk and the API share"_s);
    }

    void saysEverythingOnAnUnknownNumber()
    {
        OAuthError error = number(u"99999999"_s);
        error.error = u"invalid_grant"_s;
        error.suberror = u"bad_token"_s;
        const SignInAdvice advice = signInAdvice(error, {}, context());
        QVERIFY(!advice.isKnown);
        QCOMPARE(advice.headline, u"The sign-in server says AADSTS99999999"_s);
        QVERIFY(advice.message.contains("AADSTS99999999"_L1) && advice.message.contains(error.correlationId));
        QVERIFY(advice.explanation.contains("https://login.microsoftonline.com/error"_L1));
        QCOMPARE(factValue(advice.facts, facts::suberror), u"bad_token"_s);
        QCOMPARE(factValue(advice.facts, facts::timestamp), error.timestamp);
    }

    void saysWhatIsUsualWithoutANumber()
    {
        OAuthError error;
        error.correlationId = u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s;
        const SignInAdvice advice = signInAdvice(error, {}, context());
        QCOMPARE(advice.headline, u"No AADSTS number found"_s);
        QVERIFY(advice.code.isEmpty() && advice.message.isEmpty() && advice.values.empty());
        QCOMPARE(factValue(advice.facts, facts::correlationId), error.correlationId);
    }

    void saysThatAnErrorStaysInTheBrowserOnlyWhereItDoes()
    {
        QVERIFY(signInAdvice(number(u"50011"_s), {}, {}).explanation.contains("stays in the browser"_L1));
        QVERIFY(!signInAdvice(number(u"90094"_s), {}, {}).explanation.contains("stays in the browser"_L1));
        QVERIFY(!signInAdvice(number(u"700082"_s), {}, {}).explanation.contains("stays in the browser"_L1));
    }

    void advisesOnErrorsWithoutANumber()
    {
        OAuthError error;
        error.error = u"invalid_grant"_s;
        QCOMPARE(signInAdvice(error, {}, {}).headline, u"The sign-in is no longer valid"_s);
        error.suberror = u"client_mismatch"_s;
        QCOMPARE(signInAdvice(error, {}, {}).headline, u"The sign-in belongs to another client"_s);
    }

    void makesHostileTextHarmless()
    {
        OAuthError error = number(u"50105"_s);
        error.timestamp = u"\u202Eyesterday"_s;
        const QString user = u"\u202E{consentLink}"_s + QString(10'000, u'x');
        const SignInAdvice advice = signInAdvice(error, user, context());
        const QString all = advice.explanation + advice.message + factLines(advice.facts);
        QVERIFY(!all.contains(u'\u202E'));
        QVERIFY(all.size() < 3000);
        QVERIFY(!advice.message.contains("adminconsent"_L1));
    }
};

QTEST_GUILESS_MAIN(SignInAdviceTest)
#include "sign-in-advice-test.moc"
