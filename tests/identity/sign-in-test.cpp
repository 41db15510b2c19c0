#include "identity/errors.h"
#include "identity/sign-in-bench.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>
#include <optional>
#include <utility>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString codeOf(const Result<SignedIn> &outcome) { return outcome ? u"no error"_s : outcome.error().code.toString(); }

/// Who signs in at the bench's tenant; nothing where that fails.
std::optional<jose::Identity> signedIn(SignInBench &bench)
{
    if (!bench.start())
        return std::nullopt;
    bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    return outcome ? std::optional(outcome->identity) : std::nullopt;
}

StepState stateOf(const SignIn &signIn, SignInStep step)
{
    for (const StepProgress &progress : signIn.steps()) {
        if (progress.step == step)
            return progress.state;
    }
    return StepState::pending;
}

SignInLimits limitedTo(std::chrono::milliseconds whole)
{
    SignInLimits limits;
    limits.whole = whole;
    return limits;
}

} // namespace

class SignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formPostSignsIn();
    void querySignsIn();
    void theLinkCarriesEveryParameterOnce();
    void everyAttemptHasItsOwnSecrets();
    void optionsReachTheLink();
    void whatAnApiAskedForReachesTheLinkAndTheCode();
    void signingInAgainIsForTheSamePerson_data();
    void signingInAgainIsForTheSamePerson();
    void theCodeIsRedeemedWithItsVerifier();
    void secretsAreLearnt();
    void recordsTheBrowsersPartWithoutSecrets();
    void nastyCodesSurvive_data();
    void nastyCodesSurvive();
    void aBadIdTokenSignsNobodyIn_data();
    void aBadIdTokenSignsNobodyIn();
    void aBadAccessTokenBarsNobody();
    void aRotatedKeyIsFetchedOnce();
    void aRefusedCodeEndsInTheProvidersWords();
    void aHugeTokenAnswerIsNotTaken();
    void a401IsNotSentAgain();
    void anErrorWithOurStateEndsTheSignIn();
    void anErrorByGetIsShownInFormPostMode();
    void aCodeByGetEndsTheSignInInFormPostMode();
    void aWrongIssuerEndsItBeforeTheCodeIsSent();
    void anIssuerThatIsNearlyRightEndsIt_data();
    void anIssuerThatIsNearlyRightEndsIt();
    void aWrongIssuerCountsBeforeItsError();
    void aPromisedIssuerThatIsMissingEndsIt();
    void theLimitEndsIt();
    void theLimitEndsASilentTokenEndpoint();
    void theLimitCountsFromTheStart();
    void theLimitDoesNotOutliveTheSignIn();
    void anEndedOneIsNotEndedAgain();
    void cancelEndsIt_data();
    void cancelEndsIt();
    void destroyingEndsIt_data();
    void destroyingEndsIt();
    void destroyingWhileProgressIsTold();
    void aBrowserThatFailsEndsItWhereItIsNeeded();
    void withoutABrowserTheLinkSignsIn();
    void aBrowserThatFailsLaterIsNoticed();
    void theLinkCanBeOpenedAgain();
    void anUnreachableTenantEndsIt();
    void aLatePageSaysReturn();
    void thePageWaitsLongerThanTheSignIn();
    void aForeignErrorIsNoticed();
    void theBrowsersAddressSaysNothing();
    void aVisitShowsThatTheBrowserOpened();
    void aLinkThatIsUsedTwiceEndsIt_data();
    void aLinkThatIsUsedTwiceEndsIt();
    void aCodeWithoutTheCookieCostsNothing();
};

void SignInTest::formPostSignsIn()
{
    SignInBench bench;
    QVERIFY(bench.start());
    QCOMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::active);
    RawBrowser browser(bench.port());
    browser.send(bench.pageRequest());
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"no error"_s);
    QCOMPARE(outcome->identity.displayName(), u"Riley Reader"_s);
    QCOMPARE(outcome->grants.scopes, QStringList{u"Books.Read"_s});
    QVERIFY(outcome->accessToken.verification.passed());
    QCOMPARE(outcome->identity.issuer(), bench.tenant.issuer());
    const RawAnswer page = browser.answer();
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("You are signed in, you can close this tab"));
    for (const SignInStep step :
         {SignInStep::openBrowser, SignInStep::awaitRedirect, SignInStep::exchangeCode, SignInStep::verifyTokens})
        QCOMPARE(stateOf(*bench.signIn, step), StepState::done);
    QCOMPARE(bench.signIn->steps().at(1).note, u"state matches"_s);
    QCOMPARE(bench.signIn->steps().at(2).note, u"PKCE S256"_s);
}

