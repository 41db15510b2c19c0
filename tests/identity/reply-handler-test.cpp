#include "core/redaction.h"
#include "identity/errors.h"
#include "identity/reply-handler.h"
#include "net/errors.h"
#include "net/fake-server.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;
using bookdesk::test::FakeServer;
using Stage = QAbstractOAuth::Stage;
using Parameters = QMultiMap<QString, QVariant>;

namespace {

constexpr TimePoint testNow{std::chrono::seconds{1'800'000'000}};

const QByteArray goodAnswer = R"({"token_type":"Bearer","expires_in":3600,"access_token":"a.b.c","id_token":"d.e.f"})";

AuthorizationRequest sampleRequest()
{
    AuthorizationRequest request;
    request.clientId = u"client & id"_s;
    request.scopes = {u"openid"_s, u"api://6f1c/Books.Read"_s};
    request.redirectUri = u"http://localhost:8400"_s;
    request.responseMode = u"form_post"_s;
    request.secrets = {"the-state", "the-nonce", Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")};
    return request;
}

/// Waits for the answer.
Result<TokenSet> answerOf(const ReplyHandler &handler)
{
    const auto answer = std::make_shared<std::optional<Result<TokenSet>>>();
    handler.answer().whenSet([answer](const Result<TokenSet> &tokens) { *answer = tokens; });
    if (!QTest::qWaitFor([&answer] { return answer->has_value(); }))
        qFatal("No answer has come");
    return **answer;
}

QString codeOf(const Result<TokenSet> &tokens) { return tokens ? u"no error"_s : tokens.error().code.toString(); }

} // namespace

class ReplyHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCallbackIsTheRedirectUri();
    void parametersAreOurs_data();
    void parametersAreOurs();
    void whatQtHadSetIsReplaced();
    void whatIsEmptyIsLeftOut();
    void accountHintsGoAlong();
    void theCodeIsRedeemed();
    void aTokenResponseIsRead();
    void theAnswerComesFromTheEventLoop();
    void aRefusalIsTheAnswer();
    void aBrokenConnectionIsTheAnswer();

private:
    static Parameters parametersOf(Stage stage, AuthorizationRequest request = sampleRequest(), Parameters before = {})
    {
        ReplyHandler handler(std::move(request), [] { return testNow; });
        handler.redeem(Secret("0.A+/=%&~"));
        handler.modifyParameters(stage, before);
        return before;
    }

    /// The reply to a token request that was answered with @p bytes.
    std::unique_ptr<QNetworkReply> finishedReply(const QByteArray &bytes)
    {
        FakeServer server(test::always(bytes));
        server.closeAfterAnswers();
        std::unique_ptr<QNetworkReply> reply(m_manager.post(QNetworkRequest(server.url()), QByteArray()));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }))
            qFatal("No reply has come");
        return reply;
    }

    QNetworkAccessManager m_manager;
};

void ReplyHandlerTest::theCallbackIsTheRedirectUri()
{
    const ReplyHandler handler(sampleRequest(), systemNow);
    QCOMPARE(handler.callback(), u"http://localhost:8400"_s);
}

void ReplyHandlerTest::parametersAreOurs_data()
{
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<Parameters>("parameters");
    const Parameters always{{u"client_id"_s, u"client%20%26%20id"_s},
                            {u"redirect_uri"_s, u"http%3A%2F%2Flocalhost%3A8400"_s},
                            {u"scope"_s, u"openid%20api%3A%2F%2F6f1c%2FBooks.Read"_s}};
    Parameters authorization = always;
    // RFC 7636 appendix B has verifier and challenge.
    authorization.unite({{u"state"_s, u"the-state"_s},
                         {u"nonce"_s, u"the-nonce"_s},
                         {u"code_challenge"_s, u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s},
                         {u"code_challenge_method"_s, u"S256"_s},
                         {u"response_mode"_s, u"form_post"_s}});
    QTest::newRow("of the authorization request") << Stage::RequestingAuthorization << authorization;
    Parameters token = always;
    token.unite({{u"code"_s, u"0.A%2B%2F%3D%25%26~"_s},
                 {u"code_verifier"_s, u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s}});
    QTest::newRow("of the token request") << Stage::RequestingAccessToken << token;
    QTest::newRow("of a refresh, which is not ours") << Stage::RefreshingAccessToken << always;
}

void ReplyHandlerTest::parametersAreOurs()
{
    QFETCH(const Stage, stage);
    QTEST(parametersOf(stage), "parameters");
}

void ReplyHandlerTest::whatQtHadSetIsReplaced()
{
    const Parameters qtsOwn{{u"client_id"_s, u"other"_s},     {u"client_id"_s, u"another"_s},
                            {u"client_secret"_s, u"empty"_s}, {u"code_verifier"_s, u"other"_s},
                            {u"code"_s, u"other"_s},          {u"grant_type"_s, u"authorization_code"_s}};
    const Parameters parameters = parametersOf(Stage::RequestingAccessToken, sampleRequest(), qtsOwn);
    Parameters expected = parametersOf(Stage::RequestingAccessToken);
    expected.insert(u"grant_type"_s, u"authorization_code"_s);
    QCOMPARE(parameters, expected);
}

