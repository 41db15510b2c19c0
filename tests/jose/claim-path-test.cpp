// Claim paths: what is read from a provider's data, a connection file and a form, and what they find in a token.
#include "jose/claim-path.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

JsonObject object(const QByteArray &text)
{
    Result<JsonObject> read = parseJsonObject(text);
    if (!read)
        qFatal("The test's JSON is not valid: %s", text.constData());
    return *std::move(read);
}

ClaimPlaces places(const QStringList &paths, std::vector<ClaimForm> forms)
{
    ClaimPlaces made{{}, std::move(forms)};
    for (const QString &path : paths)
        made.paths.push_back(ClaimPath::parse(path).value());
    return made;
}

} // namespace

class ClaimPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *name, const QString &text, const QStringList &names) {
            QTest::newRow(name) << text << names;
        };
        row("a claim", u"roles"_s, {u"roles"_s});
        row("Keycloak's roles of the realm", u"realm_access.roles"_s, {u"realm_access"_s, u"roles"_s});
        row("Keycloak's roles of a client", u"resource_access[\"books-api\"].roles"_s,
            {u"resource_access"_s, u"books-api"_s, u"roles"_s});
        row("a namespace", u"[\"https://contoso.com/roles\"]"_s, {u"https://contoso.com/roles"_s});
        row("a namespace with members", u"[\"https://contoso.com/a\"].b[\"c d\"]"_s,
            {u"https://contoso.com/a"_s, u"b"_s, u"c d"_s});
        row("colons", u"cognito:groups"_s, {u"cognito:groups"_s});
        row("a quote and a backslash", u"[\"a\\\"b\\\\c\"]"_s, {u"a\"b\\c"_s});
        row("brackets in a name", u"[\"a]b[\"]"_s, {u"a]b["_s});
        row("as many names as there may be", u"a.b.c.d.e.f.g.h"_s,
            {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s, u"h"_s});
    }

    void readsNames()
    {
        QFETCH(const QString, text);
        const std::optional<ClaimPath> path = ClaimPath::parse(text);
        QVERIFY(path);
        QTEST(path->names(), "names");
        QVERIFY(ClaimPath::parse(path->text()) == path);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
        row("nothing", {});
        row("a dot", u"."_s);
        row("a dot at the beginning", u".roles"_s);
        row("a dot at the end", u"roles."_s);
        row("two dots", u"a..b"_s);
        row("a slash outside brackets", u"https://contoso.com/roles"_s);
        row("a blank", u"a b"_s);
        row("an empty name in brackets", u"[\"\"]"_s);
        row("brackets without quotes", u"[roles]"_s);
        row("single quotes", u"['roles']"_s);
        row("a bracket that does not end", u"[\"roles\""_s);
        row("a quote that does not end", u"[\"roles"_s);
        row("an escape at the end", u"[\"roles\\"_s);
        row("an escape that means nothing", u"[\"a\\nb\"]"_s);
        row("a name right after a bracket", u"[\"a\"]b"_s);
        row("a dot before a bracket", u"a.[\"b\"]"_s);
        row("a line break", u"[\"a\nb\"]"_s);
        row("text from right to left", u"[\"a\u202eb\"]"_s);
        row("a wildcard", u"a.*"_s);
        row("too many names", u"a.b.c.d.e.f.g.h.i"_s);
        row("too long", QString(257, u'a'));
    }

    void refuses()
    {
        QFETCH(const QString, text);
        QVERIFY(!ClaimPath::parse(text));
    }

    void findsAndPuts()
    {
        JsonObject claims = object(R"({"realm_access":{"roles":["a"],"x":1},"plain":"text"})");
        const ClaimPath path = *ClaimPath::parse(u"realm_access.roles"_s);
        QVERIFY(path.in(claims) && *path.in(claims) == Json(JsonArray{u"a"_s}));
        QVERIFY(!ClaimPath::parse(u"realm_access.groups"_s)->in(claims));
        QVERIFY2(!ClaimPath::parse(u"plain.roles"_s)->in(claims), "a text has no members");
        path.put(claims, u"b"_s);
        QVERIFY(claims == object(R"({"realm_access":{"roles":"b","x":1},"plain":"text"})"));
        ClaimPath::parse(u"plain.roles"_s)->put(claims, 1);
        QVERIFY(*claims.find(u"plain") == Json(object(R"({"roles":1})")));
    }

    void readsInTheFormsThatArePossible_data()
    {
        using enum ClaimForm;
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<ClaimPlaces>("places");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *name, const QByteArray &claims, const ClaimPlaces &there,
                            const QStringList &names) { QTest::newRow(name) << claims << there << names; };
        row("words", R"({"scope":"a  b"})", places({u"scope"_s}, {words}), {u"a"_s, u"b"_s});
        row("a list where words are meant", R"({"scope":["a"]})", places({u"scope"_s}, {words}), {});
        row("a list where both are possible", R"({"scp":["a","b"]})", places({u"scp"_s}, {words, list}),
            {u"a"_s, u"b"_s});
        row("one text", R"({"role":"Books Admin"})", places({u"role"_s}, {text, list}), {u"Books Admin"_s});
        row("an empty text", R"({"role":""})", places({u"role"_s}, {text, list}), {});
        row("a number in a list", R"({"roles":["a",1]})", places({u"roles"_s}, {text, list}), {});
        row("ZITADEL's roles", R"({"urn:zitadel:iam:org:project:roles":{"admin":{"1":"contoso.com"},"reader":{}}})",
            places({u"urn:zitadel:iam:org:project:roles"_s}, {keys}), {u"admin"_s, u"reader"_s});
        row("an object where a list is meant", R"({"roles":{"admin":1}})", places({u"roles"_s}, {list}), {});
        row("several places, each name once", R"({"permissions":["a","b"],"https://contoso.com/roles":["b","c"]})",
            places({u"permissions"_s, u"[\"https://contoso.com/roles\"]"_s}, {list}), {u"a"_s, u"b"_s, u"c"_s});
        row("nothing there", "{}", places({u"a.b"_s}, {words, text, list, keys}), {});
    }

    void readsInTheFormsThatArePossible()
    {
        QFETCH(const QByteArray, claims);
        QFETCH(const ClaimPlaces, places);
        QTEST(namesIn(object(claims), places), "names");
    }

    void takesTheFirstText()
    {
        const std::vector<ClaimPath> paths = places({u"a"_s, u"b.c"_s, u"d"_s}, {}).paths;
        QCOMPARE(firstTextIn(object(R"({"a":"","b":{"c":"here"},"d":"later"})"), paths), u"here"_s);
        QCOMPARE(firstTextIn(object(R"({"a":1})"), paths), QString());
    }
};

} // namespace bookdesk::jose

Q_DECLARE_METATYPE(bookdesk::jose::ClaimPlaces)
QTEST_GUILESS_MAIN(bookdesk::jose::ClaimPathTest)
#include "claim-path-test.moc"
