#include "app/cli/cli-process.h"
#include "core/hostile-strings.h"
#include "jose/token-issuer.h"
#include "net/fake-server.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace bookdesk;
using namespace bookdesk::jose;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? *value->asString() : QString();
}

/// The result of one check in a printed token.
QString checkResult(const Run &run, const QString &check)
{
    const JsonObject object = run.json();
    const Json *checks = object.find(u"checks");
    if (!checks || !checks->asArray())
        return {};
    for (const Json &item : *checks->asArray()) {
        if (textOf(*item.asObject(), u"check") == check)
            return textOf(*item.asObject(), u"result");
    }
    return {};
}

} // namespace

class TokenCommandsTest : public QObject
{
    Q_OBJECT

private:
    TokenIssuer m_issuer;
    std::unique_ptr<LocalSandbox> m_sandbox;

    /// A token that is valid now, for half an hour.
    JsonObject claimsNow() const
    {
        const std::int64_t now = QDateTime::currentSecsSinceEpoch();
        JsonObject claims = TokenIssuer::accessClaims();
        claims.set(u"iat"_s, now - 60);
        claims.set(u"nbf"_s, now - 60);
        claims.set(u"exp"_s, now + 1800);
        return claims;
    }

    QByteArray signedToken(const JsonObject &claims) const { return m_issuer.sign(claims).reveal().toByteArray(); }

    QStringList verifying(const QString &file, const QString &jwks) const
    {
        return {
            u"token"_s,      u"verify"_s,        file,       u"--jwks"_s, jwks, u"--issuer"_s, TokenIssuer::issuer(),
            u"--audience"_s, TokenIssuer::api(), u"--json"_s};
    }

    QString jwksFile() const
    {
        return m_sandbox->write(u"keys.json"_s,
                                toCompactJson(JsonObject{{u"keys"_s, JsonArray{m_issuer.key().publicJwk()}}}));
    }