void SignInTest::querySignsIn()
{
    SignInBench bench(ResponseMode::query);
    QVERIFY(bench.start());
    const RawAnswer moved = exchange(bench.port(), bench.redirect(bench.goodValues()));
    QCOMPARE(moved.status, 303);
    const QByteArray done = moved.header("Location");
    QVERIFY(done.startsWith("/done/"));
    const RawAnswer page = bench.follow(moved);
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("You are signed in"));
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
}

void SignInTest::theLinkCarriesEveryParameterOnce()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QUrlQuery query(bench.authorizationUrl);
    QStringList names;
    for (const auto &[name, value] : query.queryItems())
        names += name;
    names.sort();
    QCOMPARE(names,
             (QStringList{u"claims"_s, u"client_id"_s, u"code_challenge"_s, u"code_challenge_method"_s, u"nonce"_s,
                          u"redirect_uri"_s, u"response_mode"_s, u"response_type"_s, u"scope"_s, u"state"_s}));
    QCOMPARE(bench.linkParameter(u"claims"_s), R"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_ba);
    QCOMPARE(bench.linkParameter(u"response_type"_s), "code"_ba);
    QCOMPARE(bench.linkParameter(u"response_mode"_s), "form_post"_ba);
    QCOMPARE(bench.linkParameter(u"code_challenge_method"_s), "S256"_ba);
    QCOMPARE(bench.linkParameter(u"redirect_uri"_s), "http://" + bench.host() + bench.path());
    QCOMPARE(bench.path(), bench.tenant.connection().redirect.path.toLatin1());
    QCOMPARE(bench.linkParameter(u"scope"_s), bench.tenant.connection().scopes.join(u' ').toUtf8());
    for (const QString &name : {u"state"_s, u"nonce"_s, u"code_challenge"_s})
        QCOMPARE(bench.linkParameter(name).size(), 43);
}

void SignInTest::everyAttemptHasItsOwnSecrets()
{
    SignInBench first;
    SignInBench second;
    QVERIFY(first.start() && second.start());
    for (const QString &name : {u"state"_s, u"nonce"_s, u"code_challenge"_s})
        QVERIFY(first.linkParameter(name) != second.linkParameter(name));
    QVERIFY(first.linkParameter(u"state"_s) != first.linkParameter(u"nonce"_s));
}

void SignInTest::optionsReachTheLink()
{
    SignInBench bench(ResponseMode::query);
    const std::optional<jose::Identity> riley = signedIn(bench);
    QVERIFY(riley);
    const Account account = accountOf(bench.tenant.connection(), *riley);
    bench.prepare({{}, account});
    QVERIFY(bench.start());
    QCOMPARE(bench.linkParameter(u"login_hint"_s), "riley@fake.test"_ba);
    QCOMPARE(bench.linkParameter(u"response_mode"_s), "query"_ba);
    QVERIFY(!QUrlQuery(bench.authorizationUrl).hasQueryItem(u"prompt"_s));

    SignInBench another(ResponseMode::formPost, {u"select_account"_s, account});
    QVERIFY(another.start());
    QCOMPARE(another.linkParameter(u"prompt"_s), "select_account"_ba);
    QVERIFY(!QUrlQuery(another.authorizationUrl).hasQueryItem(u"login_hint"_s));
}

void SignInTest::whatAnApiAskedForReachesTheLinkAndTheCode()
{
    ClaimsRequest proof;
    proof.claims = {{u"access_token"_s, JsonObject{{u"acrs"_s, JsonObject{{u"value"_s, u"c1 & \u00fc"_s}}}}}};
    proof.acrValues = u"c1 c2"_s;
    proof.maxAge = 600s;
    SignInOptions options;
    options.proof = proof;
    SignInBench bench(ResponseMode::formPost, options);
    QVERIFY(bench.start());
    const QByteArray claims = claimsParameter(proof, {u"cp1"_s});
    QCOMPARE(bench.linkParameter(u"claims"_s), claims);
    QCOMPARE(bench.linkParameter(u"acr_values"_s), "c1 c2"_ba);
    QCOMPARE(bench.linkParameter(u"max_age"_s), "600"_ba);
    QCOMPARE(bench.linkParameter(u"scope"_s), bench.tenant.connection().scopes.join(u' ').toUtf8());
    bench.arrive(bench.goodValues());
    QVERIFY(bench.finish());
    QCOMPARE(bench.tenant.tokenRequests().front().value("claims"), claims);
}

void SignInTest::signingInAgainIsForTheSamePerson_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("code");
    QTest::newRow("the same") << QString() << u"no error"_s;
    QTest::newRow("under a new user name") << u"preferred_username"_s << u"no error"_s;
    QTest::newRow("another subject") << u"sub"_s << u"sign-in.another-account"_s;
    QTest::newRow("another object ID") << u"oid"_s << u"sign-in.another-account"_s;
}

