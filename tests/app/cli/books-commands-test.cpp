#include "app/cli/cli-process.h"
#include "books/book.h"
#include "net/fake-proxy.h"

#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

/// An API that answers every request with the same body, or with one that echoes the bearer token.
class FixedApi : public QObject
{
public:
    explicit FixedApi(QByteArray body, int status = 200)
        : m_body(std::move(body))
        , m_status(status)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
        });
    }

    /// Answers the first requests with 429 and this Retry-After instead.
    void refuse(int times, QByteArray retryAfter)
    {
        m_refusals = times;
        m_retryAfter = std::move(retryAfter);
    }
    int requests() const { return m_requests; }
    QString baseUrl() const { return u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()); }

private:
    void answer(QTcpSocket &socket)
    {
        const QByteArray request = socket.property("request").toByteArray() + socket.readAll();
        socket.setProperty("request", request);
        if (!request.contains("\r\n\r\n"))
            return;
        ++m_requests;
        if (m_requests <= m_refusals) {
            socket.write("HTTP/1.1 429 X\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: " + m_retryAfter +
                         "\r\n\r\n");
            socket.disconnectFromHost();
            return;
        }
        const qsizetype begin = request.indexOf("Bearer ") + 7;
        QByteArray body = m_body;
        body.replace("{TOKEN}", request.mid(begin, request.indexOf("\r\n", begin) - begin));
        socket.write("HTTP/1.1 " + QByteArray::number(m_status) + " X\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
        socket.disconnectFromHost();
    }

    QTcpServer m_server;
    QByteArray m_body;
    int m_status;
    int m_refusals = 0;
    int m_requests = 0;
    QByteArray m_retryAfter;
};

QString firstId(const Run &listed)
{
    const JsonObject object = listed.json();
    const Json *books = object.find(u"books");
    if (!books || !books->asArray() || books->asArray()->empty())
        return {};
    return *books->asArray()->front().asObject()->find(u"id")->asString();
}

} // namespace

class BooksCommandsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LocalSandbox> m_sandbox;

    Run list(const QString &persona, const QString &connection = {}) const
    {
        return run({u"books"_s, u"list"_s, u"--json"_s, u"--persona"_s, persona, u"--connection"_s,
                    connection.isEmpty() ? m_sandbox->connection() : connection});
    }

    Run remove(const QString &persona, const QString &id) const
    {
        return run({u"books"_s, u"delete"_s, u"--json"_s, u"--persona"_s, persona, u"--connection"_s,
                    m_sandbox->connection(), u"--"_s, id});
    }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LocalSandbox>(); }

    void cleanup()
    {
        m_sandbox->server().clearFaults();
        m_sandbox->server().revokeRole(u"riley"_s, u"Books.Admin"_s);
    }

    void theListIsPrinted()
    {
        const Run result = list(u"riley"_s);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.memberNames(), (QStringList{u"outcome"_s, u"books"_s, u"user"_s}));
        QCOMPARE(result.outcome(u"status"_s), u"200"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"ok"_s);
        QCOMPARE(result.outcome(u"code"_s), u"books.ok"_s);
        QCOMPARE(result.fact(u"serverSaid"_s), QString());
        QVERIFY(!firstId(result).isEmpty());
        QVERIFY(result.json().find(u"user")->asString()->startsWith(u"riley"_s));
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void peopleGetATable()
    {
        const Run result =
            run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, m_sandbox->connection()});
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.startsWith("ID "));
        QVERIFY(result.out.contains("Books: "));
        QVERIFY(isFreeOfTokens(result));
    }

    void aTokenForSomebodyElseIsNotSentUnlessAskedFor()
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenWrongAudience, sandbox::FaultSpan::untilCleared);
        const QString elsewhere = m_sandbox->connectionWith({{u"apiBaseUrl"_s, u"https://books.example.invalid"_s}});
        const QStringList line{u"books"_s,
                               u"list"_s,
                               u"--json"_s,
                               u"--connection"_s,
                               elsewhere,
                               u"--browser"_s,
                               u"\"" BOOKDESK_VISIT_AS "\" riley"_s};
        const Run withheld = run(line);
        QCOMPARE(withheld.status, 1);
        QCOMPARE(withheld.outcome(u"kind"_s), u"withheld"_s);
        QCOMPARE(withheld.outcome(u"code"_s), u"net.token-withheld"_s);
        QCOMPARE(withheld.fact(u"check"_s), u"audience"_s);
        QVERIFY(withheld.outcome(u"remedy"_s).contains(u"--send-anyway"_s));
        // Tried, but there is no such host.
        const Run tried = run(line + QStringList{u"--send-anyway"_s});
        QCOMPARE(tried.status, 6);
    }

    void aMissingScopeIsA403()
    {
        const Run result = list(u"nora"_s);
        QCOMPARE(result.status, 4);
        QCOMPARE(result.memberNames(), QStringList{u"outcome"_s});
        QCOMPARE(result.outcome(u"status"_s), u"403"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"scope-missing"_s);
        QVERIFY(result.outcome(u"remedy"_s).contains(u"consent"_s));
    }

    void aMissingRoleIsA403UntilItIsGranted()
    {
        const QString id = firstId(list(u"riley"_s));
        const Run refused = remove(u"riley"_s, id);
        QCOMPARE(refused.status, 4);
        QCOMPARE(refused.outcome(u"kind"_s), u"role-missing"_s);
        QCOMPARE(refused.outcome(u"code"_s), u"books.role-missing"_s);
        m_sandbox->server().grantRole(u"riley"_s, u"Books.Admin"_s);
        QCOMPARE(remove(u"riley"_s, id).status, 0);
    }

    void theAdminDeletes()
    {
        const QString id = firstId(list(u"ada"_s));
        const Run result = remove(u"ada"_s, id);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.memberNames(), (QStringList{u"outcome"_s, u"deleted"_s, u"by"_s}));
        QCOMPARE(*result.json().find(u"deleted")->asString(), id);
        QCOMPARE(result.fact(u"serverSaid"_s), QString());
        QVERIFY(result.json().find(u"by")->asString()->startsWith(u"ada"_s));
        QVERIFY(firstId(list(u"ada"_s)) != id);
    }

    void refusalsForPeopleSayWhatToDo()
    {
        const Run result = run(
            {u"books"_s, u"delete"_s, u"bk"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, m_sandbox->connection()});
        QCOMPARE(result.status, 4);
        QCOMPARE(result.out, QByteArray());
        for (const char *part : {"403 Forbidden: you lack a role", "DELETE /api/v1/books/bk", "Users and groups",
                                 "Role 'Books.Admin' required"})
            QVERIFY2(result.err.contains(part), result.err.constData());
    }

    void idsOfEveryKindArriveAsTheyAre_data()
    {
        QTest::addColumn<QString>("id");
        for (const QString &id : {u"list"_s, u"--json"_s, u"a b"_s, u"50%"_s, u"%2F"_s, u"?x#y"_s, u"bücher"_s, u"-"_s})
            QTest::addRow("%s", qPrintable(id)) << id;
    }

    void idsOfEveryKindArriveAsTheyAre()
    {
        QFETCH(QString, id);
        const Run result = remove(u"ada"_s, id);
        QCOMPARE(result.status, 0);
        QCOMPARE(*result.json().find(u"deleted")->asString(), id);
    }

    void aSlashInAnIdIsA404()
    {
        const Run result = remove(u"ada"_s, u"a/b"_s);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"status"_s), u"404"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"not-found"_s);
    }

    void someIdsAreRefusedBeforeAnySignIn_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("empty") << QString();
        QTest::newRow("a dot") << u"."_s;
        QTest::newRow("two dots") << u".."_s;
    }

    void someIdsAreRefusedBeforeAnySignIn()
    {
        QFETCH(QString, id);
        const std::size_t secretsBefore = m_sandbox->secrets().size();
        const Run result = remove(u"ada"_s, id);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"refused"_s);
        QCOMPARE(result.outcome(u"code"_s), u"books.id-unusable"_s);
        QCOMPARE(m_sandbox->secrets().size(), secretsBefore);
    }

    void tokenFaultsAreA401_data()
    {
        QTest::addColumn<sandbox::Fault>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("expired") << sandbox::Fault::accessTokenExpired << u"books.token-expired"_s;
        QTest::newRow("wrong audience") << sandbox::Fault::accessTokenWrongAudience << u"books.audience-rejected"_s;
        QTest::newRow("signature") << sandbox::Fault::accessTokenSignatureBroken << u"books.signature-rejected"_s;
    }

    void tokenFaultsAreA401()
    {
        QFETCH(sandbox::Fault, fault);
        QFETCH(QString, code);
        m_sandbox->server().arm(fault, sandbox::FaultSpan::untilCleared);
        const Run result = list(u"riley"_s);
        QCOMPARE(result.status, 3);
        QCOMPARE(result.outcome(u"status"_s), u"401"_s);
        QCOMPARE(result.outcome(u"code"_s), code);
        QVERIFY(!m_sandbox->hasSecretIn(result));
    }

    void aTokenThatExpiredOnceIsRefreshedSilently()
    {
        m_sandbox->server().arm(sandbox::Fault::accessTokenExpired, sandbox::FaultSpan::once);
        QCOMPARE(list(u"riley"_s).status, 0);
    }

    void aServerErrorIsAnotherRefusal()
    {
        m_sandbox->server().arm(sandbox::Fault::apiAnswers500, sandbox::FaultSpan::untilCleared);
        const Run result = list(u"riley"_s);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"status"_s), u"500"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"server-error"_s);
        QVERIFY(!result.fact(u"serverSaid"_s).isEmpty());
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void aShortWaitThatTheApiAsksForIsWaitedFor()
    {
        FixedApi api(R"({"books":[]})");
        api.refuse(1, "3");
        const Run result = list(u"riley"_s, m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}}));
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, "The API asks to slow down. Trying again in 3 s; Ctrl+C ends the wait.\n"_ba);
        QCOMPARE(api.requests(), 2);
    }

    void aLongWaitIsToldAndNotWaitedFor()
    {
        FixedApi api(R"({"books":[]})");
        api.refuse(1, "300");
        const Run result = list(u"riley"_s, m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}}));
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"kind"_s), u"throttled"_s);
        QVERIFY(result.outcome(u"remedy"_s).contains(u"5 min"_s));
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(api.requests(), 1);
    }

    void aWaitEndsWithCtrlC()
    {
        FixedApi api(R"({"books":[]})");
        api.refuse(1, "60");
        const auto process = start({u"books"_s, u"list"_s, u"--json"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                                    m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}})});
        QByteArray told;
        QTRY_VERIFY_WITH_TIMEOUT((told += process->readAllStandardError()).contains("Trying again in 60 s"), 20'000);
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"kind"_s), u"throttled"_s);
    }

    void namesFromTheRightAreWrittenAsTheyAre()
    {
        FixedApi api(R"({"deleted":"b1","by":"\u0639\u0644\u06CC"})");
        const Run result = run({u"books"_s, u"delete"_s, u"--persona"_s, u"ada"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}}), u"b1"_s});
        QCOMPARE(result.status, 0);
        QCOMPARE(QString::fromUtf8(result.out), u"The API says that \u0639\u0644\u06CC deleted b1.\n"_s);
    }

    void aScopeThatTheApiAsksForIsGotAndTheDeletionSentOnce()
    {
        m_sandbox->server().arm(sandbox::Fault::apiAsksForScope, sandbox::FaultSpan::untilCleared);
        const Run listed = list(u"ada"_s, m_sandbox->connection());
        QCOMPARE(listed.outcome(u"kind"_s), u"scope-missing"_s);
        const Run result = run({u"books"_s, u"delete"_s, u"--json"_s, u"--persona"_s, u"ada"_s, u"--connection"_s,
                                m_sandbox->connection(), u"bk-none"_s});
        m_sandbox->server().clearFaults();
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.startsWith("The API asks for the scope "), result.err.constData());
        QVERIFY(result.err.contains("/Books.Write"));
    }

    void aDeletionIsNeverSentAgain()
    {
        FixedApi api(R"({"deleted":"b1"})");
        api.refuse(1, "1");
        const Run result = run({u"books"_s, u"delete"_s, u"--json"_s, u"--persona"_s, u"ada"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}}), u"b1"_s});
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"kind"_s), u"throttled"_s);
        QCOMPARE(api.requests(), 1);
    }

    void anApiThatCannotBeReachedIsNoConnection()
    {
        const QString url = u"http://localhost:%1"_s.arg(closedPort());
        const Run result = list(u"riley"_s, m_sandbox->connectionWith({{u"apiBaseUrl"_s, url}}));
        QCOMPARE(result.status, 6);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
        QCOMPARE(result.outcome(u"kind"_s), u"network"_s);
        QCOMPARE(result.fact(u"host"_s), QUrl(url).authority());
        QVERIFY(!result.fact(u"networkError"_s).isEmpty());
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void aProxyThatAsksForALogInIsToldOneInTheEnvironment()
    {
        FakeProxy proxy([](const SeenRequest &) {
            return httpAnswer("407 Log in", {{"Proxy-Authenticate"_ba, "Basic realm=\"corp\""_ba}});
        });
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, u"https://books.example.invalid"_s}});
        const auto listThrough = [&](const QString &address) {
            qputenv("https_proxy", address.toUtf8());
            const auto reset = qScopeGuard([] { qunsetenv("https_proxy"); });
            return run({u"books"_s, u"list"_s, u"--json"_s, u"--connection"_s, connection, u"--browser"_s,
                        u"\"" BOOKDESK_VISIT_AS "\" riley"_s});
        };
        const Run asked = listThrough(proxy.name());
        QCOMPARE(asked.status, 6);
        QCOMPARE(asked.outcome(u"code"_s), u"net.proxy-refused"_s);
        const QString remedy = asked.outcome(u"remedy"_s);
        QVERIFY2(remedy.contains(u"https_proxy, as in http://USER:PASSWORD@"_s + proxy.name()), qPrintable(remedy));
        const auto login = [&proxy] {
            return net::headerValue(proxy.requests().back().headers, "Proxy-Authorization").value_or(QByteArray());
        };
        QCOMPARE(login(), QByteArray());

        // As it says.
        const Run given = listThrough(u"http://ann:hunter-22@"_s + proxy.name());
        QCOMPARE(login(), "Basic "_ba + "ann:hunter-22"_ba.toBase64());
        QVERIFY(given.outcome(u"explanation"_s).contains(u"does not accept"_s));
        QVERIFY(!(given.out + given.err).contains("hunter"));
    }

    void anInterruptStopsACallThatHangs()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QString url = u"http://127.0.0.1:%1"_s.arg(silent.serverPort());
        const auto process = start({u"books"_s, u"list"_s, u"--json"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                                    m_sandbox->connectionWith({{u"apiBaseUrl"_s, url}})});
        QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), 30'000);
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"kind"_s), u"stopped"_s);
        QCOMPARE(result.outcome(u"status"_s), u"null"_s);
    }

    void anAnswerThatIsNoListIsAnotherRefusal()
    {
        const FixedApi api("<html>Sign in here</html>");
        const Run result = list(u"riley"_s, m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}}));
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"status"_s), u"200"_s);
        QCOMPARE(result.outcome(u"code"_s), u"books.response-invalid"_s);
        QCOMPARE(result.fact(u"serverSaid"_s), u"<html>Sign in here</html>"_s);
        QCOMPARE(result.fact(u"cause"_s), u"json.invalid"_s);
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void whatTheApiSaidIsPrintedSafely()
    {
        const FixedApi api("Jwt issuer is not\n configured\x1b[31m, Bearer {TOKEN}", 401);
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}});
        const Run json = list(u"riley"_s, connection);
        QCOMPARE(json.status, 3);
        QCOMPARE(json.fact(u"serverSaid"_s),
                 u"Jwt issuer is not\n configured\\u{001B}[31m, Bearer \u2039removed\u203A"_s);
        const Run text = run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection});
        QVERIFY2(text.err.contains("Jwt issuer is not\n                    configured"), text.err.constData());
    }

    void unknownFieldsAndHostileTextAreSafe()
    {
        const FixedApi api("{\"books\":[{\"id\":\"\\u001b]0;x\\u0007\",\"title\":\"a\\u202eb\\u009b31m\",\"shelf\":{"
                           "\"n\":1}}],\"user\":\"u\\r\\nv\"}");
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}});
        const Run json = list(u"riley"_s, connection);
        QCOMPARE(json.status, 0);
        QCOMPARE(firstId(json), u"\u001b]0;x\u0007"_s);
        QVERIFY(json.out.contains(R"("shelf":{"n":1})"));
        const Run text = run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection});
        QCOMPARE(text.status, 0);
        for (const Run &result : {json, text}) {
            const QString all = QString::fromUtf8(result.out + result.err);
            for (const QChar hostile : {QChar(0x1b), QChar(0x07), QChar(0x202e), QChar(0x9b), QChar(u'\r')})
                QVERIFY2(!all.contains(hostile), qPrintable(all));
        }
        QCOMPARE(text.out.count('\n'), 3);
    }

    void aListThatIsCutOffSaysSo()
    {
        const FixedApi api("{\"books\":[" + QByteArray("{},").repeated(int{books::mostBooks}) + "{}]}");
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}});
        const Run text = run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection});
        QCOMPARE(text.status, 0);
        const QString last = u"The first %1 of more books\n"_s.arg(QLocale().toString(int{books::mostBooks}));
        QVERIFY2(text.out.endsWith(last.toUtf8()), text.out.last(200).constData());
    }

    void idsAreWhole()
    {
        const QByteArray longId(120, 'x');
        const FixedApi api(R"({"books":[{"id":12345678901234567890,"title":"a"},{"id":"2","title":"b"},{"id":")" +
                           longId + R"(","title":"c"}],"user":null})");
        const Run result = run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s,
                                m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}})});
        const QByteArrayList lines = result.out.split('\n');
        QVERIFY2(lines.size() > 3, result.out.constData());
        QVERIFY(lines[1].startsWith("12345678901234567890  "));
        QCOMPARE(lines[2].indexOf('b'), 38);
        QVERIFY(lines[3].startsWith(longId + "  c"));
    }

    void wideCharactersKeepTheColumns()
    {
        const FixedApi api(R"({"books":[{"id":"1","title":"\u7d05\u6a13\u5922","author":"\u66f9\u96ea\u82b9",)"
                           R"("year":1791,"isbn":"A"},{"id":"2","title":"\ud83d\udcda Cafe\u0301","author":"x",)"
                           R"("year":2024,"isbn":"A"}],"user":null})");
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}});
        const Run text = run({u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection});
        QCOMPARE(text.status, 0);
        const QStringList lines = QString::fromUtf8(text.out).split(u'\n');
        QCOMPARE(lines.value(1), u"1           \u7D05\u6A13\u5922%1\u66F9\u96EA\u82B9%2  1791   A"_s.arg(
                                     QString(40, u' '), QString(20, u' ')));
        QCOMPARE(lines.value(2),
                 u"2           \U0001F4DA Cafe\u0301%1x%2  2024   A"_s.arg(QString(39, u' '), QString(25, u' ')));
    }

    void tokensThatTheApiEchoesAreRemoved_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("in a book") << 200 << R"({"books":[{"id":"1","title":"{TOKEN}"}],"user":null})"_ba;
        QTest::newRow("in a detail") << 401 << R"({"detail":"Invalid token: {TOKEN}"})"_ba;
        QTest::newRow("in an error page") << 500 << "Authorization: Bearer {TOKEN}"_ba;
    }

    void tokensThatTheApiEchoesAreRemoved()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const FixedApi api(body, status);
        const QString connection = m_sandbox->connectionWith({{u"apiBaseUrl"_s, api.baseUrl()}});
        for (const QStringList &format : {QStringList(), QStringList{u"--json"_s}}) {
            const Run result = run(
                QStringList{u"books"_s, u"list"_s, u"--persona"_s, u"riley"_s, u"--connection"_s, connection} + format);
            QVERIFY(isFreeOfTokens(result));
            QVERIFY(!m_sandbox->hasSecretIn(result));
            QVERIFY(!result.out.isEmpty() || !result.err.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(BooksCommandsTest)
#include "books-commands-test.moc"
