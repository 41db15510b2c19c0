// A sign-in on another device, against a tenant over real sockets: everything that the token endpoint can say
// meanwhile.
#include "identity/device-code-bench.h"
#include "identity/errors.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <optional>
#include <vector>

using namespace bookdesk;
using namespace bookdesk::identity;
namespace ids = bookdesk::identity::errors;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString codeOf(const Result<SignedIn> &outcome) { return outcome ? u"no error"_s : outcome.error().code.toString(); }

/// Where an attempt can be ended.
enum class Stage { asking, askingForTokens, pausing };

void addStages()
{
    QTest::addColumn<Stage>("stage");
    QTest::newRow("while the code is asked for") << Stage::asking;
    QTest::newRow("while the tokens are asked for") << Stage::askingForTokens;
    QTest::newRow("between two questions") << Stage::pausing;
}

/// Starts an attempt that stays at @p stage.
bool reach(DeviceCodeBench &bench, Stage stage)
{
    if (stage == Stage::asking)
        bench.tenant.onDevice = [](const Form &) { return QByteArray(); };
    bench.tenant.isSilent = stage == Stage::askingForTokens;
    DeviceCodeLimits limits = fastDeviceCodes();
    if (stage == Stage::pausing)
        limits.code.leastInterval = 100s;
    bench.start(std::nullopt, limits);
    return bench.waitFor([&bench, stage] {
        return stage == Stage::asking            ? bench.tenant.deviceRequests().size() == 1
               : stage == Stage::askingForTokens ? bench.tenant.tokenRequests().size() == 1
                                                 : bench.signIn->code().has_value();
    });
}

} // namespace

Q_DECLARE_METATYPE(Stage)

class DeviceCodeSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsInWhenThePersonHasFinished()
    {
        DeviceCodeBench bench;
        bench.answers = {pendingAnswer(), pendingAnswer()};
        bench.start();
        QCOMPARE(bench.signIn->step(), DeviceCodeStep::askForCode);
        QVERIFY(bench.waitFor([&] { return bench.signIn->code().has_value(); }));
        QCOMPARE(bench.signIn->code()->userCode, u"F7QK2XRMT"_s);
        QCOMPARE(bench.signIn->step(), DeviceCodeStep::awaitPerson);
        const Result<SignedIn> outcome = bench.finish();
        QCOMPARE(codeOf(outcome), u"no error"_s);
        QCOMPARE(outcome->identity.displayName(), u"Riley Reader"_s);
        QCOMPARE(outcome->grants.scopes, QStringList{u"Books.Read"_s});
        QVERIFY(outcome->accessToken.verification.passed());
        QCOMPARE(outcome->tokens.refreshToken, Secret("RT-1~"));
        QCOMPARE(bench.tenant.tokenRequests().size(), 3U);
    }

    void asksAsTheSpecificationSays()
    {
        DeviceCodeBench bench;
        bench.start();
        QVERIFY(bench.finish());
        const Form code = bench.tenant.deviceRequests().front();
        QCOMPARE(code.value("client_id"), bench.tenant.connection().clientId.toUtf8());
        QCOMPARE(code.value("scope"), bench.tenant.connection().scopes.join(u' ').toUtf8());
        const QByteArray capable = R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba;
        QCOMPARE(code.value("claims"), capable);
        QCOMPARE(code.size(), 3);
        const Form form = bench.tenant.tokenRequests().front();
        QCOMPARE(form.value("grant_type"), "urn:ietf:params:oauth:grant-type:device_code"_ba);
        QCOMPARE(form.value("device_code"), "the-secret-device-code"_ba);
        QCOMPARE(form.value("client_id"), bench.tenant.connection().clientId.toUtf8());
        QCOMPARE(form.value("claims"), capable);
        QCOMPARE(form.size(), 4);
    }

    void asksNobodyWhereThereIsNoSignIn()
    {
        DeviceCodeBench bench;
        bench.connection.provider.hasSignIn = false;
        bench.start();
        QCOMPARE(codeOf(bench.finish()), u"sign-in.not-offered"_s);
        QVERIFY(bench.tenant.deviceRequests().empty());
    }

    void opensNoPageOfAnotherProvider()
    {
        DeviceCodeBench bench;
        bench.connection.provider.endpointRule = EndpointRule::anyHost;
        bench.start();
        QCOMPARE(codeOf(bench.finish()), u"sign-in.response-invalid"_s);
        QVERIFY(!bench.signIn->code());
        QVERIFY(bench.tenant.tokenRequests().empty());
    }

    void withoutCapabilitiesNoClaimsAreSent()
    {
        DeviceCodeBench bench;
        bench.connection.provider.capabilities.clear();
        bench.start();
        QVERIFY(bench.finish());
        QVERIFY(!bench.tenant.deviceRequests().front().contains("claims"));
        QVERIFY(!bench.tenant.tokenRequests().front().contains("claims"));
    }

    void slowDownIsObeyedForGood()
    {
        DeviceCodeBench bench;
        bench.answers = {pendingAnswer(), oauthFailure("slow_down", "Slower."), pendingAnswer()};
        bench.start();
        QVERIFY(bench.waitFor([&] { return bench.signIn->interval() == 110ms; }));
        QCOMPARE(codeOf(bench.finish()), u"no error"_s);
        QCOMPARE(bench.askedAt.size(), 4U);
        QVERIFY(bench.askedAt.at(2) - bench.askedAt.at(1) >= 110ms);
        QVERIFY(bench.askedAt.at(3) - bench.askedAt.at(2) >= 110ms);
    }

    void whatPassesDoesNotEndIt_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("a server that is down") << httpAnswer("503 Service Unavailable");
        QTest::newRow("too many requests") << httpAnswer("429 Too Many Requests", {{"Retry-After"_ba, "0"_ba}});
        QTest::newRow("a gateway's page") << httpAnswer("502 Bad Gateway", {}, "<html></html>");
    }

    void whatPassesDoesNotEndIt()
    {
        QFETCH(const QByteArray, answer);
        DeviceCodeBench bench;
        bench.answers = {answer, answer};
        bench.start();
        QCOMPARE(codeOf(bench.finish()), u"no error"_s);
        QCOMPARE(bench.tenant.tokenRequests().size(), 3U);
    }

    void aNetworkThatIsAwayDoesNotEndIt()
    {
        DeviceCodeBench bench;
        bench.answers = std::vector<QByteArray>(100'000, pendingAnswer());
        bench.start();
        QVERIFY(bench.waitUntilAsked(2));
        bench.tenant.server().goAway();
        QVERIFY(bench.waitFor([&] { return bench.manager.reachability().failure() != nullptr; }));
        QVERIFY(!bench.hasEnded());
        bench.tenant.server().comeBack();
        bench.answers.clear();
        QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    }

    void tellsWhyItEnded_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &answer, ErrorCode code) {
            QTest::newRow(name) << answer << code.toString();
        };
        const auto entra = [](const QByteArray &error) { return oauthFailure(error, "AADSTS1: Words."); };
        row("declined", entra("access_denied"), ids::declined);
        row("declined, as Entra says", entra("authorization_declined"), ids::declined);
        row("expired", entra("expired_token"), ids::deviceCodeExpired);
        row("expired, as Entra says", entra("code_expired"), ids::deviceCodeExpired);
        row("a code that nobody knows", entra("bad_verification_code"), ids::deviceCodeInvalid);
        row("blocked", oauthFailure("invalid_grant", "AADSTS53003: Blocked by Conditional Access."), ids::grantInvalid);
        row("a client that may not", entra("invalid_client"), ids::serverRefused);
        row("a redirect", httpAnswer("302 Found", {{"Location"_ba, "https://evil.test/"_ba}}), ids::serverRefused);
        row("a page in place of tokens", httpAnswer("200 OK", {}, "<html></html>"), ids::responseInvalid);
        row("tokens that are none", httpAnswer("200 OK", {}, "{}"), ids::responseInvalid);
    }

    void tellsWhyItEnded()
    {
        QFETCH(const QByteArray, answer);
        DeviceCodeBench bench;
        bench.answers = {pendingAnswer(), answer};
        bench.start();
        QTEST(codeOf(bench.finish()), "code");
        QCOMPARE(bench.tenant.tokenRequests().size(), 2U);
    }

    void theCodesLifeEndsIt()
    {
        DeviceCodeBench bench;
        bench.answers = std::vector<QByteArray>(100'000, pendingAnswer());
        bench.tenant.onDevice = [](const Form &) { return deviceCodeAnswer(1); };
        bench.start();
        QCOMPARE(codeOf(bench.finish()), ids::deviceCodeExpired.toString());
    }

    void theCodesLifeEndsItWhileNobodyAnswers()
    {
        DeviceCodeBench bench;
        bench.tenant.isSilent = true;
        bench.tenant.onDevice = [](const Form &) { return deviceCodeAnswer(1); };
        bench.start();
        QCOMPARE(codeOf(bench.finish()), ids::deviceCodeExpired.toString());
        QVERIFY2(!bench.manager.reachability().failure(), "the request was stopped and did not time out");
    }

    void timeThatPassedAsleepCounts()
    {
        DeviceCodeBench bench;
        TimePoint now = systemNow();
        bench.clock = [&now] { return now; };
        bench.answers = std::vector<QByteArray>(100'000, pendingAnswer());
        bench.start();
        QVERIFY(bench.waitUntilAsked(1));
        now += 901s;
        const std::size_t asked = bench.tenant.tokenRequests().size();
        QCOMPARE(codeOf(bench.finish()), ids::deviceCodeExpired.toString());
        QVERIFY(bench.tenant.tokenRequests().size() <= asked + 1);
    }

    void aServerThatGivesNoCodeIsNotWaitedForWithoutEnd()
    {
        DeviceCodeBench bench;
        bench.tenant.onDevice = [](const Form &) { return QByteArray(); };
        DeviceCodeLimits limits = fastDeviceCodes();
        limits.asking = 100ms;
        bench.start(std::nullopt, limits);
        QCOMPARE(codeOf(bench.finish()), u"net.timed-out"_s);
    }

    void aTenantWithoutCodesIsNotAsked()
    {
        DeviceCodeBench bench;
        bench.tenant.givesDeviceCodes = false;
        bench.start();
        QCOMPARE(codeOf(bench.finish()), ids::deviceCodeUnsupported.toString());
        QVERIFY(bench.tenant.deviceRequests().empty());
    }

    void aRefusedCodeIsToldInTheTenantsWords()
    {
        DeviceCodeBench bench;
        bench.tenant.onDevice = [](const Form &) { return oauthFailure("invalid_client", "AADSTS7000218: Words."); };
        bench.start();
        const Result<SignedIn> outcome = bench.finish();
        QCOMPARE(codeOf(outcome), ids::serverRefused.toString());
        QCOMPARE(factValue(outcome.error().facts, facts::aadsts), u"7000218"_s);
    }

    void tokensAreVerifiedAsAfterTheBrowser_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("check");
        QTest::newRow("for another client") << u"aud"_s << u"another"_s << u"audience"_s;
        QTest::newRow("of another issuer") << u"iss"_s << u"https://evil.test/v2.0"_s << u"issuer"_s;
        QTest::newRow("that answers another sign-in") << u"nonce"_s << u"another"_s << u"nonce"_s;
    }

    void tokensAreVerifiedAsAfterTheBrowser()
    {
        QFETCH(const QString, claim);
        QFETCH(const QString, value);
        DeviceCodeBench bench;
        JsonObject id = bench.tenant.idClaims();
        id.remove(u"nonce");
        id.set(claim, value);
        bench.answers = {bench.tenant.tokenAnswer(id, bench.tenant.accessClaims())};
        bench.start();
        const Result<SignedIn> outcome = bench.finish();
        QCOMPARE(codeOf(outcome), ids::idTokenRejected.toString());
        QTEST(factValue(outcome.error().facts, facts::check), "check");
    }

    void withoutAnIdTokenNobodyIsSignedIn()
    {
        DeviceCodeBench bench;
        bench.tenant.idTokenMember = {};
        bench.start();
        QCOMPARE(codeOf(bench.finish()), ids::idTokenRejected.toString());
    }

    void signingInAgainIsForTheSamePerson_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("code");
        QTest::newRow("the same") << QString() << u"no error"_s;
        QTest::newRow("another subject") << u"sub"_s << u"sign-in.another-account"_s;
        QTest::newRow("another object ID") << u"oid"_s << u"sign-in.another-account"_s;
    }

    void signingInAgainIsForTheSamePerson()
    {
        QFETCH(const QString, claim);
        DeviceCodeBench bench;
        bench.start();
        const Result<SignedIn> first = bench.finish();
        QVERIFY(first);
        JsonObject id = bench.tenant.idClaims();
        JsonObject access = bench.tenant.accessClaims();
        id.remove(u"nonce");
        if (!claim.isEmpty()) {
            id.set(claim, u"somebody-else"_s);
            access.set(claim, u"somebody-else"_s);
        }
        bench.answers = {{}, bench.tenant.tokenAnswer(id, access)};
        bench.start(accountOf(bench.connection, first->identity));
        QTEST(codeOf(bench.finish()), "code");
    }

    void secretsAreLearntAndNotRecorded()
    {
        DeviceCodeBench bench;
        bench.answers = {pendingAnswer()};
        bench.start();
        const Result<SignedIn> outcome = bench.finish();
        QVERIFY(outcome);
        QStringList secrets{u"the-secret-device-code"_s};
        for (const Secret &token : outcome->tokens.secrets())
            secrets += QString::fromLatin1(token.reveal());
        for (const QString &secret : secrets) {
            if (secret.size() >= 8)
                QVERIFY(!bench.redactor.redacted(u"seen: "_s + secret).contains(secret));
            for (const net::Exchange &exchange : bench.log.exchanges())
                QVERIFY(!(exchange.requestBody + exchange.responseBody).contains(secret));
        }
    }

    void theDeviceCodeIsLearntAtOnce()
    {
        DeviceCodeBench bench;
        QVERIFY(reach(bench, Stage::pausing));
        QVERIFY(bench.tenant.tokenRequests().empty());
        QVERIFY(!bench.redactor.redacted(u"seen: the-secret-device-code"_s).contains(u"device-code"_s));
    }

    void theLinkIsOpenedOnceItIsThere()
    {
        DeviceCodeBench bench;
        QVERIFY(reach(bench, Stage::asking));
        std::optional<Error> why;
        bench.signIn->openLink().failure().whenSet([&why](const std::optional<Error> &error) { why = error; });
        QVERIFY(why && bench.opened.empty());

        DeviceCodeBench later;
        QVERIFY(reach(later, Stage::pausing));
        later.signIn->openLink();
        QCOMPARE(later.opened, std::vector{QUrl(u"https://microsoft.com/devicelogin"_s)});
    }

    void cancelEndsIt_data() { addStages(); }

    void cancelEndsIt()
    {
        QFETCH(const Stage, stage);
        DeviceCodeBench bench;
        QVERIFY(reach(bench, stage));
        const std::size_t asked = bench.tenant.tokenRequests().size();
        bench.signIn->cancel();
        QVERIFY(bench.hasEnded());
        QCOMPARE(codeOf(bench.finish()), ids::cancelled.toString());
        QCOMPARE(bench.tenant.tokenRequests().size(), asked);
    }

    void destroyingEndsIt_data() { addStages(); }

    void destroyingEndsIt()
    {
        QFETCH(const Stage, stage);
        DeviceCodeBench bench;
        QVERIFY(reach(bench, stage));
        bench.signIn.reset();
        QVERIFY(bench.hasEnded());
        QCOMPARE(codeOf(bench.finish()), ids::cancelled.toString());
    }

    void destroyingWhileProgressIsTold()
    {
        DeviceCodeBench bench;
        bench.start();
        connect(bench.signIn.get(), &DeviceCodeSignIn::progressed, this, [&bench] { bench.signIn.reset(); });
        QCOMPARE(codeOf(bench.finish()), ids::cancelled.toString());
    }
};

QTEST_GUILESS_MAIN(DeviceCodeSignInTest)
#include "device-code-sign-in-test.moc"