void SignInTest::signingInAgainIsForTheSamePerson()
{
    QFETCH(const QString, claim);
    SignInBench bench;
    const std::optional<jose::Identity> riley = signedIn(bench);
    QVERIFY(riley);
    if (!claim.isEmpty()) {
        bench.tenant.onToken = [&bench, claim](const Form &) {
            JsonObject id = bench.tenant.idClaims();
            JsonObject access = bench.tenant.accessClaims();
            id.set(claim, u"somebody-else"_s);
            access.set(claim, u"somebody-else"_s);
            return bench.tenant.tokenAnswer(id, access);
        };
    }
    bench.prepare({{}, accountOf(bench.tenant.connection(), *riley)});
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QTEST(codeOf(outcome), "code");
    if (outcome)
        return;
    QVERIFY(outcome.error().message.contains("Riley Reader"_L1));
    QVERIFY2(page.body.contains("You are not signed in"), page.body.constData());
}

void SignInTest::theCodeIsRedeemedWithItsVerifier()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    QVERIFY(bench.finish());
    QCOMPARE(bench.tenant.tokenRequests().size(), 1U);
    const Form form = bench.tenant.tokenRequests().front();
    QCOMPARE(form.value("grant_type"), "authorization_code"_ba);
    QCOMPARE(form.value("code"), "the-good-code"_ba);
    QCOMPARE(form.value("redirect_uri"), bench.linkParameter(u"redirect_uri"_s));
    QCOMPARE(form.value("client_id"), bench.linkParameter(u"client_id"_s));
    QCOMPARE(form.value("scope"), bench.linkParameter(u"scope"_s));
    QCOMPARE(form.value("claims"), bench.linkParameter(u"claims"_s));
    QVERIFY(!form.contains("client_secret"));
    const QByteArray challenge = QCryptographicHash::hash(form.value("code_verifier"), QCryptographicHash::Sha256)
                                     .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QCOMPARE(bench.linkParameter(u"code_challenge"_s), challenge);
}

void SignInTest::secretsAreLearnt()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QVERIFY(outcome);
    QByteArrayList secrets{"the-good-code"_ba, bench.tenant.tokenRequests().front().value("code_verifier")};
    for (const Secret &token : {outcome->tokens.accessToken, outcome->tokens.idToken})
        secrets += token.reveal().toByteArray();
    for (const QByteArray &secret : secrets) {
        const QString text = u"seen: "_s + QString::fromLatin1(secret);
        QVERIFY(!bench.redactor.redacted(text).contains(QString::fromLatin1(secret)));
    }
    for (const net::Exchange &recorded : bench.log.exchanges()) {
        for (const QByteArray &secret : secrets) {
            QVERIFY(!recorded.requestBody.contains(QString::fromLatin1(secret)));
            QVERIFY(!recorded.responseBody.contains(QString::fromLatin1(secret)));
            QVERIFY(!recorded.url.contains(QString::fromLatin1(secret)));
        }
    }
}

void SignInTest::recordsTheBrowsersPartWithoutSecrets()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const auto isInBrowser = &net::Exchange::isInBrowser;
    const auto recorded = std::ranges::find_if(bench.log.exchanges(), isInBrowser);
    QVERIFY(recorded != bench.log.exchanges().end());
    QVERIFY(!recorded->isUnderWay());
    const QUrlQuery query{QUrl(recorded->url)};
    QVERIFY(query.hasQueryItem(u"client_id"_s) && query.hasQueryItem(u"redirect_uri"_s));
    for (const QString &secret : {u"state"_s, u"nonce"_s, u"code_challenge"_s, u"login_hint"_s})
        QVERIFY(!query.hasQueryItem(secret));
    bench.arrive(bench.goodValues());
    QVERIFY(bench.finish());
    QCOMPARE(std::ranges::count_if(bench.log.exchanges(), isInBrowser), 1);
}

void SignInTest::nastyCodesSurvive_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<bool>("isQuery");
    const QByteArrayList codes{"a+b/c=d"_ba,    "1.AXEA!*$~'()"_ba,   "100%25%2B%zz"_ba,       "a&b=c&state=x"_ba,
                               "with blank"_ba, "\"quoted\\\";#?"_ba, "gr\xc3\xbc\xc3\x9f"_ba, "0.AAAA-_.M.C5"_ba};
    for (const QByteArray &code : codes) {
        QTest::addRow("%s by form", code.constData()) << code << false;
        QTest::addRow("%s by query", code.constData()) << code << true;
    }
}