    Run show(const QStringList &more) const
    {
        return run(
            QStringList{u"token"_s, u"show"_s, u"--connection"_s, m_sandbox->connection(), u"--persona"_s, u"ada"_s} +
            more);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_issuer.isReady());
        m_sandbox = std::make_unique<LocalSandbox>();
    }

    void cleanup() { m_sandbox->server().clearFaults(); }

    void theAccessTokenIsShown()
    {
        const Run result = show({u"--json"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.memberNames(), (QStringList{u"outcome"_s, u"header"_s, u"claims"_s, u"meanings"_s, u"checks"_s,
                                                    u"verdict"_s, u"diagnosis"_s, u"clockAhead"_s}));
        const JsonObject object = result.json();
        QCOMPARE(textOf(*object.find(u"header")->asObject(), u"alg"), u"RS256"_s);
        QVERIFY(textOf(*object.find(u"claims")->asObject(), u"scp").contains(u"Books.Read"_s));
        QCOMPARE(textOf(object, u"verdict"), u"passed"_s);
        QCOMPARE(checkResult(result, u"signature"_s), u"passed"_s);
        QCOMPARE(checkResult(result, u"audience"_s), u"passed"_s);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
        QVERIFY(isFreeOfTokens(result));
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void theMeaningsAreShown()
    {
        const JsonObject meanings = *show({u"--json"_s}).json().find(u"meanings")->asObject();
        const JsonObject &claims = *meanings.find(u"claims")->asObject();
        QCOMPARE(textOf(claims, u"aud"), u"For the books API"_s);
        QCOMPARE(textOf(claims, u"azp"), u"The app that asked: Bookdesk"_s);
        QVERIFY(!textOf(*meanings.find(u"header")->asObject(), u"alg").isEmpty());
        const Run text = show({});
        for (const char *meaning : {"For the books API", "The app that asked: Bookdesk"})
            QVERIFY2(text.out.contains(meaning), text.out.constData());
        static const QRegularExpression expiry(u"Expires (today|tomorrow) \\d\\d:\\d\\d, in "_s); // after 23 o'clock
        QVERIFY2(expiry.match(QString::fromUtf8(text.out)).hasMatch(), text.out.constData());
    }

    void aTokenOfAFileIsExplainedByItsConnection()
    {
        const QString file = m_sandbox->write(u"token.txt"_s, signedToken(claimsNow()));
        const JsonObject meanings = *run(verifying(file, jwksFile())).json().find(u"meanings")->asObject();
        QCOMPARE(textOf(*meanings.find(u"claims")->asObject(), u"aud"), u"For the books API"_s);
    }

    void aClockThatIsOffIsNoted()
    {
        sandbox::SandboxOptions options;
        options.clock = [] { return systemNow() - std::chrono::minutes(30); };
        const LocalSandbox late(options);
        const QStringList arguments{u"token"_s,        u"show"_s,      u"--connection"_s,
                                    late.connection(), u"--persona"_s, u"ada"_s};
        const Run text = run(arguments);
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.contains("Clock\n  This computer's clock is 30 min fast"), text.out.constData());
        const JsonObject json = run(arguments + QStringList{u"--json"_s}).json();
        QVERIFY(std::abs(json.find(u"clockAhead")->toDouble() - 1800) < 60);
        QVERIFY(!show({}).out.contains("Clock\n"));
    }

    void numbersAreShownAsTheyAreWritten()
    {
        JsonObject claims = claimsNow();
        claims.set(u"big"_s, WrittenNumber{"18446744073709551617"});
        claims.set(u"fraction"_s, WrittenNumber{"1.50"});
        claims.set(u"zero"_s, WrittenNumber{"-0"});
        claims.set(u"power"_s, WrittenNumber{"1E2"});
        const QString file = m_sandbox->write(u"token.txt"_s, signedToken(claims));
        QStringList arguments = verifying(file, jwksFile());
        QVERIFY(run(arguments).out.contains(R"("big":18446744073709551617,"fraction":1.50,"zero":-0,"power":1E2)"));
        arguments.removeAll(u"--json"_s);
        const QByteArray text = run(arguments).out;
        for (const QByteArray &line : {" 18446744073709551617\n"_ba, " 1.50\n"_ba, " -0\n"_ba, " 1E2\n"_ba})
            QVERIFY2(text.contains(line), text.constData());
    }

    void twoTokensAreCompared()
    {
        JsonObject claims = claimsNow();
        const QString a = m_sandbox->write(u"a.jwt"_s, signedToken(claims));
        claims.set(u"roles"_s, JsonArray{Json(u"Books.Admin"_s)});
        const QString b = m_sandbox->write(u"b.jwt"_s, "Bearer " + signedToken(claims));
        QStringList arguments = verifying(a, jwksFile());
        arguments[1] = u"compare"_s;
        arguments.insert(3, b);
        const Run result = run(arguments);
        QCOMPARE(result.status, 0);
        const JsonObject object = result.json();
        QCOMPARE(textOf(object, u"change"), u"more"_s);
        const JsonObject first = *object.find(u"claims")->asArray()->front().asObject();
        QVERIFY(object.find(u"predictions")->asArray()->size() == 2);
        QVERIFY(!textOf(first, u"difference").isEmpty());
        QVERIFY(isFreeOfTokens(result));
        arguments.removeOne(u"--json"_s);
        QVERIFY(run(arguments).out.contains("Books.Admin"));
    }

    void aTokenIsReportedWithoutItsValues()
    {
        JsonObject claims = claimsNow();
        claims.set(u"initial"_s, u"R"_s);
        const QString file = m_sandbox->write(u"a.jwt"_s, signedToken(claims));
        QStringList arguments = verifying(file, jwksFile());
        arguments[1] = u"report"_s;
        const Run result = run(arguments);
        QCOMPARE(result.status, 0);
        QVERIFY(result.json().find(u"checks")->asArray()->size() > 5);
        QVERIFY(isFreeOfTokens(result));
        arguments.removeOne(u"--json"_s);
        const Run forPeople = run(arguments);
        for (const Run &shared : {result, forPeople}) {
            QVERIFY2(shared.out.contains("username"), shared.out.constData()); // Markdown escapes the underscore
            QVERIFY(!shared.out.contains("riley.reader@example.test"));
            QVERIFY2(shared.out.contains("text of 1 character\"") || shared.out.contains("text of 1 character |"),
                     shared.out.constData());
        }
    }

    void hostileTextInATokenIsOnlyText_data() { addHostileRows(); }

    void hostileTextInATokenIsOnlyText()
    {
        QFETCH(QString, text);
        JsonObject claims = claimsNow();
        claims.set(u"name"_s, text);
        claims.set(u"roles"_s, JsonArray{Json(text)});
        claims.set(u"x"_s + text, JsonObject{{text, Json(text)}});
        const Secret token = m_issuer.sign(claims, JsonObject{{u"x"_s + text, text}});
        const QString a = m_sandbox->write(u"a.jwt"_s, token.reveal().toByteArray());
        const QString b = m_sandbox->write(u"b.jwt"_s, signedToken(claimsNow()));
        QStringList arguments = verifying(a, jwksFile());
        arguments.removeOne(u"--json"_s);
        QStringList comparing = arguments;
        comparing[1] = u"compare"_s;
        comparing.insert(3, b);
        QStringList reporting = arguments;
        reporting[1] = u"report"_s;
        for (const QStringList &command : {arguments, comparing, reporting}) {
            const Run result = run(command);
            QVERIFY2(!result.out.isEmpty(), result.err.constData());
            QVERIFY2(showsAll(QString::fromUtf8(result.out + result.err)), result.out.constData());
        }
    }

    void noNameAndNoValueInATokenAddsALine()
    {
        const auto lines = [this](const QString &text, const QString &verb) {
            JsonObject claims = claimsNow();
            for (const QString &name : {u"name"_s, u"azp"_s, u"amr"_s, u"acr"_s, u"idp"_s, u"x"_s + text})
                claims.set(name, text);
            claims.set(u"roles"_s, JsonArray{Json(text)});
            const Secret token = m_issuer.sign(claims, JsonObject{{u"y"_s + text, text}});
            QStringList arguments = verifying(m_sandbox->write(u"a.jwt"_s, token.reveal().toByteArray()), jwksFile());
            arguments[1] = verb;
            if (verb == "compare"_L1)
                arguments.insert(3, m_sandbox->write(u"b.jwt"_s, signedToken(claimsNow())));
            arguments.removeOne(u"--json"_s);
            return run(arguments).out.split('\n');
        };
        for (const QString &verb : {u"verify"_s, u"compare"_s, u"report"_s}) {
            const QByteArrayList shown = lines(u"a\nb\r\nc"_s, verb);
            QVERIFY(shown.size() > 5);
            QVERIFY2(shown.size() == lines(u"abc"_s, verb).size(), shown.join('\n').constData());
        }
    }

    void theIdTokenIsShown()
    {
        const Run result = show({u"--id"_s, u"--json"_s});
        QCOMPARE(result.status, 0);
        const JsonObject object = result.json();
        QVERIFY(!textOf(*object.find(u"claims")->asObject(), u"nonce").isEmpty());
        QCOMPARE(checkResult(result, u"nonce"_s), u"passed"_s);
        QVERIFY(isFreeOfTokens(result));
    }

    void peopleGetChecksAndAVerdict()
    {
        const Run result = show({});
        QCOMPARE(result.status, 0);
        for (const char *part :
             {"Header", "Claims", "Checks", "Verdict", "The token passes every check.", "Books.Admin"})
            QVERIFY2(result.out.contains(part), result.out.constData());
        QVERIFY(isFreeOfTokens(result));
    }

    void onlyRevealPrintsTheToken()
    {
        const Run json = show({u"--reveal"_s, u"--json"_s});
        QCOMPARE(json.memberNames().last(), u"token"_s);
        QCOMPARE(textOf(json.json(), u"token").count(u'.'), 2);
        const Run text = show({u"--reveal"_s});
        QVERIFY(!isFreeOfTokens(text));
    }

    void aTokenThatFailsEndsWithOne()
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::untilCleared);
        const Run result = show({u"--json"_s});
        QCOMPARE(result.status, 1);
        QCOMPARE(textOf(result.json(), u"verdict"), u"failed"_s);
        QCOMPARE(checkResult(result, u"audience"_s), u"failed"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"token-invalid"_s);
    }

    void aTokenIsVerifiedWithoutAnyConnection_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("failedCheck");
        QTest::newRow("valid") << "{}"_ba << 0 << QString();
        QTest::newRow("expired") << R"({"exp":1000})"_ba << 1 << u"expiry"_s;
        QTest::newRow("another issuer") << R"({"iss":"https://other.test/"})"_ba << 1 << u"issuer"_s;
        QTest::newRow("another audience") << R"({"aud":["x","y"]})"_ba << 1 << u"audience"_s;
        QTest::newRow("a wrong claim type") << R"({"roles":"Books.Admin"})"_ba << 1 << u"claim-types"_s;
    }

    void aTokenIsVerifiedWithoutAnyConnection()
    {
        QFETCH(QByteArray, patch);
        QFETCH(int, status);
        QFETCH(QString, failedCheck);
        const QByteArray token = signedToken(patched(claimsNow(), patch));
        const Run result = run(verifying(m_sandbox->write(u"token.txt"_s, token), jwksFile()));
        QCOMPARE(result.status, status);
        QCOMPARE(textOf(result.json(), u"verdict"), status == 0 ? u"passed"_s : u"failed"_s);
        if (!failedCheck.isEmpty())
            QCOMPARE(checkResult(result, failedCheck), u"failed"_s);
        QVERIFY(isFreeOfTokens(result));
    }

    void theDiagnosisSaysWhatHelps_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("remedyHas");
        QTest::addColumn<QString>("actor");
        QTest::newRow("valid") << "{}"_ba << u"verified"_s << QString() << QString();
        QTest::newRow("of version 1") << "{\"ver\":\"1.0\",\"iss\":\"https://sts.windows.net/5c0e/\"}"_ba
                                      << u"version-1"_s << u"requestedAccessTokenVersion"_s << u"api-owner"_s;
        QTest::newRow("for Microsoft Graph")
            << R"({"aud":"00000003-0000-0000-c000-000000000000"})"_ba << u"graph"_s << u"full names"_s << u"user"_s;
        QTest::newRow("an ID token") << R"({"aud":"x","scp":null,"nonce":"n"})"_ba << u"id-token"_s << u"access token"_s
                                     << u"user"_s;
        QTest::newRow("expired") << R"({"exp":1000})"_ba << u"expired"_s << u"fresh token"_s << u"user"_s;
    }

    void theDiagnosisSaysWhatHelps()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QString, code);
        QFETCH(QString, remedyHas);
        const QString file = m_sandbox->write(u"token.txt"_s, signedToken(patched(claimsNow(), patch)));
        const Run json = run(verifying(file, jwksFile()));
        const JsonObject diagnosis = *json.json().find(u"diagnosis")->asObject();
        QCOMPARE(textOf(diagnosis, u"code"), code);
        QVERIFY(!textOf(diagnosis, u"headline").isEmpty() && !textOf(diagnosis, u"why").isEmpty());
        QVERIFY2(textOf(diagnosis, u"remedy").contains(remedyHas), qPrintable(textOf(diagnosis, u"remedy")));
        QCOMPARE(json.outcome(u"remedy"_s), textOf(diagnosis, u"remedy"));
        QTEST(textOf(diagnosis, u"for"), "actor");
        QStringList arguments = verifying(file, jwksFile());
        arguments.removeAll(u"--json"_s);
        const QString text = QString::fromUtf8(run(arguments).out);
        for (const QString &member : {u"headline"_s, u"why"_s, u"remedy"_s})
            QVERIFY2(text.contains(textOf(diagnosis, member)), qPrintable(text));
    }

    void aGoodIdTokenIsSaidToBeNoAccessToken()
    {
        const Run shown = show({u"--id"_s, u"--reveal"_s, u"--json"_s});
        QVERIFY(textOf(*shown.json().find(u"diagnosis")->asObject(), u"headline")
                    .startsWith(u"Verified when it arrived"_s));
        const QString file = m_sandbox->write(u"token.txt"_s, textOf(shown.json(), u"token").toUtf8());
        const QStringList verify{u"token"_s,  u"verify"_s,       file,
                                 u"--json"_s, u"--connection"_s, m_sandbox->connection()};
        const Run verified = run(verify);
        QCOMPARE(verified.status, 0);
        const JsonObject diagnosis = *verified.json().find(u"diagnosis")->asObject();
        QCOMPARE(textOf(diagnosis, u"code"), u"valid-id-token"_s);
        QVERIFY(textOf(diagnosis, u"headline").contains(u"not an access token"_s));
    }

    void theTokenMayComeByStandardInput_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("bare") << QByteArray() << QByteArray();
        QTest::newRow("with a line feed") << QByteArray() << "\n"_ba;
        QTest::newRow("in quotes") << "\""_ba
                                   << "\"\n"_ba;
        QTest::newRow("as a header") << "Authorization: Bearer "_ba
                                     << "\n"_ba;
        QTest::newRow("in an answer") << "{\"access_token\":\""_ba
                                      << "\"}\n"_ba;
        QTest::newRow("with Bearer in front") << "bearer "_ba
                                              << "\r\n"_ba;
    }

    void theTokenMayComeByStandardInput()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Run result = run(verifying(u"-"_s, jwksFile()), before + signedToken(claimsNow()) + after);
        QCOMPARE(result.status, 0);
    }

    void aPastedTokenIsTakenOutAndThatIsSaid()
    {
        const QByteArray token = signedToken(claimsNow());
        const QByteArray pasted = "Authorization: Bearer \"" + token.first(40) + "\n" + token.sliced(40) + "\"\n";
        QStringList arguments = verifying(m_sandbox->write(u"pasted.txt"_s, pasted), jwksFile());
        const JsonObject json = run(arguments).json();
        const Json *notes = json.find(u"notes");
        QVERIFY(notes && notes->asArray());
        QCOMPARE(notes->asArray()->size(), std::size_t(4));
        arguments.removeAll(u"--json"_s);
        const Run result = run(arguments);
        QCOMPARE(result.status, 0);
        for (const char *word : {"Authorization", "Bearer", "Quotes", "several lines"})
            QVERIFY2(result.err.contains(word), result.err.constData());
    }

    void anotherKeysTokenFails()
    {
        const TokenIssuer other;
        const QString file = m_sandbox->write(u"token.txt"_s, other.sign(claimsNow()).reveal().toByteArray());
        const Run result = run(verifying(file, jwksFile()));
        QCOMPARE(result.status, 1);
        QCOMPARE(checkResult(result, u"key"_s), u"failed"_s);
        QCOMPARE(result.fact(u"check"_s), u"key"_s);
        QCOMPARE(result.fact(u"got"_s), other.key().keyId());
    }

    void whyAKeyWasLeftOutIsSaid()
    {
        JsonObject padded = m_issuer.key().publicJwk();
        padded.set(u"n"_s, *padded.find(u"n")->asString() + u"=="_s);
        const QString jwks =
            m_sandbox->write(u"padded.json"_s, toCompactJson(JsonObject{{u"keys"_s, JsonArray{padded}}}));
        const QStringList arguments = verifying(m_sandbox->write(u"token.txt"_s, signedToken(claimsNow())), jwks);
        const Run json = run(arguments);
        QCOMPARE(json.status, 1);
        QVERIFY2(json.fact(u"keysLeftOut"_s).contains(u"base64url"_s), json.out.constData());
        QStringList forPeople = arguments;
        forPeople.removeAll(u"--json"_s);
        const Run text = run(forPeople);
        QCOMPARE(text.status, 1);
        QCOMPARE(text.err.count("base64url"), 1);
    }

    /// In Entra's documents each key names its issuer, with a mark in place of the tenant.
    void keysForEveryTenantAreForTheTokensOwn_data()
    {
        QTest::addColumn<QString>("keysIssuer");
        QTest::addColumn<QString>("askedIssuer");
        QTest::addColumn<int>("status");
        const QString everyTenant = u"https://login.example.test/{tenantid}/v2.0"_s;
        const QString own = u"https://login.example.test/5c0e0000-0000-4000-8000-000000000001/v2.0"_s;
        const QString other = u"https://login.example.test/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s;
        QTest::newRow("for every tenant") << everyTenant << own << 0;
        QTest::newRow("for every tenant, as is the policy") << everyTenant << everyTenant << 0;
        QTest::newRow("for another tenant") << other << own << 1;
    }

    void keysForEveryTenantAreForTheTokensOwn()
    {
        QFETCH(QString, keysIssuer);
        QFETCH(QString, askedIssuer);
        JsonObject claims = claimsNow();
        claims.set(u"tid"_s, u"5c0e0000-0000-4000-8000-000000000001"_s);
        claims.set(u"iss"_s, u"https://login.example.test/5c0e0000-0000-4000-8000-000000000001/v2.0"_s);
        JsonObject key = m_issuer.key().publicJwk();
        key.set(u"issuer"_s, keysIssuer);
        const QString keys =
            m_sandbox->write(u"tenants-keys.json"_s, toCompactJson(JsonObject{{u"keys"_s, JsonArray{key}}}));
        QStringList arguments = verifying(m_sandbox->write(u"token.txt"_s, signedToken(claims)), keys);
        arguments.replaceInStrings(TokenIssuer::issuer(), askedIssuer);
        QTEST(run(arguments).status, "status");
    }

    void aTypeThatTheApiStumblesOverFails()
    {
        const QString file =
            m_sandbox->write(u"token.txt"_s, signedToken(jose::patched(claimsNow(), R"({"roles":"Books.Admin"})")));
        const Run result = run(verifying(file, jwksFile()));
        QCOMPARE(result.status, 1);
        QCOMPARE(checkResult(result, u"claim-types"_s), u"failed"_s);
    }

    void anAllowListDecides()
    {
        const QStringList arguments = verifying(m_sandbox->write(u"token.txt"_s, signedToken(claimsNow())), jwksFile());
        QCOMPARE(run(arguments + QStringList{u"--algorithms"_s, u"ES256,RS256"_s}).status, 0);
        const Run refused = run(arguments + QStringList{u"--algorithms"_s, u"ES256"_s});
        QCOMPARE(refused.status, 1);
        QCOMPARE(checkResult(refused, u"algorithm"_s), u"failed"_s);
    }

    void anAlgorithmThatNoTokenMayHaveIsUsage()
    {
        for (const QString &name : {u"none"_s, u"HS256"_s, u"rs256"_s, u"RS256,none"_s}) {
            const Run result = run(verifying(u"-"_s, jwksFile()) + QStringList{u"--algorithms"_s, name}, "x");
            QCOMPARE(result.status, 2);
            QCOMPARE(result.outcome(u"code"_s), u"cli.usage"_s);
        }
    }

    void whatIsNoTokenFails_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << QByteArray() << u"token.malformed"_s;
        QTest::newRow("opaque") << "an-opaque-reference-token"_ba << u"token.opaque"_s;
        QTest::newRow("encrypted") << "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.AA.AA.AA.AA"_ba << u"token.encrypted"_s;
        QTest::newRow("damaged") << "eyJhbGciOiJSUzI1NiJ9.!!.AA"_ba << u"token.malformed"_s;
    }

    void whatIsNoTokenFails()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, code);
        const Run result = run(verifying(m_sandbox->write(u"token.txt"_s, token), jwksFile()));
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"code"_s), code);
        QCOMPARE(textOf(result.json(), u"verdict"), u"failed"_s);
        QVERIFY(result.json().find(u"header")->isNull());
        if (token.size() > 10)
            QVERIFY(!(result.out + result.err).contains(token));
    }

    void filesThatCannotBeReadAreUsage()
    {
        const QString jwks = jwksFile();
        QCOMPARE(run(verifying(u"/nowhere/token"_s, jwks)).status, 2);
        QCOMPARE(run(verifying(u"-"_s, u"/nowhere/keys"_s), "x").status, 2);
        const Run noKeys = run(verifying(u"-"_s, m_sandbox->write(u"bad.json"_s, "{}")), "x");
        QCOMPARE(noKeys.status, 2);
        QCOMPARE(noKeys.outcome(u"code"_s), u"keys.invalid"_s);
        QVERIFY(!noKeys.fact(u"reason"_s).isEmpty());
        QVERIFY(!noKeys.outcome(u"remedy"_s).isEmpty());
        const Run noFile = run(verifying(u"/nowhere/token"_s, jwks));
        QCOMPARE(noFile.fact(u"file"_s), u"/nowhere/token"_s);
        QVERIFY(!noFile.outcome(u"remedy"_s).isEmpty());
        const Run large = run(verifying(m_sandbox->write(u"large"_s, QByteArray(3'000'000, 'a')), jwks));
        QCOMPARE(large.status, 2);
    }

    void aConnectionsKeysVerifyToo()
    {
        const QByteArray token = textOf(show({u"--reveal"_s, u"--json"_s}).json(), u"token").toUtf8();
        const auto verified = [this](const QByteArray &content) {
            return run({u"token"_s, u"verify"_s, m_sandbox->write(u"token.txt"_s, content), u"--json"_s,
                        u"--connection"_s, m_sandbox->connection()});
        };
        const Run good = verified(token);
        QCOMPARE(good.status, 0);
        QVERIFY(isFreeOfTokens(good));
        const QByteArray idToken = textOf(show({u"--id"_s, u"--reveal"_s, u"--json"_s}).json(), u"token").toUtf8();
        QCOMPARE(verified(idToken).status, 0);
        const Run foreign = verified(signedToken(claimsNow()));
        QCOMPARE(foreign.status, 1);
        QCOMPARE(checkResult(foreign, u"key"_s), u"failed"_s);
    }

    void aTenantThatCannotBeReachedIsNoConnection()
    {
        const QString authority = u"http://localhost:%1/tenant"_s.arg(closedPort());
        const Run result = run({u"token"_s, u"verify"_s, u"-"_s, u"--json"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"authority"_s, authority}})},
                               signedToken(claimsNow()));
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"kind"_s), u"network"_s);
    }

    void keysThatCannotBeUsedAreNoMatterOfTheConnection_data()
    {
        QTest::addColumn<QByteArray>("keys");
        QTest::newRow("an error") << httpAnswer("500 Internal Server Error");
        QTest::newRow("no keys") << httpAnswer("200 OK", {}, R"({"keys":[]})");
        QTest::newRow("too many") << httpAnswer("200 OK", {}, QByteArray(2 * 1024 * 1024, ' '));
    }

    void keysThatCannotBeUsedAreNoMatterOfTheConnection()
    {
        QFETCH(QByteArray, keys);
        FakeServer *self = nullptr;
        FakeServer tenant([&self, &keys](const SeenRequest &request) {
            const QString base = self->url(u"/11111111-2222-4333-8444-555555555555"_s).toString();
            const JsonObject discovery{{u"issuer"_s, QString(base + u"/v2.0"_s)},
                                       {u"authorization_endpoint"_s, QString(base + u"/authorize"_s)},
                                       {u"token_endpoint"_s, QString(base + u"/token"_s)},
                                       {u"jwks_uri"_s, QString(base + u"/keys"_s)}};
            return request.target.endsWith("/keys") ? keys : httpAnswer("200 OK", {}, toCompactJson(discovery));
        });
        self = &tenant;
        const QString authority = tenant.url(u"/11111111-2222-4333-8444-555555555555"_s).toString();
        const Run result = run({u"token"_s, u"verify"_s, u"-"_s, u"--json"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"authority"_s, authority}})},
                               signedToken(claimsNow()));
        QCOMPARE(result.outcome(u"code"_s), u"keys.unavailable"_s);
        QCOMPARE(result.status, 5);
    }

    void hostileClaimsAreEscaped()
    {
        const QByteArray token =
            signedToken(patched(claimsNow(), "{\"name\":\"\\u001b[2J\\u202e\",\"x\\u0007y\":\"\\u2028\"}"));
        const QStringList json = verifying(m_sandbox->write(u"token.txt"_s, token), jwksFile());
        QStringList text = json;
        text.removeAll(u"--json"_s);
        for (const QStringList &arguments : {json, text}) {
            const QString all = QString::fromUtf8(run(arguments).out);
            QVERIFY(!all.isEmpty());
            for (const QChar hostile : {QChar(0x1b), QChar(0x07), QChar(0x202e), QChar(0x2028)})
                QVERIFY2(!all.contains(hostile), qPrintable(all));
        }
        const JsonObject object = run(json).json();
        QCOMPARE(textOf(*object.find(u"claims")->asObject(), u"name"), u"\u001b[2J\u202e"_s);
    }
};

QTEST_GUILESS_MAIN(TokenCommandsTest)
#include "token-commands-test.moc"
