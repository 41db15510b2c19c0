// Sign-ins at other providers than Entra, over real sockets: what their rules change, and what is never sent anywhere.
#include "core/results.h"
#include "identity/errors.h"
#include "identity/fake-issuer.h"
#include "identity/raw-browser.h"
#include "identity/sign-in.h"
#include "identity/trust-store.h"
#include "net/access-manager.h"
#include "net/exchange-log.h"
#include "net/http-client.h"

#include <QCoroTask>
#include <QTest>
#include <QUrlQuery>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

QString codeOf(const Result<SignedIn> &outcome) { return outcome ? u"no error"_s : outcome.error().code.toString(); }

/// One sign-in, with the test in the place of the browser.
class Bench
{
public:
    Bench(FakeIssuer &at, const Connection &connection)
        : m_issuer(at)
        , m_trust(m_http, connection, {}, systemNow)
        , m_open([this](const QUrl &url) -> Result<void> {
            m_link = url;
            return {};
        })
        , m_signIn({m_manager, m_trust, Redactor(), m_open, systemNow}, {}, {})
    {
        collect(m_signIn.run(), m_outcome);
    }

    /// Visits the start address, and so learns where it leads. False where the sign-in ended before.
    bool start()
    {
        if (!QTest::qWaitFor([this] { return !m_link.isEmpty() || m_outcome->has_value(); }, 20'000) ||
            m_link.isEmpty())
            return false;
        const RawAnswer answer =
            exchange(static_cast<quint16>(m_link.port()), getRequest(m_link.path().toLatin1(), host()));
        address = QUrl::fromEncoded(answer.header("Location"));
        m_cookie = answer.header("Set-Cookie").split(';').front();
        m_issuer.nonce = parameter(u"nonce"_s);
        return true;
    }

    /// Comes back by GET, with the state where @p values name none.
    int comeBack(FormValues values)
    {
        values << qMakePair("state"_ba, state.isEmpty() ? parameter(u"state"_s) : state);
        const quint16 port = static_cast<quint16>(m_link.port());
        const QByteArray path = QUrl(QString::fromLatin1(redirectUri())).path().toLatin1();
        const RawAnswer moved = exchange(port, getRequest(path + '?' + formOf(values), host()));
        if (moved.status != 303)
            return moved.status;
        return exchange(port, getRequest(moved.header("Location"), host(), "Cookie: " + m_cookie + "\r\n")).status;
    }

    Result<SignedIn> finish()
    {
        if (!QTest::qWaitFor([this] { return m_outcome->has_value(); }, 20'000))
            return failure(Error{{"test.still-running"}, {}, {}});
        return **m_outcome;
    }

    QByteArray parameter(const QString &name) const
    {
        return QUrlQuery(address).queryItemValue(name, QUrl::FullyDecoded).toUtf8();
    }
    QByteArray redirectUri() const { return pushedRedirect.isEmpty() ? parameter(u"redirect_uri"_s) : pushedRedirect; }
    QByteArray host() const { return m_link.authority().toLatin1(); }
    QUrl link() const { return m_link; }

    QUrl address;
    QByteArray state;          ///< Where the address does not say it.
    QByteArray pushedRedirect; ///< The same for the redirect URI.

private:
    FakeIssuer &m_issuer;
    net::ExchangeLog m_log;
    net::AccessManager m_manager{m_log, Redactor(), systemNow, {}, {}};
    net::HttpClient m_http{m_manager};
    TrustStore m_trust;
    QUrl m_link;
    OpenUrl m_open;
    SignIn m_signIn;
    QByteArray m_cookie;
    std::shared_ptr<std::optional<Result<SignedIn>>> m_outcome = std::make_shared<std::optional<Result<SignedIn>>>();
};

} // namespace

Q_DECLARE_METATYPE(bookdesk::Json)

class ProviderSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsIn_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("path");
        QTest::newRow("any provider") << u"generic"_s << QString();
        QTest::newRow("any provider with a slash") << u"generic"_s << u"/"_s;
        QTest::newRow("Auth0") << u"auth0"_s << QString();
        QTest::newRow("Cognito") << u"cognito"_s << u"/eu-central-1_Pool"_s;
        QTest::newRow("Keycloak") << u"keycloak"_s << u"/realms/contoso"_s;
    }