void SignInTest::nastyCodesSurvive()
{
    QFETCH(QByteArray, code);
    QFETCH(bool, isQuery);
    SignInBench bench(isQuery ? ResponseMode::query : ResponseMode::formPost);
    bench.tenant.refreshToken = "R+/=!*$%25~'()&;";
    QVERIFY(bench.start());
    FormValues values = bench.goodValues();
    values[0].second = code;
    QCOMPARE(bench.arrive(values).status, 200);
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"no error"_s);
    QCOMPARE(bench.tenant.tokenRequests().front().value("code"), code);
    QCOMPARE(outcome->tokens.refreshToken.reveal().toByteArray(), bench.tenant.refreshToken);
}

void SignInTest::aBadIdTokenSignsNobodyIn_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("value");
    QTest::newRow("another nonce") << u"nonce"_s << u"not-the-nonce-that-was-sent"_s;
    QTest::newRow("for another client") << u"aud"_s << u"another-client"_s;
    QTest::newRow("of another issuer") << u"iss"_s << u"https://login.example/other/v2.0"_s;
    QTest::newRow("of another access token") << u"at_hash"_s << u"AAAAAAAAAAAAAAAAAAAAAA"_s;
    QTest::newRow("of another person than the access token") << u"oid"_s << u"somebody-else"_s;
    QTest::newRow("without a nonce") << u"nonce"_s << QString();
    QTest::newRow("without a subject") << u"sub"_s << QString();
    QTest::newRow("expired") << u"exp"_s << u"past"_s;
}

void SignInTest::aBadIdTokenSignsNobodyIn()
{
    QFETCH(QString, claim);
    QFETCH(QString, value);
    SignInBench bench;
    bench.tenant.onToken = [&](const Form &) {
        JsonObject claims = bench.tenant.idClaims();
        if (value.isEmpty())
            claims.remove(claim);
        else if (claim == u"exp")
            claims.set(claim, 1'700'000'000);
        else
            claims.set(claim, value);
        return bench.tenant.tokenAnswer(claims, bench.tenant.accessClaims());
    };
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.id-token-rejected"_s);
    QVERIFY2(outcome.error().message.contains(u"so nobody is signed in."_s), qPrintable(outcome.error().message));
    QVERIFY(!outcome.error().remedy.isEmpty());
    // Nobody here gives advice on tokens, so the failed check itself is reported.
    const bool isOfCheck = !factValue(outcome.error().facts, facts::check).isEmpty();
    QCOMPARE(outcome.error().message.contains(u"It fails the check "_s), isOfCheck);
    QVERIFY(isOfCheck || !factValue(outcome.error().facts, facts::claim).isEmpty());
    QCOMPARE(page.status, 400);
    QVERIFY(page.body.contains("You are not signed in"));
    QCOMPARE(stateOf(*bench.signIn, SignInStep::verifyTokens), StepState::failed);
}

void SignInTest::aBadAccessTokenBarsNobody()
{
    SignInBench bench;
    bench.tenant.onToken = [&](const Form &) {
        JsonObject claims = bench.tenant.accessClaims();
        claims.set(u"aud"_s, u"api://another-api"_s);
        return bench.tenant.tokenAnswer(bench.tenant.idClaims(), claims);
    };
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"no error"_s);
    QVERIFY(!outcome->accessToken.verification.passed());
    QCOMPARE(outcome->accessToken.verification.firstFailure()->kind, jose::CheckKind::audience);
}

void SignInTest::aRotatedKeyIsFetchedOnce()
{
    SignInBench bench;
    QVERIFY(bench.start());
    QTRY_COMPARE(bench.tenant.fetchesOfKeys(), 1);
    QTRY_VERIFY(bench.trust.keys().cached(bench.tenant.issuer()).find(tenantKey(0).keyId()));
    bench.tenant.publishedKeys = {1};
    bench.tenant.signingKey = 1;
    bench.arrive(bench.goodValues());
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    QCOMPARE(bench.tenant.fetchesOfKeys(), 2);
}

void SignInTest::aRefusedCodeEndsInTheProvidersWords()
{
    SignInBench bench;
    bench.tenant.onToken = [](const Form &) {
        return oauthFailure("invalid_grant", "AADSTS54005: OAuth2 Authorization code was already redeemed.");
    };
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.grant-invalid"_s);
    QCOMPARE(factValue(outcome.error().facts, facts::aadsts), u"54005"_s);
    QCOMPARE(factValue(outcome.error().facts, facts::correlationId), u"correlation-1"_s);
    QCOMPARE(page.status, 400);
    QCOMPARE(stateOf(*bench.signIn, SignInStep::exchangeCode), StepState::failed);
}

