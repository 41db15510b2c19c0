// The visitor goes through the Sandbox's real page to a real listener, and nowhere else.
#include "sandbox/client.h"
#include "sandbox/http-server-compat.h"
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"

#include <QCoroTask>
#include <QCryptographicHash>
#include <QTcpServer>
#include <QTest>
#include <QUrlQuery>

#include <vector>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// A web server that answers as a test says and keeps the requests.
class Site
{
public:
    explicit Site(HttpServer::Handler handler)
        : m_http([this, handler = std::move(handler)](const Request &request) {
            requests.push_back(request);
            return handler(request);
        })
    {
        auto listener = std::make_unique<QTcpServer>();
        if (!listener->listen(QHostAddress::LocalHost))
            qFatal("no port");
        m_port = listener->serverPort();
        m_http.bind(std::move(listener));
    }

    QUrl url(const QString &path = u"/"_s) const { return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_port).arg(path)); }
    quint16 port() const { return m_port; }

    std::vector<Request> requests;

private:
    HttpServer m_http;
    quint16 m_port = 0;
};

Response page(const QByteArray &html) { return {200, {{"content-type", "text/html"}}, html}; }

QString codeOf(const Result<VisitedPage> &result) { return result ? QString() : result.error().code.toString(); }

} // namespace

class VisitorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itSignsInAndDeclines_data()
    {
        QTest::addColumn<bool>("usesTls");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<bool>("declines");
        for (const bool usesTls : {false, true}) {
            for (const QByteArray mode : {"query", "form_post"}) {
                const QByteArray how = mode + (usesTls ? ", https" : ", http");
                QTest::newRow("signs in, " + how) << usesTls << mode << false;
                QTest::newRow("declines, " + how) << usesTls << mode << true;
            }
        }
    }

    void itSignsInAndDeclines()
    {
        QFETCH(bool, usesTls);
        QFETCH(QByteArray, mode);
        QFETCH(bool, declines);
        SandboxOptions options;
        options.usesTls = usesTls;
        options.opaqueEnding = "+/=&\"'<>%";
        const auto sandbox = *QCoro::waitFor(SandboxServer::start(options));
        Site client([](const Request &) { return page("<p>You are signed in</p>"); });

        Visitor visitor(sandbox->certificateAuthority());
        const Result<VisitedPage> seen =
            QCoro::waitFor(visitor.visit(authorizeUrl(*sandbox, mode, client.port()), {u"ada"_s, declines}));
        QVERIFY2(seen, qPrintable(seen ? QString() : advised(seen.error()) + factLines(seen.error().facts)));
        QCOMPARE(seen->status, 200);
        QCOMPARE(seen->text, u"<p>You are signed in</p>"_s);
        QCOMPARE(client.requests.size(), std::size_t{1});
        const Request &request = client.requests.front();
        QCOMPARE(request.method, mode == "query" ? "GET"_ba : "POST"_ba);
        const FormFields fields = FormFields::parse(mode == "query" ? request.query : request.body);
        QCOMPARE(fields.text("state"), u"a b&c"_s);
        QCOMPARE(fields.has("code"), !declines);
        QCOMPARE(fields.text("error"), declines ? u"access_denied"_s : QString());
        if (!declines)
            QVERIFY(fields.text("code").endsWith(QString::fromUtf8(options.opaqueEnding)));
    }

    void anUnknownPersonaIsNotFound()
    {
        const auto sandbox = *QCoro::waitFor(SandboxServer::start({}));
        Visitor visitor({});
        const Result<VisitedPage> seen = QCoro::waitFor(visitor.visit(authorizeUrl(*sandbox, "query", 1), {u"eve"_s}));
        QCOMPARE(codeOf(seen), u"sandbox.visit-failed"_s);
        QVERIFY(seen.error().message.contains(u"eve"_s));
    }

    void aRefusalOnThePageIsWhatItSees()
    {
        const auto sandbox = *QCoro::waitFor(SandboxServer::start({}));
        QUrl url = authorizeUrl(*sandbox, "query", 1);
        url.setQuery(u"client_id=unknown"_s);
        Visitor visitor({});
        const Result<VisitedPage> seen = QCoro::waitFor(visitor.visit(url, {u"ada"_s}));
        QVERIFY(seen);
        QCOMPARE(seen->status, 400);
        QVERIFY(seen->text.contains(u"AADSTS700016"_s));
    }

    void itStaysOnThisComputer_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::newRow("another host") << QUrl(u"https://login.example/"_s);
        QTest::newRow("a name that begins like ours") << QUrl(u"http://localhost.example/"_s);
        QTest::newRow("user info") << QUrl(u"http://x@localhost:1/"_s);
        QTest::newRow("a file") << QUrl(u"file:///etc/passwd"_s);
        QTest::newRow("nothing") << QUrl();
    }

    void itStaysOnThisComputer()
    {
        QFETCH(QUrl, url);
        Visitor visitor({});
        QCOMPARE(codeOf(QCoro::waitFor(visitor.visit(url, {u"ada"_s}))), u"sandbox.visit-failed"_s);
        Site leadingAway([&url](const Request &) { return redirectTo(302, url.toEncoded()); });
        if (!url.isEmpty()) {
            const Result<VisitedPage> led = QCoro::waitFor(visitor.visit(leadingAway.url(), {u"ada"_s}));
            QCOMPARE(codeOf(led), u"sandbox.visit-failed"_s);
            QCOMPARE(led.error().message, u"The sign-in leads away from this computer, so it was not followed."_s);
        }
    }

    void redirectsAreFollowedAsBrowsersDo()
    {
        Site site([](const Request &request) {
            if (request.path == "/")
                return page("<form method=post action=/seventh><input type=hidden name=a value=1></form>"
                            "<script>document.forms[0].submit()</script>");
            if (request.path == "/seventh")
                return redirectTo(307, "/third");
            if (request.path == "/third")
                return redirectTo(303, "last?x=1#y");
            return page("done");
        });
        Visitor visitor({});
        const Result<VisitedPage> seen = QCoro::waitFor(visitor.visit(site.url(), {}));
        QVERIFY(seen);
        QCOMPARE(seen->text, u"done"_s);
        QCOMPARE(seen->url.path(), u"/last"_s);
        QCOMPARE(site.requests.size(), std::size_t{4});
        QCOMPARE(site.requests[2].method, "POST"_ba);
        QCOMPARE(site.requests[2].body, "a=1"_ba);
        QCOMPARE(site.requests[3].method, "GET"_ba);
        QVERIFY(site.requests[3].body.isEmpty());
    }

    void anEndlessWayIsGivenUp()
    {
        Site site([](const Request &) { return redirectTo(302, "/"); });
        Visitor visitor({});
        QCOMPARE(codeOf(QCoro::waitFor(visitor.visit(site.url(), {}))), u"sandbox.visit-failed"_s);
        QVERIFY(site.requests.size() <= 20);
    }

    void aPageThatIsTooLargeIsGivenUp()
    {
        Site site([](const Request &) { return page(QByteArray(2 * 1024 * 1024, 'x')); });
        Visitor visitor({});
        QCOMPARE(codeOf(QCoro::waitFor(visitor.visit(site.url(), {}))), u"sandbox.visit-failed"_s);
    }

    void nobodyThere()
    {
        quint16 port = 0;
        {
            QTcpServer gone;
            QVERIFY(gone.listen(QHostAddress::LocalHost));
            port = gone.serverPort();
        }
        Visitor visitor({});
        QCOMPARE(codeOf(QCoro::waitFor(visitor.visit(QUrl(u"http://127.0.0.1:%1/"_s.arg(port)), {}))),
                 u"sandbox.visit-failed"_s);
    }

    void withoutTheAuthorityTlsIsNotTrusted()
    {
        SandboxOptions options;
        options.usesTls = true;
        const auto sandbox = *QCoro::waitFor(SandboxServer::start(options));
        Visitor visitor({});
        QCOMPARE(codeOf(QCoro::waitFor(visitor.visit(authorizeUrl(*sandbox, "query", 1), {u"ada"_s}))),
                 u"sandbox.visit-failed"_s);
    }

    void itsEndStopsTheVisit()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        auto visitor = std::make_unique<Visitor>(QByteArray());
        auto visit = visitor->visit(QUrl(u"http://127.0.0.1:%1/"_s.arg(silent.serverPort())), {});
        QTRY_VERIFY(silent.hasPendingConnections());
        visitor.reset();
        QCOMPARE(codeOf(QCoro::waitFor(std::move(visit))), u"stopped"_s);
    }

private:
    static QUrl authorizeUrl(const SandboxServer &sandbox, const QByteArray &mode, quint16 clientPort)
    {
        const JsonObject file = sandbox.connectionFile();
        const QString authority = *file.find(u"authority")->asString();
        const QByteArray issuer = authority.toLatin1() + "/v2.0";
        const QByteArray redirectPath =
            "/cb/" + QCryptographicHash::hash(issuer, QCryptographicHash::Sha256).toHex().first(16);
        QUrl url(authority + u"/oauth2/v2.0/authorize"_s);
        url.setQuery(QString::fromLatin1(
            test::encodedForm({{"client_id", file.find(u"clientId")->asString()->toLatin1()},
                               {"response_type", "code"},
                               {"response_mode", mode},
                               {"redirect_uri", "http://localhost:" + QByteArray::number(clientPort) + redirectPath},
                               {"scope", "openid"},
                               {"state", "a b&c"},
                               {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
                               {"code_challenge_method", "S256"}})));
        return url;
    }
};

QTEST_GUILESS_MAIN(VisitorTest)
#include "visitor-test.moc"
