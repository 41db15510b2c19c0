#include "lab/errors.h"
#include "lab/openapi-rules.h"
#include "sandbox/openapi.h"

#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

/// A document whose one path `/a` has this item.
QByteArray documentOf(const QByteArray &item, const QByteArray &more = {})
{
    return R"({"openapi":"3.1.0","paths":{"/a":)" + item + "}" + more + "}";
}

/// A document with a GET at each of @p paths.
QByteArray documentWith(const QStringList &paths)
{
    JsonObject items;
    for (const QString &path : paths)
        items.append(path, JsonObject{{u"get"_s, JsonObject()}});
    return toCompactJson(JsonObject{{u"openapi"_s, u"3.0.2"_s}, {u"paths"_s, items}});
}

/// "Books.Read, X or Y": what a rule asks for.
QString needs(const LabRule &rule)
{
    QStringList alternatives{rule.rule.scopes.join(u", "_s)};
    for (const QStringList &scopes : rule.otherScopes)
        alternatives += scopes.join(u", "_s);
    return rule.isPublic ? u"everybody"_s : alternatives.join(u" or "_s);
}

} // namespace

class OpenApiRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDocumentOfFastApi()
    {
        const QByteArray text = toCompactJson(sandbox::openApiDocument(u"http://localhost/t"_s, u"api-id"_s));
        const Result<OpenApiRules> read = readOpenApi(text);
        QVERIFY(read);
        QCOMPARE(read->rules.size(), std::size_t{2});
        const LabRule &list = read->rules[0];
        QCOMPARE(list.rule.method, "GET"_ba);
        QCOMPARE(list.rule.path, u"/api/v1/books"_s);
        QCOMPARE(list.rule.scopes, QStringList(u"Books.Read"_s));
        QCOMPARE(list.origin, RuleOrigin::openApi);
        QVERIFY(list.remark.isEmpty());
        const LabRule &remove = read->rules[1];
        QCOMPARE(remove.rule.method, "DELETE"_ba);
        QCOMPARE(remove.rule.path, u"/api/v1/books/{book_id}"_s);
        QCOMPARE(remove.rule.scopes, QStringList());
        QVERIFY(!remove.isPublic);
        QVERIFY2(remove.remark.contains("`Depends()` in place of `Security()`"_L1), qPrintable(remove.remark));
        QVERIFY(read->leftOut.empty());
    }

    void readsRequirements_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a scope without a resource")
            << documentOf(R"({"get":{"security":[{"s":["Books.Read"]}]}})") << u"Books.Read"_s;
        QTest::newRow("a scope with its resource")
            << documentOf("{\"get\":{\"security\":[{\"s\":[\"api://x/Books.Read\"]}]}}") << u"Books.Read"_s;
        QTest::newRow("schemes that are needed together")
            << documentOf(R"({"get":{"security":[{"s":["A"],"t":["B","A"]}]}})") << u"A, B"_s;
        QTest::newRow("requirements of which one is enough")
            << documentOf(R"({"get":{"security":[{"s":["A"]},{"s":["B"]}]}})") << u"A or B"_s;
        QTest::newRow("a requirement without scopes is the least")
            << documentOf(R"({"get":{"security":[{"s":["A"]},{"s":[]}]}})") << QString();
        QTest::newRow("an empty list is for everybody") << documentOf(R"({"get":{"security":[]}})") << u"everybody"_s;
        QTest::newRow("an empty requirement is for everybody")
            << documentOf(R"({"get":{"security":[{"s":["A"]},{}]}})") << u"everybody"_s;
        QTest::newRow("nothing at all") << documentOf(R"({"get":{}})") << u"everybody"_s;
        QTest::newRow("the document's own") << documentOf(R"({"get":{}})", R"(,"security":[{"s":["A"]}])") << u"A"_s;
        QTest::newRow("the operation's in place of the document's")
            << documentOf(R"({"get":{"security":[{"s":["B"]}]}})", R"(,"security":[{"s":["A"]}])") << u"B"_s;
        QTest::newRow("an operation for everybody in place of the document's")
            << documentOf(R"({"get":{"security":[]}})", R"(,"security":[{"s":["A"]}])") << u"everybody"_s;
    }

    void readsRequirements()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, expected);
        const Result<OpenApiRules> read = readOpenApi(document);
        QVERIFY(read);
        QCOMPARE(read->rules.size(), std::size_t{1});
        QCOMPARE(needs(read->rules.front()), expected);
        // The rule says why it names no scope.
        QCOMPARE(read->rules.front().remark.isEmpty(), !expected.isEmpty() && expected != "everybody"_L1);
    }

    void leavesOutWhatIsHostile_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("what");
        QTest::newRow("another host") << documentWith({u"//evil.example/a"_s}) << u"//evil.example/a"_s;
        QTest::newRow("a scheme") << documentWith({u"https://evil.example/a"_s}) << u"https://evil.example/a"_s;
        QTest::newRow("encoded dots") << documentWith({u"/a/%2e%2e/b"_s}) << u"/a/%2e%2e/b"_s;
        QTest::newRow("a control character") << documentWith({u"/a\r\nX: y"_s}) << u"/a\\u{000D}\\u{000A}X: y"_s;
        QTest::newRow("a reference elsewhere")
            << documentOf("{\"$ref\":\"https://evil.example/a.json\",\"get\":{}}") << u"/a"_s;
        QTest::newRow("a path that is no object") << documentOf("[]") << u"/a"_s;
        QTest::newRow("an operation that is no object") << documentOf(R"({"get":[]})") << u"GET /a"_s;
        QTest::newRow("security that is no array") << documentOf(R"({"get":{"security":{}}})") << u"GET /a"_s;
        QTest::newRow("security of null") << documentOf(R"({"get":{"security":null}})") << u"GET /a"_s;
        QTest::newRow("a requirement that is no object") << documentOf(R"({"get":{"security":["s"]}})") << u"GET /a"_s;
        QTest::newRow("scopes that are no array") << documentOf(R"({"get":{"security":[{"s":"A"}]}})") << u"GET /a"_s;
        QTest::newRow("scopes that are no texts") << documentOf(R"({"get":{"security":[{"s":[1]}]}})") << u"GET /a"_s;
        QTest::newRow("a scope of two lines") << documentOf(R"({"get":{"security":[{"s":["A\nB"]}]}})") << u"GET /a"_s;
        QTest::newRow("a scope that is a resource alone")
            << documentOf("{\"get\":{\"security\":[{\"s\":[\"api://x/\"]}]}}") << u"GET /a"_s;
        QTest::newRow("a method that asks for no permission") << documentOf(R"({"options":{}})") << u"OPTIONS /a"_s;
        QTest::newRow("a method that echoes tokens") << documentOf(R"({"trace":{}})") << u"TRACE /a"_s;
    }

    void leavesOutWhatIsHostile()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, what);
        const Result<OpenApiRules> read = readOpenApi(document);
        QVERIFY(read);
        QVERIFY(read->rules.empty());
        QCOMPARE(read->leftOut.size(), std::size_t{1});
        QCOMPARE(read->leftOut.front().what, what);
        QVERIFY(!read->leftOut.front().why.isEmpty());
    }

    void ignoresServersAndAddressesOfSchemes()
    {
        const QByteArray servers = "\"servers\":[{\"url\":\"https://evil.example\"}]";
        const QByteArray schemes = R"("components":{"securitySchemes":{"s":{"type":"oauth2","flows":{"password":)"
                                   "{\"tokenUrl\":\"https://evil.example\"}}}}}";
        const QByteArray document = documentOf("{" + servers + R"(,"get":{"security":[{"s":["A"]}],)" + servers + "}}",
                                               "," + servers + "," + schemes);
        const Result<OpenApiRules> read = readOpenApi(document);
        QVERIFY(read);
        QCOMPARE(read->rules.size(), std::size_t{1});
        QCOMPARE(read->rules.front().rule.path, u"/a"_s);
    }

    void refusesDocuments_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("a web page") << "<html></html>"_ba;
        QTest::newRow("an array") << "[]"_ba;
        QTest::newRow("Swagger 2.0") << R"({"swagger":"2.0","paths":{}})"_ba;
        QTest::newRow("another version") << R"({"openapi":"4.0.0","paths":{}})"_ba;
        QTest::newRow("a version that is like a known one") << R"({"openapi":"3.10","paths":{}})"_ba;
        QTest::newRow("no paths") << R"({"openapi":"3.1.0"})"_ba;
        QTest::newRow("paths that are an array") << R"({"openapi":"3.1.0","paths":[]})"_ba;
        QTest::newRow("security that is a text") << R"({"openapi":"3.1.0","paths":{},"security":"s"})"_ba;
        QTest::newRow("a path that occurs twice") << R"({"openapi":"3.1.0","paths":{"/a":{},"/a":{}}})"_ba;
        QTest::newRow("a bottomless document") << documentOf("{}", ",\"x\":" + QByteArray(100'000, '['));
        QTest::newRow("a document of 5 MB") << documentOf("{}", ",\"x\":\"" + QByteArray(5'000'000, 'x') + '"');
    }

    void refusesDocuments()
    {
        QFETCH(QByteArray, document);
        const Result<OpenApiRules> read = readOpenApi(document);
        QVERIFY(!read);
        QCOMPARE(read.error().code, lab::errors::documentInvalid);
        QVERIFY(!read.error().remedy.isEmpty());
    }

    void boundsWhatItReads()
    {
        QStringList good;
        QStringList bad;
        for (int i = 0; i < 700; ++i) {
            good += u"/a/%1"_s.arg(i);
            bad += u"//b/%1"_s.arg(i);
        }
        const Result<OpenApiRules> read = readOpenApi(documentWith(good + bad));
        QVERIFY(read);
        QCOMPARE(read->rules.size(), mostOperations);
        QCOMPARE(read->leftOut.size(), mostLeftOut);
        QCOMPARE(read->moreLeftOut, std::size_t{200 + 600});
    }
};

QTEST_GUILESS_MAIN(OpenApiRulesTest)
#include "openapi-rules-test.moc"