void SignInTest::aHugeTokenAnswerIsNotTaken()
{
    SignInBench bench;
    bench.tenant.onToken = [](const Form &) { return httpAnswer("200 OK", {}, QByteArray(1024 * 1024 + 1, ' ')); };
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    QCOMPARE(codeOf(bench.finish()), u"net.too-large"_s);
}

void SignInTest::a401IsNotSentAgain()
{
    SignInBench bench;
    bench.tenant.onToken = [](const Form &) {
        return httpAnswer("401 Unauthorized", {{"WWW-Authenticate"_ba, "Basic realm=\"tenant\""_ba}},
                          R"({"error":"invalid_client","error_description":"AADSTS7000218: needs a secret"})");
    };
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    QVERIFY(!bench.finish());
    QCOMPARE(bench.tenant.tokenRequests().size(), 1U);
    for (const SeenRequest &request : bench.tenant.server().requests())
        QVERIFY(!net::headerValue(request.headers, "Authorization"));
}

void SignInTest::anErrorWithOurStateEndsTheSignIn()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive({{"error"_ba, "access_denied"_ba},
                                         {"error_description"_ba, "AADSTS65004: <b>declined</b>"_ba},
                                         {"state"_ba, bench.linkParameter(u"state"_s)}});
    QCOMPARE(codeOf(bench.finish()), u"sign-in.declined"_s);
    QCOMPARE(page.status, 400);
    QVERIFY(!page.body.contains("<b>"));
    QVERIFY(bench.tenant.tokenRequests().empty());
    QCOMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::failed);
}

void SignInTest::anErrorByGetIsShownInFormPostMode()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray query = formOf({{"error"_ba, "access_denied"_ba}, {"state"_ba, bench.linkParameter(u"state"_s)}});
    QCOMPARE(bench.follow(exchange(bench.port(), getRequest(bench.path() + '?' + query, bench.host()))).status, 400);
    QCOMPARE(codeOf(bench.finish()), u"sign-in.declined"_s);
}

void SignInTest::aCodeByGetEndsTheSignInInFormPostMode()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const RawAnswer moved =
        exchange(bench.port(), getRequest(bench.path() + '?' + formOf(bench.goodValues()), bench.host()));
    QCOMPARE(moved.status, 303);
    QCOMPARE(bench.follow(moved).status, 400);
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.redirect-invalid"_s);
    QVERIFY(outcome.error().message.contains(u"form_post"_s));
    QVERIFY(bench.tenant.tokenRequests().empty());
}

void SignInTest::aWrongIssuerEndsItBeforeTheCodeIsSent()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues() << qMakePair("iss"_ba, "https://attacker.example"_ba));
    QCOMPARE(codeOf(bench.finish()), u"sign-in.redirect-invalid"_s);
    QVERIFY(bench.tenant.tokenRequests().empty());

    SignInBench good;
    QVERIFY(good.start());
    good.arrive(good.goodValues() << qMakePair("iss"_ba, good.tenant.issuer().toUtf8()));
    QCOMPARE(codeOf(good.finish()), u"no error"_s);
}

void SignInTest::anIssuerThatIsNearlyRightEndsIt_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("with a slash behind it") << "@ISSUER@/"_ba;
    QTest::newRow("without its end") << "@AUTHORITY@"_ba;
    QTest::newRow("with the scheme in capitals") << "HTTP@REST@"_ba;
    QTest::newRow("with a blank behind it") << "@ISSUER@ "_ba;
    QTest::newRow("encoded twice") << "@ENCODED@"_ba;
    QTest::newRow("empty") << QByteArray();
}

void SignInTest::anIssuerThatIsNearlyRightEndsIt()
{
    QFETCH(QByteArray, written);
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray issuer = bench.tenant.issuer().toUtf8();
    written.replace("@ISSUER@", issuer)
        .replace("@AUTHORITY@", issuer.chopped(5))
        .replace("@REST@", issuer.sliced(4))
        .replace("@ENCODED@", issuer.toPercentEncoding());
    bench.arrive(bench.goodValues() << qMakePair("iss"_ba, written));
    QCOMPARE(codeOf(bench.finish()), u"sign-in.redirect-invalid"_s);
    QVERIFY(bench.tenant.tokenRequests().empty());
}

void SignInTest::aWrongIssuerCountsBeforeItsError()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.arrive({{"error"_ba, "access_denied"_ba},
                  {"iss"_ba, "https://attacker.example"_ba},
                  {"state"_ba, bench.linkParameter(u"state"_s)}});
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.redirect-invalid"_s);
    QCOMPARE(factValue(outcome.error().facts, facts::check), u"iss"_s);
}