    void signsIn()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, path);
        FakeIssuer issuer(kind, path == "/"_L1 ? QString() : path);
        const Connection connection = issuer.connection(
            path == "/"_L1 ? JsonObject{{u"authority"_s, issuer.url(u"/"_s).toString()}} : JsonObject{});
        if (path == "/"_L1)
            issuer.changes = {{u"issuer"_s, issuer.url(u"/"_s).toString()}};
        Bench bench(issuer, connection);
        QVERIFY(bench.start());
        QCOMPARE(bench.parameter(u"response_mode"_s), "query"_ba);
        QCOMPARE(bench.parameter(u"audience"_s), kind == "auth0"_L1 ? "https://books.contoso.com"_ba : ""_ba);
        QCOMPARE(bench.parameter(u"resource"_s), kind == "cognito"_L1 ? "https://books.contoso.com"_ba : ""_ba);
        QCOMPARE(bench.link().host(), connection.provider.redirect.host);
        QVERIFY2(bench.redirectUri().contains("/cb/"), bench.redirectUri());
        if (!connection.redirect.ports.empty())
            QVERIFY(std::ranges::find(connection.redirect.ports, static_cast<quint16>(bench.link().port())) !=
                    connection.redirect.ports.end());
        if (path == "/"_L1)
            issuer.onToken = [&](const Form &) {
                JsonObject id = issuer.idClaims();
                JsonObject access = issuer.accessClaims();
                id.set(u"iss"_s, issuer.url(u"/"_s).toString());
                access.set(u"iss"_s, issuer.url(u"/"_s).toString());
                return issuer.tokenAnswer(id, access);
            };
        QCOMPARE(bench.comeBack({{"code"_ba, "the-code"_ba}}), 200);
        const Result<SignedIn> outcome = bench.finish();
        QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
        QCOMPARE(outcome->identity.displayName(), u"Riley Reader"_s);
        QVERIFY(outcome->accessToken.verification.passed());
        QVERIFY(outcome->grants.scopes.contains(kind == "cognito"_L1 ? u"Books.Read"_s : u"books/Books.Read"_s));
        QCOMPARE(issuer.tokenRequests().size(), std::size_t{1});
        QVERIFY(!issuer.tokenRequests().front().contains("client_secret"));
    }

    void postsWhereItIsOffered()
    {
        FakeIssuer issuer;
        issuer.changes = {{u"response_modes_supported"_s, JsonArray{u"query"_s, u"form_post"_s}}};
        Bench bench(issuer, issuer.connection());
        QVERIFY(bench.start());
        QCOMPARE(bench.parameter(u"response_mode"_s), "form_post"_ba);
        bench.comeBack({{"code"_ba, "the-code"_ba}});
        QCOMPARE(codeOf(bench.finish()), u"sign-in.redirect-invalid"_s);
        QVERIFY2(issuer.tokenRequests().empty(), "a code in an address is not sent on");
    }

    void aPromisedIssuerMustCome_data()
    {
        QTest::addColumn<QByteArray>("issuer");
        QTest::addColumn<QString>("code");
        QTest::newRow("the right one") << "@"_ba << u"no error"_s;
        QTest::newRow("none") << QByteArray() << u"sign-in.redirect-invalid"_s;
        QTest::newRow("that of an honest server") << "https://id.contoso.com"_ba << u"sign-in.redirect-invalid"_s;
    }

    void aPromisedIssuerMustCome()
    {
        QFETCH(QByteArray, issuer);
        QFETCH(const QString, code);
        FakeIssuer at;
        at.changes = {{u"authorization_response_iss_parameter_supported"_s, true}};
        Bench bench(at, at.connection());
        QVERIFY(bench.start());
        FormValues values{{"code"_ba, "the-code"_ba}};
        if (!issuer.isEmpty())
            values << qMakePair("iss"_ba, issuer == "@" ? at.issuer().toUtf8() : issuer);
        bench.comeBack(values);
        QCOMPARE(codeOf(bench.finish()), code);
        QCOMPARE(at.tokenRequests().empty(), code != "no error"_L1);
    }

    void pushesWhereThatIsDemanded()
    {
        FakeIssuer issuer;
        issuer.changes = {{u"require_pushed_authorization_requests"_s, true},
                          {u"pushed_authorization_request_endpoint"_s, issuer.url(u"/push"_s).toString()}};
        Bench bench(issuer, issuer.connection());
        QVERIFY(bench.start());
        QCOMPARE(issuer.pushes().size(), std::size_t{1});
        const Form pushed = issuer.pushes().front();
        QCOMPARE(bench.parameter(u"request_uri"_s), "urn:ietf:params:oauth:request_uri:a/b+c"_ba);
        QCOMPARE(bench.parameter(u"client_id"_s), "the-client"_ba);
        QCOMPARE(QUrlQuery(bench.address).queryItems().size(), 2);
        QCOMPARE(pushed.value("code_challenge_method"), "S256"_ba);
        bench.state = pushed.value("state");
        bench.pushedRedirect = pushed.value("redirect_uri");
        issuer.nonce = pushed.value("nonce");
        bench.comeBack({{"code"_ba, "the-code"_ba}});
        QCOMPARE(codeOf(bench.finish()), u"no error"_s);
        QCOMPARE(issuer.tokenRequests().front().value("redirect_uri"), bench.pushedRedirect);
    }

    void thePushKeepsTheEndpointsOwnQuery()
    {
        FakeIssuer issuer;
        issuer.changes = {
            {u"require_pushed_authorization_requests"_s, true},
            {u"authorization_endpoint"_s, QString(issuer.url(u"/authorize"_s).toString() + u"?p=books"_s)},
            {u"pushed_authorization_request_endpoint"_s, issuer.url(u"/push"_s).toString()}};
        Bench bench(issuer, issuer.connection());
        QVERIFY(bench.start());
        QCOMPARE(bench.parameter(u"p"_s), "books"_ba);
        QCOMPARE(bench.parameter(u"client_id"_s), "the-client"_ba);
        QCOMPARE(bench.parameter(u"request_uri"_s), "urn:ietf:params:oauth:request_uri:a/b+c"_ba);
        QCOMPARE(QUrlQuery(bench.address).queryItems().size(), 3);
    }

    void aRefusedPushEndsIt_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("refused") << oauthFailure("invalid_request", "no") << u"sign-in.refused"_s;
        QTest::newRow("no reference") << httpAnswer("201 Created", {}, "{}") << u"sign-in.response-invalid"_s;
        QTest::newRow("a page") << httpAnswer("200 OK", {}, "<html></html>") << u"sign-in.response-invalid"_s;
        QTest::newRow("a reference with a line break")
            << httpAnswer("201 Created", {}, R"({"request_uri":"a\nb"})") << u"sign-in.response-invalid"_s;
    }

    void aRefusedPushEndsIt()
    {
        QFETCH(const QByteArray, answer);
        FakeIssuer issuer;
        issuer.changes = {{u"require_pushed_authorization_requests"_s, true},
                          {u"pushed_authorization_request_endpoint"_s, issuer.url(u"/push"_s).toString()}};
        issuer.onPush = [answer](const Form &) { return answer; };
        Bench bench(issuer, issuer.connection());
        QVERIFY2(!bench.start(), "no browser opens");
        QTEST(codeOf(bench.finish()), "code");
    }

    void namesWhatIsNotSupported_data()
    {
        QTest::addColumn<QString>("tokenType");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("bound tokens") << u"DPoP"_s << QByteArray();
        QTest::newRow("a proof is missing") << u"Bearer"_s << "invalid_dpop_proof"_ba;
        QTest::newRow("a proof needs a nonce") << u"Bearer"_s << "use_dpop_nonce"_ba;
    }

    void namesWhatIsNotSupported()
    {
        QFETCH(const QString, tokenType);
        QFETCH(const QByteArray, error);
        FakeIssuer issuer;
        issuer.tokenType = tokenType;
        if (!error.isEmpty())
            issuer.onToken = [error](const Form &) { return oauthFailure(error, "DPoP proof required"); };
        Bench bench(issuer, issuer.connection());
        QVERIFY(bench.start());
        bench.comeBack({{"code"_ba, "the-code"_ba}});
        const Result<SignedIn> outcome = bench.finish();
        QCOMPARE(codeOf(outcome), u"sign-in.dpop-unsupported"_s);
        QVERIFY(outcome.error().message.contains(u"DPoP"_s));
    }

    void saysWhyThereIsNoSignIn()
    {
        FakeIssuer issuer(u"firebase"_s, u"/contoso-books"_s);
        Bench bench(issuer, issuer.connection());
        const Result<SignedIn> outcome = bench.finish();
        QCOMPARE(codeOf(outcome), u"sign-in.not-offered"_s);
        QVERIFY(outcome.error().remedy.contains(u"Paste"_s));
        QVERIFY2(issuer.server().requests().empty(), "nothing is asked for");
    }
};

QTEST_GUILESS_MAIN(ProviderSignInTest)
#include "provider-sign-in-test.moc"
