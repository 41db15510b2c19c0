#include "net/client-bench.h"
#include "net/fake-proxy.h"
#include "net/proxy-failure.h"
#include "net/proxy-logins.h"
#include "net/test-authority.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using namespace std::chrono_literals;
using test::always;
using test::ClientBench;
using test::FakeProxy;
using test::FakeServer;
using test::httpAnswer;
using test::SeenRequest;
using test::TestAuthority;

namespace {

const QUrl apiUrl(u"https://books.example.org/api/v1/books"_s);
const QByteArray connected = "HTTP/1.1 200 Connection established\r\n\r\n"_ba;

net::ProxyRules through(const QString &value)
{
    net::ProxyRules rules;
    rules.environment = QProcessEnvironment();
    rules.environment.insert(u"https_proxy"_s, value);
    rules.system = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
    return rules;
}

net::Limits shortLimits()
{
    net::Limits limits = test::patientLimits();
    limits.transfer = 1s;
    return limits;
}

QByteArray loginWanted(const QByteArray &schemes)
{
    return httpAnswer("407 Proxy Authentication Required", {{"Proxy-Authenticate"_ba, schemes}});
}

std::optional<QByteArray> credentialsIn(const SeenRequest &request)
{
    return net::headerValue(request.headers, "Proxy-Authorization");
}

constexpr const char *rightPassword = "correct-horse-battery-staple";

/// A proxy that connects to a server with TLS where somebody logs in as ann with the right password.
class LoginProxy
{
public:
    QString name() const { return m_proxy.name(); }
    int questions() const { return static_cast<int>(m_proxy.requests().size()); }
    net::OwnAuthorities authorities() const
    {
        return {{m_authority.sslCertificate()}, {apiUrl.host(), u"login.example.org"_s}};
    }
    net::ProxyRules rules(const QString &user, const std::shared_ptr<net::ProxyLogins> &logins) const
    {
        net::ProxyRules rules = through(user + name());
        rules.logins = logins;
        return rules;
    }

private:
    TestAuthority m_authority{"Our CA"};
    FakeServer m_server{always(httpAnswer("200 OK", {}, "Hello")),
                        m_authority.serverTls({"DNS:books.example.org,DNS:login.example.org"})};
    FakeProxy m_proxy{[](const SeenRequest &request) {
                          const bool isIn =
                              credentialsIn(request) == "Basic "_ba + ("ann:"_ba + rightPassword).toBase64();
                          return isIn ? connected : loginWanted("Basic");
                      },
                      m_server.port()};
};

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class ProxyGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefusalNamesTheProxy_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("advice");
        const QString refused = u"net.proxy-refused"_s;
        const QString unsupported = u"net.proxy-unsupported"_s;
        const QString administrator = u"administrator"_s;
        QTest::newRow("a log-in with Basic") << loginWanted("Basic realm=\"corp\"") << QString() << refused
                                             << u"asks for a user name and a password."_s << u"USER:PASSWORD@"_s;
        QTest::newRow("a wrong password") << loginWanted("Basic realm=\"corp\"") << u"ann:secret@"_s << refused
                                          << u"does not accept the user name and the password."_s << u"Correct them"_s;
        for (const char *scheme : {"NTLM", "Negotiate", "Digest realm=\"corp\", nonce=\"x\""})
            QTest::newRow(scheme) << loginWanted(scheme) << u"ann:secret@"_s << unsupported
                                  << QString::fromLatin1(scheme).section(u' ', 0, 0) +
                                         u", which Bookdesk does not support."_s
                                  << administrator;
        QTest::newRow("several log-ins") << loginWanted("Negotiate, NTLM") << QString() << unsupported
                                         << u"Negotiate, NTLM, which"_s << administrator;
        QTest::newRow("a log-in that is not named") << httpAnswer("407 Proxy Authentication Required") << QString()
                                                    << unsupported << u"does not say which."_s << administrator;
        QTest::newRow("a blocked host") << httpAnswer("403 Forbidden", {}, "<html>Blocked by policy</html>")
                                        << QString() << refused
                                        << u"does not connect to books.example.org:443; it answers: 403 Forbidden."_s
                                        << administrator;
        QTest::newRow("an answer with a redirect")
            << httpAnswer("302 Found", {{"Location"_ba, "https://login.corp/"_ba}}) << QString() << refused
            << u"302 Found"_s << administrator;
        QTest::newRow("no HTTP") << "SSH-2.0-OpenSSH\r\n\r\n"_ba << QString() << u"net.proxy-unreachable"_s
                                 << u"an answer that is not HTTP."_s << u"https_proxy"_s;
        QTest::newRow("silence") << QByteArray() << QString() << u"net.proxy-unreachable"_s
                                 << u"did not answer in time."_s << u"https_proxy"_s;
    }

    void aRefusalNamesTheProxy()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, user);
        QFETCH(const QString, code);
        QFETCH(const QString, sentence);
        QFETCH(const QString, advice);
        FakeProxy proxy(always(answer));
        ClientBench bench(shortLimits(), {}, through(user + proxy.name()));
        const auto response = bench.get(apiUrl);
        QVERIFY(!response);
        const Error &error = response.error();
        QCOMPARE(error.code.toString(), code);
        QVERIFY2(error.message.contains(u"The proxy "_s + proxy.name()), qPrintable(error.message));
        QVERIFY2(error.message.contains(sentence), qPrintable(error.message));
        QVERIFY2(error.remedy.contains(advice), qPrintable(error.remedy));
        QVERIFY(!(error.message + error.remedy + factLines(error.facts)).contains(u"secret"_s));
        QCOMPARE(factValue(error.facts, facts::proxy), proxy.name());
        QCOMPARE(factValue(error.facts, facts::proxyVariable), u"https_proxy"_s);
        if (code != u"net.proxy-unreachable"_s)
            QVERIFY(factValue(error.facts, facts::proxySaid).startsWith(QString::fromLatin1(answer.mid(9, 3))));
        QCOMPARE(proxy.requests().size(), std::size_t{1});
    }

    void aProxyThatIsNotThereIsNamed_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QString>("sentence");
        const QString closed = u"127.0.0.1:%1"_s.arg(closedPort());
        QTest::newRow("nobody listens") << closed << u"No connection to the proxy %1 could be made."_s.arg(closed);
        QTest::newRow("an unknown name") << u"http://proxy.invalid:8080"_s
                                         << u"The name of the proxy proxy.invalid:8080 was not found."_s;
        QTest::newRow("a proxy over TLS")
            << u"https://proxy.invalid:443"_s << u"The proxy https://proxy.invalid:443 cannot be used"_s;
        QTest::newRow("nonsense") << u"proxy:99999"_s << u"The proxy in https_proxy cannot be used"_s;
        QTest::newRow("no SOCKS proxy") << u"socks5://"_s + closed << u"proxy "_s + closed;
    }

    void aProxyThatIsNotThereIsNamed()
    {
        QFETCH(const QString, proxy);
        QFETCH(const QString, sentence);
        ClientBench bench(test::patientLimits(), {}, through(proxy));
        const auto response = bench.get(apiUrl);
        QVERIFY(!response);
        QVERIFY2(response.error().message.contains(sentence), qPrintable(response.error().message));
        QCOMPARE(response.error().code.kind(), ErrorKind::network);
        QCOMPARE(factValue(response.error().facts, facts::proxyVariable), u"https_proxy"_s);
    }

    void hostsAreNamedInAscii()
    {
        FakeProxy proxy(always(httpAnswer("403 Forbidden")));
        ClientBench bench(shortLimits(), {}, through(proxy.name()));
        const auto blocked = bench.get(QUrl(u"https://books.\u0441\u043Entoso.com/"_s));
        QVERIFY(!blocked);
        QVERIFY2(blocked.error().message.contains(u"to books.xn--ntoso-iyeu.com:443 (in other letters: "_s),
                 qPrintable(blocked.error().message));
        QVERIFY(blocked.error().message.contains(u"several scripts"_s));
        QCOMPARE(factValue(blocked.error().facts, facts::host), u"books.xn--ntoso-iyeu.com:443"_s);
        QCOMPARE(proxy.requests().front().target, "books.xn--ntoso-iyeu.com:443"_ba);

        ClientBench other(shortLimits(), {}, through(u"pr\u00F6xy.invalid:8080"_s));
        const auto lost = other.get(apiUrl);
        QVERIFY(!lost);
        QVERIFY2(lost.error().message.contains(u"xn--prxy-6qa.invalid:8080 (in other letters: pr\u00F6xy.invalid)"_s),
                 qPrintable(lost.error().message));
    }

    void aRefusedLogInIsNotRepeated()
    {
        FakeProxy proxy(always(loginWanted("Basic realm=\"corp\"")));
        ClientBench bench(shortLimits(), {}, through(u"ann:secret@"_s + proxy.name()));
        for (const char *host :
             {"https://books.example.org/", "https://books.example.org/", "https://login.example.org/"})
            QCOMPARE(test::codeOf(bench.get(QUrl(QString::fromLatin1(host)))), u"net.proxy-refused"_s);
        QCOMPARE(proxy.requests().size(), std::size_t{1});
    }

    void aBlockedHostIsAskedForAgain()
    {
        FakeProxy proxy(always(httpAnswer("403 Forbidden")));
        ClientBench bench(shortLimits(), {}, through(proxy.name()));
        for (int time = 0; time < 2; ++time)
            QCOMPARE(test::codeOf(bench.get(apiUrl)), u"net.proxy-refused"_s);
        QCOMPARE(proxy.requests().size(), std::size_t{2});
    }

    void requestsGoThroughTheProxy_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QByteArray>("credentials");
        QTest::newRow("without a log-in") << QString() << QByteArray();
        QTest::newRow("with a log-in") << u"ann:secret@"_s << "Basic "_ba + "ann:secret"_ba.toBase64();
    }

    void requestsGoThroughTheProxy()
    {
        QFETCH(const QString, user);
        QFETCH(const QByteArray, credentials);
        const TestAuthority authority("Our CA");
        FakeServer api(always(httpAnswer("200 OK", {}, "Hello")), authority.serverTls({"DNS:books.example.org"}));
        FakeProxy proxy(
            [credentials](const SeenRequest &request) {
                return credentialsIn(request).value_or(QByteArray()) == credentials ? connected : loginWanted("Basic");
            },
            api.port());
        ClientBench bench(test::patientLimits(), {{authority.sslCertificate()}, {apiUrl.host()}},
                          through(user + proxy.name()));
        for (int time = 0; time < 3; ++time) {
            const auto response = bench.get(apiUrl);
            QVERIFY2(response.has_value(), response ? "" : qPrintable(factLines(response.error().facts)));
            QCOMPARE(response->body.reveal(), "Hello"_ba);
        }
        QCOMPARE(api.requests().size(), std::size_t{3});
        // One question, and the one connection that Qt keeps.
        QCOMPARE(proxy.requests().size(), std::size_t{2});
        QCOMPARE(proxy.requests().front().target, "books.example.org:443"_ba);
    }

    /// @p answers one after the other; without text, the person declines.
    void thePersonIsAskedForALogIn_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QStringList>("answers");
        QTest::addColumn<QString>("code");
        const QString right = QString::fromLatin1(rightPassword);
        const QString wrong = u"incorrect-donkey-battery-staple"_s;
        QTest::newRow("that is right") << QString() << QStringList{right} << u"status 200"_s;
        QTest::newRow("that is wrong, then right") << QString() << QStringList{wrong, right} << u"status 200"_s;
        QTest::newRow("after the environment's was refused") << u"ann:old@"_s << QStringList{right} << u"status 200"_s;
        QTest::newRow("and declines") << QString() << QStringList{QString()} << u"net.proxy-refused"_s;
        QTest::newRow("and declines after a mistake")
            << QString() << QStringList{wrong, QString()} << u"net.proxy-refused"_s;
    }

    void thePersonIsAskedForALogIn()
    {
        QFETCH(const QString, user);
        QFETCH(const QStringList, answers);
        QFETCH(const QString, code);
        const LoginProxy proxy;
        const auto logins = std::make_shared<net::ProxyLogins>();
        QStringList questions;
        connect(logins.get(), &net::ProxyLogins::asked, this, [&] {
            const net::ProxyLogins::Question question = *logins->question();
            questions += question.proxy + (question.isRepeated ? u" again"_s : QString());
            const QString answer = answers[questions.size() - 1];
            answer.isNull() ? logins->decline() : logins->give({u"ann"_s, Secret(answer.toUtf8())});
        });
        ClientBench bench(test::patientLimits(), proxy.authorities(), proxy.rules(user, logins));
        for (const char *path : {"/api/v1/books", "/keys"})
            QCOMPARE(test::codeOf(bench.get(apiUrl.resolved(QUrl(QString::fromLatin1(path))))), code);
        QCOMPARE(questions.size(), answers.size());
        QCOMPARE(questions.first(), proxy.name() + (user.isEmpty() ? QString() : u" again"_s));
        QCOMPARE(questions.last(), proxy.name() + (answers.size() > 1 || !user.isEmpty() ? u" again"_s : QString()));
        for (const QString &answer : answers)
            QVERIFY(answer.isEmpty() || bench.redactor.redacted(answer) != answer);
    }

    void requestsToSeveralHostsWaitForOneAnswer()
    {
        const LoginProxy proxy;
        const auto logins = std::make_shared<net::ProxyLogins>();
        QSignalSpy asked(logins.get(), &net::ProxyLogins::asked);
        net::Limits limits = test::limitsWith({1024, 4s}); // enough for TLS on a busy machine
        limits.retries.tries = 1;
        ClientBench bench(limits, proxy.authorities(), proxy.rules({}, logins));
        const test::Pending books(*bench.client, apiUrl);
        const test::Pending keys(*bench.client, QUrl(u"https://login.example.org/keys"_s));
        QTRY_COMPARE(proxy.questions(), 2);
        QTRY_COMPARE(asked.size(), 1);
        // Longer than a server may take.
        FakeServer silent(always(QByteArray()));
        const test::Pending direct(*bench.client, silent.url());
        QTRY_COMPARE(direct.code(), u"net.timed-out"_s);
        QCOMPARE(books.code() + keys.code(), QString());
        logins->give({u"ann"_s, Secret(rightPassword)});
        QTRY_COMPARE(books.code(), u"status 200"_s);
        QTRY_COMPARE(keys.code(), u"status 200"_s);
        QCOMPARE(asked.size(), 1);
    }

    void aQuestionEndsInTime()
    {
        const LoginProxy proxy;
        const auto logins = std::make_shared<net::ProxyLogins>(50ms);
        QSignalSpy asked(logins.get(), &net::ProxyLogins::asked);
        QSignalSpy answered(logins.get(), &net::ProxyLogins::answered);
        ClientBench bench(test::patientLimits(), proxy.authorities(), proxy.rules({}, logins));
        QCOMPARE(test::codeOf(bench.get(apiUrl)), u"net.proxy-refused"_s);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(answered.size(), 1);
        QVERIFY(!logins->question());
    }

    void aCheckAsksNobody()
    {
        const LoginProxy proxy;
        const auto logins = std::make_shared<net::ProxyLogins>();
        QSignalSpy asked(logins.get(), &net::ProxyLogins::asked);
        ClientBench bench(test::patientLimits(), proxy.authorities(), proxy.rules({}, logins));
        const Result<void> checked = QCoro::waitFor(bench.manager.checkProxy(apiUrl));
        QCOMPARE(checked.error().code.toString(), u"net.proxy-refused"_s);
        QVERIFY(net::wantsLogin(checked.error()));
        QCOMPARE(asked.size(), 0);
    }

    void aStopEndsTheWaitForThePerson()
    {
        const LoginProxy proxy;
        const auto logins = std::make_shared<net::ProxyLogins>();
        QSignalSpy asked(logins.get(), &net::ProxyLogins::asked);
        ClientBench bench(test::patientLimits(), proxy.authorities(), proxy.rules({}, logins));
        std::stop_source stop;
        const test::Pending stopped(*bench.client, apiUrl, stop.get_token());
        const test::Pending other(*bench.client, apiUrl);
        QTRY_COMPARE(asked.size(), 1);
        stop.request_stop();
        QCOMPARE(stopped.code(), u"net.stopped"_s);
        QCOMPARE(other.code(), QString());
        bench.client.reset();
        QCOMPARE(other.code(), u"net.stopped"_s);
    }

    void aFailureBehindTheQuestionNamesTheProxy()
    {
        int questions = 0;
        FakeProxy proxy(
            [&questions](const SeenRequest &) {
                return ++questions == 1 ? connected : httpAnswer("403 Forbidden", {{"Connection"_ba, "close"_ba}});
            },
            closedPort());
        ClientBench bench(test::patientLimits(), {}, through(proxy.name()));
        const auto response = bench.get(apiUrl);
        QVERIFY(!response);
        QCOMPARE(response.error().code.toString(), u"net.proxy-unreachable"_s);
        QCOMPARE(factValue(response.error().facts, facts::proxy), proxy.name());
    }

    void loopbackIsCalledDirectly()
    {
        FakeServer server(always(httpAnswer("200 OK")));
        FakeProxy proxy(always(httpAnswer("403 Forbidden")));
        ClientBench bench(test::patientLimits(), {}, through(proxy.name()));
        QCOMPARE(test::codeOf(bench.get(server.url())), u"status 200"_s);
        QVERIFY(proxy.requests().empty());
    }

    void aStopEndsTheQuestion()
    {
        FakeProxy proxy(always(QByteArray()));
        ClientBench bench(test::patientLimits(), {}, through(proxy.name()));
        std::stop_source stop;
        const test::Pending pending(*bench.client, apiUrl, stop.get_token());
        QTRY_COMPARE(proxy.requests().size(), std::size_t{1});
        QCOMPARE(pending.code(), QString());
        stop.request_stop();
        QCOMPARE(pending.code(), u"net.stopped"_s);
        const test::Pending another(*bench.client, apiUrl);
        bench.client.reset();
        QCOMPARE(another.code(), u"net.stopped"_s);
    }
};

QTEST_GUILESS_MAIN(ProxyGateTest)
#include "proxy-gate-test.moc"