void ReplyHandlerTest::whatIsEmptyIsLeftOut()
{
    const Parameters qtsOwn{{u"prompt"_s, u"none"_s}, {u"login_hint"_s, u"somebody"_s}};
    const Parameters parameters = parametersOf(Stage::RequestingAuthorization, sampleRequest(), qtsOwn);
    for (const QString &name : {u"prompt"_s, u"login_hint"_s, u"client_secret"_s})
        QVERIFY2(!parameters.contains(name), qPrintable(name));
}

void ReplyHandlerTest::accountHintsGoAlong()
{
    AuthorizationRequest request = sampleRequest();
    request.prompt = u"select_account"_s;
    request.loginHint = u"jörg+books@example.org"_s;
    const Parameters parameters = parametersOf(Stage::RequestingAuthorization, request);
    QCOMPARE(parameters.value(u"prompt"_s).toString(), u"select_account"_s);
    QCOMPARE(parameters.value(u"login_hint"_s).toString(), u"j%C3%B6rg%2Bbooks%40example.org"_s);
    QVERIFY(!parametersOf(Stage::RequestingAccessToken, request).contains(u"login_hint"_s));
}

void ReplyHandlerTest::theCodeIsRedeemed()
{
    ReplyHandler handler(sampleRequest(), systemNow);
    QSignalSpy callback(&handler, &ReplyHandler::callbackReceived);
    handler.redeem(Secret("the-code"));
    QCOMPARE(callback.size(), 1);
    // Qt keeps what it is given as text, so it gets a mark; the code itself goes into the token request alone.
    QCOMPARE(callback.front().front().toMap(), (QVariantMap{{u"code"_s, removedMark()}, {u"state"_s, u"the-state"_s}}));
    Parameters parameters{{u"code"_s, removedMark()}};
    handler.modifyParameters(Stage::RequestingAccessToken, parameters);
    QCOMPARE(parameters.values(u"code"_s), QVariantList{u"the-code"_s});
}

void ReplyHandlerTest::aTokenResponseIsRead()
{
    ReplyHandler handler(sampleRequest(), [] { return testNow; });
    QSignalSpy received(&handler, &ReplyHandler::tokensReceived);
    const auto reply = finishedReply(test::httpAnswer("200 OK", {}, goodAnswer));
    handler.networkReplyFinished(reply.get());
    QCOMPARE(received.size(), 1);
    QCOMPARE(received.front().front().toMap(), (QVariantMap{{u"access_token"_s, removedMark()}}));
    const Result<TokenSet> tokens = answerOf(handler);
    QVERIFY2(tokens, qPrintable(codeOf(tokens)));
    QVERIFY(tokens->accessToken == Secret("a.b.c"));
    QVERIFY(tokens->idToken == Secret("d.e.f"));
    QVERIFY(tokens->expiresAt == testNow + std::chrono::hours{1});
    QCOMPARE(tokens->grantedScopes, sampleRequest().scopes);
}

void ReplyHandlerTest::theAnswerComesFromTheEventLoop()
{
    const auto reply = finishedReply(test::httpAnswer("200 OK", {}, goodAnswer));
    auto handler = std::make_unique<ReplyHandler>(sampleRequest(), systemNow);
    const OneShot<Result<TokenSet>> answer = handler->answer();
    answer.whenSet([&handler](const Result<TokenSet> &) { handler.reset(); });
    handler->networkReplyFinished(reply.get());
    QVERIFY(!answer.isSet());
    QTRY_VERIFY(answer.isSet());
    QVERIFY(!handler);
}

void ReplyHandlerTest::aRefusalIsTheAnswer()
{
    ReplyHandler handler(sampleRequest(), systemNow);
    QSignalSpy received(&handler, &ReplyHandler::tokensReceived);
    const auto reply = finishedReply(
        test::httpAnswer("400 Bad Request", {},
                         R"({"error":"invalid_grant","error_description":"AADSTS70008: The code has expired."})"));
    handler.networkReplyFinished(reply.get());
    const Result<TokenSet> tokens = answerOf(handler);
    QVERIFY(!tokens);
    QCOMPARE(factValue(tokens.error().facts, facts::aadsts), u"70008"_s);
    QCOMPARE(received.size(), 0);
}

void ReplyHandlerTest::aBrokenConnectionIsTheAnswer()
{
    ReplyHandler handler(sampleRequest(), systemNow);
    const auto reply = finishedReply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
    handler.networkReplyFinished(reply.get());
    QCOMPARE(codeOf(answerOf(handler)), net::errors::broken.toString());
}

QTEST_GUILESS_MAIN(ReplyHandlerTest)
#include "reply-handler-test.moc"
