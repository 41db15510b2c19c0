#include "books/token-facts.h"
#include "lab/endpoint-rules.h"
#include "lab/errors.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

LabRule documents(const QByteArray &method, const QString &path, const QStringList &scopes)
{
    return {{method, path, scopes, {}}, RuleOrigin::openApi, u"As the document says."_s};
}

} // namespace

class EndpointRulesTest : public QObject
{
    Q_OBJECT

private:
    books::FactsMaker m_facts;

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void theContractsRoleWins()
    {
        const std::vector<LabRule> rules =
            mergedRules({documents("GET", u"/api/v1/books"_s, {u"Books.Read"_s}),
                         documents("DELETE", u"/api/v1/books/{id}"_s, {}), documents("GET", u"/health"_s, {})},
                        {});
        QCOMPARE(rules.size(), std::size_t{3});
        QCOMPARE(needsText(rules[0]), u"scope Books.Read"_s);
        QCOMPARE(rules[0].origin, RuleOrigin::contract);
        QCOMPARE(needsText(rules[1]), u"role Books.Admin"_s);
        QCOMPARE(rules[1].rule.path, u"/api/v1/books/{book_id}"_s);
        QVERIFY(rules[1].remark.isEmpty());
        QCOMPARE(rules[2].origin, RuleOrigin::openApi);
        QCOMPARE(rules[2].remark, u"As the document says."_s);
    }

    void theDocumentsScopesReplaceTheContracts()
    {
        const std::vector<LabRule> rules =
            mergedRules({documents("GET", u"/api/v1/books"_s, {u"Books.List"_s}),
                         documents("DELETE", u"/api/v1/books/{book_id}"_s, {u"Books.Write"_s})},
                        {});
        QCOMPARE(needsText(rules[0]), u"scope Books.List"_s);
        QCOMPARE(needsText(rules[1]), u"scope Books.Write and role Books.Admin"_s);
    }

    void thePersonsRulesReplaceOthers()
    {
        const std::vector<LabRule> rules =
            mergedRules({documents("GET", u"/health"_s, {})},
                        {{"GET", u"/health"_s, {u"Ops"_s}, {}}, {"POST", u"/api/v1/books"_s, {u"Books.Write"_s}, {}}});
        QCOMPARE(rules.size(), std::size_t{4});
        QCOMPARE(rules[2].origin, RuleOrigin::own);
        QCOMPARE(needsText(rules[2]), u"scope Ops"_s);
        QVERIFY(rules[2].remark.isEmpty());
        QCOMPARE(rules[3].rule.method, "POST"_ba);
    }

    void predictsTheBestAlternative_data()
    {
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<QStringList>("otherScopes");
        QTest::addColumn<bool>("isPublic");
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<int>("status");
        const QByteArray own = "{}"; // Books.Read
        const QByteArray qualified = R"({"scp":"api:x/Books.Read Other"})";
        const QByteArray expired = R"({"exp":1})";
        const QStringList none;
        QTest::newRow("a scope that is held") << QStringList(u"Books.Read"_s) << none << false << own << 200;
        QTest::newRow("a scope that is missing") << QStringList(u"Books.Write"_s) << none << false << own << 403;
        QTest::newRow("the other one is held")
            << QStringList(u"Books.Write"_s) << QStringList(u"Books.Read"_s) << false << own << 200;
        QTest::newRow("neither is held") << QStringList(u"Books.Write"_s) << QStringList(u"Books.List"_s) << false
                                         << own << 403;
        QTest::newRow("a scope with its resource in the token")
            << QStringList(u"Books.Read"_s) << none << false << qualified << 200;
        QTest::newRow("any valid token") << none << none << false << own << 200;
        QTest::newRow("an expired token") << none << none << false << expired << 401;
        QTest::newRow("an expired token where none is asked for") << none << none << true << expired << 200;
    }

    void predictsTheBestAlternative()
    {
        QFETCH(QStringList, scopes);
        QFETCH(QStringList, otherScopes);
        QFETCH(bool, isPublic);
        QFETCH(QByteArray, claims);
        QFETCH(int, status);
        LabRule rule = documents("GET", u"/a"_s, scopes);
        if (!otherScopes.isEmpty())
            rule.otherScopes = {otherScopes};
        rule.isPublic = isPublic;
        const books::Prediction prediction = predict(rule, m_facts.of(claims));
        QCOMPARE(prediction.status, status);
        QVERIFY(!prediction.reason.isEmpty());
    }

    void saysWhatIsNeeded()
    {
        LabRule rule = documents("GET", u"/a"_s, {});
        QCOMPARE(needsText(rule), u"any valid token"_s);
        rule.rule.scopes = {u"A"_s, u"B"_s};
        rule.otherScopes = {{u"C"_s}};
        QCOMPARE(needsText(rule), u"scopes A, B or scope C"_s);
        rule.isPublic = true;
        QCOMPARE(needsText(rule), u"no token"_s);
    }

    void onlyReadsAreSafe()
    {
        QByteArrayList safe;
        for (const QByteArray &method : callableMethods()) {
            if (isSafe(method))
                safe += method;
        }
        QCOMPARE(safe, (QByteArrayList{"GET", "HEAD"}));
    }

    void readsRulesOfPeople_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("scopes");
        QTest::addColumn<QString>("roles");
        QTest::addColumn<bool>("isGood");
        const QString path = u"/api/v1/books"_s;
        QTest::newRow("all given") << u"POST"_s << path << u"Books.Write"_s << u"Books.Admin"_s << true;
        QTest::newRow("nothing asked for") << u"HEAD"_s << path << QString() << QString() << true;
        QTest::newRow("a method in small letters") << u"get"_s << path << QString() << QString() << false;
        QTest::newRow("a method that is not called") << u"TRACE"_s << path << QString() << QString() << false;
        QTest::newRow("no path") << u"GET"_s << QString() << QString() << QString() << false;
        QTest::newRow("another host") << u"GET"_s << u"//evil.example"_s << QString() << QString() << false;
        QTest::newRow("a control character") << u"GET"_s << path << u"A\u202EB"_s << QString() << false;
        QTest::newRow("a resource without a scope") << u"GET"_s << path << u"api://x/"_s << QString() << false;
        QTest::newRow("too many roles") << u"GET"_s << path << QString() << u"R "_s.repeated(60) << false;
        QTest::newRow("a very long name") << u"GET"_s << path << QString(300, u'x') << QString() << false;
    }

    void readsRulesOfPeople()
    {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(QString, scopes);
        QFETCH(QString, roles);
        QFETCH(bool, isGood);
        const Result<books::AccessRule> rule = readOwnRule(method, path, scopes, roles);
        QCOMPARE(rule.has_value(), isGood);
        if (!rule) {
            QCOMPARE(rule.error().code, lab::errors::ruleInvalid);
            QVERIFY(!rule.error().remedy.isEmpty());
        }
    }

    void readsNamesSeparatedByAnything()
    {
        const Result<books::AccessRule> rule =
            readOwnRule(u"GET"_s, u"/a"_s, u" api://x/Books.Read, Books.Write\n"_s, u"A,B"_s);
        QVERIFY(rule);
        QCOMPARE(rule->scopes, QStringList({u"Books.Read"_s, u"Books.Write"_s}));
        QCOMPARE(rule->roles, QStringList({u"A"_s, u"B"_s}));
    }
};

QTEST_GUILESS_MAIN(EndpointRulesTest)
#include "endpoint-rules-test.moc"