void SignInTest::aPromisedIssuerThatIsMissingEndsIt()
{
    SignInBench bench;
    bench.tenant.promisesIssuer = true;
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    QCOMPARE(codeOf(bench.finish()), u"sign-in.redirect-invalid"_s);
    QVERIFY(bench.tenant.tokenRequests().empty());
}

void SignInTest::theLimitEndsIt()
{
    SignInBench bench(ResponseMode::formPost, {}, limitedTo(500ms));
    QVERIFY(bench.start());
    const quint16 port = bench.port();
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.timed-out"_s);
    QCOMPARE(outcome.error().message, u"No answer came from the browser in time."_s);
    const RawAnswer late = exchange(port, bench.redirect({{"code"_ba, "late"_ba}}));
    QVERIFY(late.body.contains("It ended without signing anybody in"));
    QCOMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::failed);
}

void SignInTest::theLimitEndsASilentTokenEndpoint()
{
    SignInBench bench(ResponseMode::formPost, {}, limitedTo(700ms));
    bench.tenant.isSilent = true;
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive(bench.goodValues());
    const Result<SignedIn> outcome = bench.finish();
    QCOMPARE(codeOf(outcome), u"sign-in.timed-out"_s);
    QCOMPARE(outcome.error().message, u"The sign-in was not finished in time."_s);
    QCOMPARE(page.status, 400);
}

void SignInTest::theLimitCountsFromTheStart()
{
    SignInBench bench;
    const TimePoint before = bench.signIn->deadline();
    const TimePoint made = systemNow();
    QTRY_VERIFY(systemNow() > made);
    QVERIFY(bench.start());
    QVERIFY(bench.signIn->deadline() > before);
}

void SignInTest::theLimitDoesNotOutliveTheSignIn()
{
    SignInBench bench(ResponseMode::formPost, {}, limitedTo(2s));
    QVERIFY(bench.start());
    bench.arrive(bench.goodValues());
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    const QSignalSpy progressed(bench.signIn.get(), &SignIn::progressed);
    SignInBench later(ResponseMode::formPost, {}, limitedTo(2s));
    QVERIFY(later.start());
    QCOMPARE(codeOf(later.finish()), u"sign-in.timed-out"_s);
    QVERIFY(progressed.isEmpty());
}

void SignInTest::anEndedOneIsNotEndedAgain()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.signIn->cancel();
    const QSignalSpy progressed(bench.signIn.get(), &SignIn::progressed);
    bench.signIn->cancel();
    QVERIFY(progressed.isEmpty());
}

void SignInTest::cancelEndsIt_data()
{
    QTest::addColumn<QString>("moment");
    QTest::newRow("before it runs") << u"before"_s;
    QTest::newRow("during discovery") << u"discovery"_s;
    QTest::newRow("while the browser is awaited") << u"browser"_s;
    QTest::newRow("during the exchange") << u"exchange"_s;
}

void SignInTest::cancelEndsIt()
{
    QFETCH(QString, moment);
    SignInBench bench;
    bench.tenant.isSilent = true;
    QSignalSpy asked(&bench.tenant.server(), &FakeServer::requested);
    if (moment == u"before") {
        bench.signIn->cancel();
        QVERIFY(!bench.start());
    } else if (moment == u"discovery") {
        connect(bench.signIn.get(), &SignIn::progressed, bench.signIn.get(), &SignIn::cancel, Qt::QueuedConnection);
        QVERIFY(!bench.start());
    } else {
        QVERIFY(bench.start());
        RawBrowser browser(bench.port());
        if (moment == u"exchange") {
            browser.send(bench.pageRequest());
            QTRY_COMPARE(bench.tenant.tokenRequests().size(), 1U);
        }
        bench.signIn->cancel();
        QVERIFY(moment == u"browser" || browser.answer().body.contains("Sign-in was cancelled"));
    }
    QCOMPARE(codeOf(bench.finish()), u"sign-in.cancelled"_s);
}

void SignInTest::destroyingEndsIt_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("sendsRedirect");
    QTest::newRow("at once") << 0 << false;
    QTest::newRow("while the browser is awaited") << 1 << false;
    QTest::newRow("during the exchange") << 1 << true;
}

void SignInTest::destroyingEndsIt()
{
    QFETCH(int, requests);
    QFETCH(bool, sendsRedirect);
    SignInBench bench;
    bench.tenant.isSilent = true;
    if (requests > 0)
        QVERIFY(bench.start());
    std::optional<RawBrowser> browser;
    if (sendsRedirect) {
        browser.emplace(bench.port());
        browser->send(bench.pageRequest());
        QTRY_COMPARE(bench.tenant.tokenRequests().size(), 1U);
    }
    bench.signIn.reset();
    if (requests > 0)
        QCOMPARE(codeOf(bench.finish()), u"sign-in.cancelled"_s);
    if (browser)
        QCOMPARE(browser->answer().status, 400);
}

