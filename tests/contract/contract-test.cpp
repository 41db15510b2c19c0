// Asks the Sandbox's books API and a real FastAPI the same questions: statuses, WWW-Authenticate and bodies must be
// equal, apart from the text behind `Invalid token: ` and the OpenAPI document's version. Then the client does its
// main job against both.
#include "contract/fastapi-server.h"
#include "contract/raw-http.h"
#include "e2e/sandbox-desk.h"

#include <QCoroTask>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>
#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using test::RawRequest;
using test::RawResponse;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(bookdesk::test::RawRequest)

namespace {

const QByteArray listPath = "/api/v1/books";
const QByteArray deletePath = "/api/v1/books/bk-0003";

/// The text behind it depends on the library and its version.
QByteArray comparable(const QByteArray &body)
{
    static const QByteArray invalid = "{\"detail\":\"Invalid token: ";
    return body.startsWith(invalid) ? invalid : body;
}

QJsonObject openApiWithoutVersion(const QByteArray &body)
{
    QJsonObject document = QJsonDocument::fromJson(body).object();
    document.remove(u"openapi"_s);
    return document;
}

std::int64_t secondsFromNow(std::chrono::seconds offset)
{
    return std::chrono::duration_cast<std::chrono::seconds>((systemNow() + offset).time_since_epoch()).count();
}

} // namespace

class ContractTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_at = std::make_unique<test::SandboxDesk>();
        const identity::Connection &connection = m_at->desk().connection();
        m_issuer = connection.authority.toString() + u"/v2.0"_s;
        m_fastApi = std::make_unique<test::FastApiServer>(test::FastApiServer::Configuration{
            m_issuer, QUrl(connection.authority.toString() + u"/discovery/v2.0/keys"_s), connection.audience,
            QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/catalogue/books.json")});
        QVERIFY2(!m_fastApi->baseUrl().isEmpty(), qPrintable(m_fastApi->output()));
    }

    void cleanupTestCase()
    {
        m_fastApi.reset();
        m_at.reset();
    }

    void bothAnswerTheSame_data()
    {
        QTest::addColumn<RawRequest>("request");
        addRequestsWithoutAGoodToken();
        addTokensByClaims();
        addRequestsOfAGoodToken();
    }

    void bothAnswerTheSame()
    {
        QFETCH(RawRequest, request);
        const RawResponse ours = rawRequest(m_at->sandbox().baseUrl(), request);
        const RawResponse theirs = rawRequest(m_fastApi->baseUrl(), request);
        QVERIFY(theirs.status != 0);
        QCOMPARE(ours.status, theirs.status);
        QCOMPARE(ours.header("WWW-Authenticate"), theirs.header("WWW-Authenticate"));
        QCOMPARE(ours.header("Allow"), theirs.header("Allow"));
        QCOMPARE(comparable(ours.body), comparable(theirs.body));
        QCOMPARE(ours.header("Content-Type"), theirs.header("Content-Type"));
    }

    void bothDescribeThemselvesTheSame()
    {
        const RawRequest request{.target = "/openapi.json"};
        const RawResponse ours = rawRequest(m_at->sandbox().baseUrl(), request);
        const RawResponse theirs = rawRequest(m_fastApi->baseUrl(), request);
        QCOMPARE(ours.status, 200);
        QVERIFY(!openApiWithoutVersion(ours.body).isEmpty());
        QCOMPARE(openApiWithoutVersion(ours.body), openApiWithoutVersion(theirs.body));
    }

    void aRotatedKeyIsUnknownToBoth()
    {
        const Secret old = signedToken({});
        QVERIFY(QCoro::waitFor(m_at->sandbox().rotateKeys()));
        const RawRequest request{.target = listPath, .headerLines = {bearer(old)}};
        const QByteArray unknownKey = "{\"detail\":\"Invalid token: \"}";
        QCOMPARE(rawRequest(m_at->sandbox().baseUrl(), request).body, unknownKey);
        QCOMPARE(rawRequest(m_fastApi->baseUrl(), request).body, unknownKey);
    }

    void theClientDoesItsMainJobAgainstBoth_data()
    {
        QTest::addColumn<bool>("onFastApi");
        QTest::newRow("the Sandbox's API") << false;
        QTest::newRow("a real FastAPI") << true;
    }

    void theClientDoesItsMainJobAgainstBoth()
    {
        QFETCH(bool, onFastApi);
        identity::Connection connection = m_at->desk().connection();
        if (onFastApi)
            connection.apiBaseUrl = m_fastApi->baseUrl();
        workspace::Surroundings surroundings;
        for (const QString &persona : {u"riley"_s, u"ada"_s}) {
            surroundings.open = workspace::personaBrowser({persona}, {});
            workspace::Desk desk(connection, surroundings);
            QVERIFY(QCoro::waitFor(desk.signIn({})));
            const books::ListOutcome list = QCoro::waitFor(desk.books().list());
            QCOMPARE(list.outcome.status, 200);
            QVERIFY(list.list->books.size() > 50);
            const QString victim = list.list->books.back().id;
            const books::DeleteOutcome removed = QCoro::waitFor(desk.books().remove(victim));
            QCOMPARE(removed.outcome.status, persona == u"ada"_s ? 200 : 403);
            QCOMPARE(removed.outcome.kind,
                     persona == u"ada"_s ? books::OutcomeKind::ok : books::OutcomeKind::roleMissing);
        }
    }

private:
    static QByteArray bearer(const Secret &token) { return "Authorization: Bearer "_ba.append(token.reveal()); }

    /// A token of the tenant with Riley's claims, changed by @p changes; a null removes the claim.
    Secret signedToken(const JsonObject &changes)
    {
        JsonObject claims{
            {u"aud"_s, m_at->desk().connection().audience},
            {u"iss"_s, m_issuer},
            {u"iat"_s, secondsFromNow(-60s)},
            {u"nbf"_s, secondsFromNow(-60s)},
            {u"exp"_s, secondsFromNow(3600s)},
            {u"sub"_s, u"subject"_s},
            {u"preferred_username"_s, u"riley.reader@sandbox.test"_s},
            {u"scp"_s, u"Books.Read"_s},
            {u"roles"_s, JsonArray{Json(u"Books.Reader"_s)}},
        };
        for (const auto &[name, value] : changes.members()) {
            if (value.isNull())
                claims.remove(name);
            else
                claims.set(name, value);
        }
        Result<Secret> token = m_at->sandbox().sign(claims);
        if (!token)
            qFatal("%s", qPrintable(token.error().message));
        return *token;
    }

    void addRow(const char *name, const QByteArray &method, const QByteArray &target, QByteArrayList headers = {})
    {
        QTest::newRow(name) << RawRequest{method, target, std::move(headers)};
    }

    void addRequestsWithoutAGoodToken()
    {
        addRow("no Authorization header", "GET", listPath);
        addRow("no Authorization header on a delete", "DELETE", deletePath);
        addRow("another scheme", "GET", listPath, {"Authorization: Basic cmlsZXk6cmVhZGVy"});
        addRow("Bearer with nothing behind it", "GET", listPath, {"Authorization: Bearer"});
        addRow("Bearer with a blank behind it", "GET", listPath, {"Authorization: Bearer "});
        addRow("an opaque token", "GET", listPath, {"Authorization: Bearer opaque"});
        addRow("two parts", "GET", listPath, {"Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.e30"});
        addRow("a header that is no JSON", "GET", listPath, {"Authorization: Bearer bm8.e30.c2ln"});
        addRow("unknown path", "GET", "/api/v1/shelves");
        addRow("the root", "GET", "/");
        addRow("unknown method on the list", "POST", listPath);
        addRow("GET on one book", "GET", deletePath);
        addRow("HEAD on the list", "HEAD", listPath);
        addRow("an encoded slash in an ID", "DELETE", "/api/v1/books/a%2Fb");
    }

    void addToken(const char *name, const JsonObject &changes, const QByteArray &method = "GET",
                  const QByteArray &target = listPath)
    {
        addRow(name, method, target, {bearer(signedToken(changes))});
    }

    void addTokensByClaims()
    {
        const JsonArray admin{Json(u"Books.Admin"_s)};
        addToken("expired", {{u"exp"_s, secondsFromNow(-1s)}});
        addToken("expired and for another audience", {{u"exp"_s, secondsFromNow(-1s)}, {u"aud"_s, u"other"_s}});
        addToken("exp missing", {{u"exp"_s, nullptr}});
        addToken("sub missing", {{u"sub"_s, nullptr}});
        addToken("sub a number", {{u"sub"_s, 7}});
        addToken("jti a number", {{u"jti"_s, 7}});
        addToken("another audience", {{u"aud"_s, u"other"_s}});
        addToken("aud missing", {{u"aud"_s, nullptr}});
        addToken("aud an array with the API in it",
                 {{u"aud"_s, JsonArray{Json(u"other"_s), Json(m_at->desk().connection().audience)}}});
        addToken("another issuer", {{u"iss"_s, u"https://sts.windows.net/other/"_s}});
        addToken("iss missing", {{u"iss"_s, nullptr}});
        addToken("not yet valid", {{u"nbf"_s, secondsFromNow(3000s)}});
        addToken("issued in the future", {{u"iat"_s, secondsFromNow(3000s)}});
        addToken("scope missing", {{u"scp"_s, nullptr}});
        addToken("another scope", {{u"scp"_s, u"Books.Write"_s}});
        addToken("the scope in another case", {{u"scp"_s, u"books.read"_s}});
        addToken("several scopes", {{u"scp"_s, u"Books.Write  Books.Read"_s}});
        addToken("scp an array", {{u"scp"_s, JsonArray{Json(u"Books.Read"_s)}}});
        addToken("roles a string", {{u"roles"_s, u"Books.Admin"_s}}, "DELETE", deletePath);
        addToken("roles with a number", {{u"roles"_s, JsonArray{Json(7)}}}, "DELETE", deletePath);
        addToken("name a number", {{u"name"_s, 7}});
        addToken("no user name", {{u"preferred_username"_s, nullptr}});
        addToken("role missing", {}, "DELETE", deletePath);
        addToken("no roles at all", {{u"roles"_s, nullptr}}, "DELETE", deletePath);
        addToken("an app-only token with the role",
                 {{u"roles"_s, admin}, {u"scp"_s, nullptr}, {u"preferred_username"_s, nullptr}}, "DELETE",
                 "/api/v1/books/bk-0002");
        addToken("an admin deletes an unknown ID", {{u"roles"_s, admin}}, "DELETE", "/api/v1/books/no-such-book");
        addToken("an admin deletes an ID of nasty characters", {{u"roles"_s, admin}}, "DELETE",
                 "/api/v1/books/%C3%A9%20%22%5C%3F%23%25");
    }

    void addRequestsOfAGoodToken()
    {
        const QByteArray good = bearer(signedToken({}));
        QByteArray broken = good;
        broken[good.lastIndexOf('.') + 10] = broken.at(good.lastIndexOf('.') + 10) == 'A' ? 'B' : 'A';
        const QByteArray expired = bearer(signedToken({{u"exp"_s, secondsFromNow(-1s)}}));
        addRow("a good token", "GET", listPath, {good});
        addRow("the scheme in lower case", "GET", listPath, {QByteArray(good).replace("Bearer", "bearer")});
        addRow("a slash at the end", "GET", listPath + '/', {good});
        addRow("a broken signature", "GET", listPath, {broken});
        addRow("two Authorization headers, the first is good", "GET", listPath, {good, expired});
        addRow("two Authorization headers, the second is good", "GET", listPath, {expired, good});
    }

    std::unique_ptr<test::SandboxDesk> m_at;
    std::unique_ptr<test::FastApiServer> m_fastApi;
    QString m_issuer;
};

QTEST_GUILESS_MAIN(ContractTest)
#include "contract-test.moc"