void SignInTest::destroyingWhileProgressIsTold()
{
    for (int told = 1; told <= 8; ++told) {
        SignInBench bench;
        int count = 0;
        connect(bench.signIn.get(), &SignIn::progressed, bench.signIn.get(), [&] {
            if (++count == told)
                bench.signIn.reset();
        });
        if (bench.start() && bench.isRunning())
            bench.arrive(bench.goodValues());
        QCOMPARE(codeOf(bench.finish()), u"sign-in.cancelled"_s);
    }
}

void SignInTest::aBrowserThatFailsEndsItWhereItIsNeeded()
{
    SignInBench bench;
    const OpenUrl broken = [](const QUrl &) -> Result<void> {
        return failure(identity::errors::browserFailed, u"No browser here"_s);
    };
    bench.signIn =
        std::make_unique<SignIn>(SignIn::Parts{bench.manager, bench.trust, bench.redactor, broken, systemNow},
                                 SignInOptions{{}, {}, true}, SignInLimits{});
    QVERIFY(!bench.start());
    QCOMPARE(codeOf(bench.finish()), u"browser.failed"_s);
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::failed);
}

void SignInTest::withoutABrowserTheLinkSignsIn()
{
    SignInBench bench;
    const OpenUrl broken = [&bench](const QUrl &url) -> Result<void> {
        bench.opened.push_back(url);
        return failure(identity::errors::browserFailed, u"No browser here"_s);
    };
    bench.signIn = std::make_unique<SignIn>(
        SignIn::Parts{bench.manager, bench.trust, bench.redactor, broken, systemNow}, SignInOptions{}, SignInLimits{});
    bench.visitsStart = false;
    QVERIFY(bench.start());
    QTRY_COMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::active);
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::failed);
    QVERIFY(bench.signIn->browserFailure());
    QCOMPARE(bench.signIn->browserFailure()->message, u"No browser here"_s);
    QVERIFY(bench.signIn->hasLink());
    bench.visit(bench.signIn->newLink());
    bench.tenant.nonce = bench.linkParameter(u"nonce"_s);
    QTRY_VERIFY2(!bench.signIn->browserFailure(), "one has opened after all");
    QCOMPARE(bench.arrive(bench.goodValues()).status, 200);
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::failed);
}

void SignInTest::aBrowserThatFailsLaterIsNoticed()
{
    SignInBench bench;
    const OneShot<std::optional<Error>> later;
    const OpenUrl slow = [&](const QUrl &url) {
        bench.opened.push_back(url);
        return Opening(later);
    };
    bench.signIn = std::make_unique<SignIn>(SignIn::Parts{bench.manager, bench.trust, bench.redactor, slow, systemNow},
                                            SignInOptions{}, SignInLimits{});
    bench.visitsStart = false;
    QVERIFY(bench.start());
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::active);
    later.set(Error{identity::errors::browserFailed, u"It ended"_s, {}});
    QTRY_COMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::active);
    QCOMPARE(bench.signIn->browserFailure()->message, u"It ended"_s);
}

void SignInTest::theLinkCanBeOpenedAgain()
{
    SignInBench bench;
    QVERIFY(!bench.signIn->hasLink());
    QVERIFY(bench.signIn->newLink().isEmpty());
    bool hasFailed = false;
    bench.signIn->openAgain().failure().whenSet([&](const auto &error) { hasFailed = error.has_value(); });
    QVERIFY(hasFailed);
    QVERIFY(bench.start());
    bench.signIn->openAgain().failure().whenSet([&](const auto &error) { hasFailed = error.has_value(); });
    QVERIFY(!hasFailed);
    QCOMPARE(bench.opened.size(), 2U);
    QVERIFY2(bench.opened.at(0) != bench.opened.at(1), "each works once");
    QVERIFY(bench.signIn->newLink() != bench.signIn->newLink());
    bench.visit(bench.opened.at(1));
    QCOMPARE(bench.arrive(bench.goodValues()).status, 200);
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    QVERIFY(!bench.signIn->hasLink());
    QVERIFY(bench.signIn->newLink().isEmpty());
}

void SignInTest::anUnreachableTenantEndsIt()
{
    SignInBench bench;
    Connection connection = bench.tenant.connection();
    {
        const FakeTenant gone;
        connection = gone.connection();
    }
    TrustStore trust(bench.http, connection, {}, systemNow);
    bench.signIn = std::make_unique<SignIn>(SignIn::Parts{bench.manager, trust, bench.redactor, {}, systemNow},
                                            SignInOptions{}, SignInLimits{});
    QVERIFY(!bench.start());
    QCOMPARE(codeOf(bench.finish()), u"net.connection-failed"_s);
}

void SignInTest::aLatePageSaysReturn()
{
    SignInLimits limits;
    limits.whole = 3s;
    limits.browserAnswer = 300ms;
    SignInBench bench(ResponseMode::formPost, {}, limits);
    bench.tenant.isSilent = true;
    QVERIFY(bench.start());
    const RawAnswer page = bench.arrive(bench.goodValues());
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("Return to Bookdesk"));
    QVERIFY(!page.body.contains("You are signed in"));
    QVERIFY(bench.isRunning());
    bench.signIn->cancel();
    QCOMPARE(codeOf(bench.finish()), u"sign-in.cancelled"_s);
}

void SignInTest::thePageWaitsLongerThanTheSignIn()
{
    const SignInLimits limits;
    QVERIFY(limits.browserAnswer > limits.whole);
}

void SignInTest::aForeignErrorIsNoticed()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.arrive({{"error"_ba, "access_denied"_ba}});
    QTRY_VERIFY(bench.signIn->notice().contains(u"an error that does not name your sign-in"_s));
    QVERIFY(bench.isRunning());
    bench.arrive(bench.goodValues());
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
}

void SignInTest::theBrowsersAddressSaysNothing()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray shown = bench.opened.front().toEncoded();
    QVERIFY(shown.startsWith("http://" + bench.host() + "/start/"));
    QVERIFY(!bench.opened.front().hasQuery());
    for (const QString &name : {u"state"_s, u"nonce"_s, u"code_challenge"_s, u"client_id"_s})
        QVERIFY(!shown.contains(bench.linkParameter(name)));
}

void SignInTest::aVisitShowsThatTheBrowserOpened()
{
    SignInBench bench;
    const OpenUrl unsure = [&](const QUrl &url) {
        bench.opened.push_back(url);
        return Opening(OneShot<std::optional<Error>>());
    };
    bench.signIn = std::make_unique<SignIn>(
        SignIn::Parts{bench.manager, bench.trust, bench.redactor, unsure, systemNow}, SignInOptions{}, SignInLimits{});
    bench.visitsStart = false;
    QVERIFY(bench.start());
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::active);
    bench.visit(bench.opened.front());
    QTRY_COMPARE(stateOf(*bench.signIn, SignInStep::awaitRedirect), StepState::active);
    QCOMPARE(stateOf(*bench.signIn, SignInStep::openBrowser), StepState::done);
}

void SignInTest::aLinkThatIsUsedTwiceEndsIt_data()
{
    QTest::addColumn<bool>("isHeld");
    QTest::newRow("while the browser is awaited") << false;
    QTest::newRow("while the code is exchanged") << true;
}

void SignInTest::aLinkThatIsUsedTwiceEndsIt()
{
    QFETCH(bool, isHeld);
    SignInBench bench;
    bench.tenant.isSilent = true;
    QVERIFY(bench.start());
    const quint16 port = bench.port();
    std::optional<RawBrowser> first;
    if (isHeld) {
        first.emplace(port);
        first->send(bench.pageRequest());
        QTRY_COMPARE(bench.tenant.tokenRequests().size(), 1U);
    }
    const RawAnswer second = exchange(port, getRequest(bench.opened.front().path().toLatin1(), bench.host()));
    QCOMPARE(second.status, 409);
    QVERIFY(second.body.contains("This link was used before"));
    QVERIFY(second.header("Set-Cookie").isEmpty());
    QCOMPARE(codeOf(bench.finish()), u"sign-in.link-used-twice"_s);
    if (first)
        QVERIFY(first->answer().body.contains("You are not signed in"));
}

void SignInTest::aCodeWithoutTheCookieCostsNothing()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray cookie = std::exchange(bench.cookie, "bookdesk=guessed");
    FormValues stolen = bench.goodValues();
    stolen[0].second = "a-code-of-somebody-else";
    QCOMPARE(bench.arrive(stolen).status, 403);
    QTRY_VERIFY(bench.signIn->notice().contains(u"did not begin this sign-in"_s));
    QVERIFY(bench.isRunning());
    QVERIFY(bench.tenant.tokenRequests().empty());
    bench.cookie = cookie;
    QCOMPARE(bench.arrive(bench.goodValues()).status, 200);
    QCOMPARE(codeOf(bench.finish()), u"no error"_s);
    QCOMPARE(bench.tenant.tokenRequests().front().value("code"), "the-good-code"_ba);
}

QTEST_GUILESS_MAIN(SignInTest)
#include "sign-in-test.moc"
