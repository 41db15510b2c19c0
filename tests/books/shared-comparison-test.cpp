#include "books/shared-comparison.h"
#include "core/hostile-strings.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::books {

class SharedComparisonTest : public QObject
{
    Q_OBJECT

private:
    jose::TokenIssuer m_issuer;

    ComparedToken token(const JsonObject &claims) const
    {
        return comparedToken(
            jose::inspect(m_issuer.sign(claims), m_issuer.keys(), jose::TokenIssuer::apiPolicy(), jose::testNow),
            jose::entraNames());
    }

    SharedComparison shared(const JsonObject &changed) const
    {
        const ComparedToken a = token(jose::TokenIssuer::accessClaims());
        const ComparedToken b = token(changed);
        return sharedComparison(compareTokens(a, b, jose::entraNames()), a.facts.verification, b.facts.verification);
    }

    static JsonObject withClaim(const QString &name, const Json &value)
    {
        JsonObject claims = jose::TokenIssuer::accessClaims();
        claims.set(name, value);
        return claims;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void namesWhatDiffersByItsClass()
    {
        const SharedComparison report = shared(withClaim(u"preferred_username"_s, Json(u"ada@example.test"_s)));
        QCOMPARE(report.differences.size(), 1U);
        QCOMPARE(report.differences[0].name, u"preferred_username"_s);
        QCOMPARE(report.differences[0].b, u"address of a person"_s);
        QVERIFY(!toMarkdown(report).contains(u"ada@"_s));
        QVERIFY(!toCompactJson(toJson(report)).contains("ada@"));
    }

    void saysWhatDecides()
    {
        const SharedComparison report =
            shared(withClaim(u"roles"_s, JsonArray{Json(u"Books.Reader"_s), Json(u"Books.Admin"_s)}));
        QVERIFY2(toMarkdown(report).contains(u"Books.Admin added"_s), qPrintable(toMarkdown(report)));
        const JsonObject json = toJson(report);
        QCOMPARE(json.find(u"predictions")->asArray()->size(), 2U);
        QVERIFY(json.find(u"change")->asString()->size() > 0);
    }

    void groupsAreNotNamed()
    {
        const SharedComparison report = shared(withClaim(u"groups"_s, JsonArray{Json(u"finance-secret"_s)}));
        QVERIFY(!toMarkdown(report).contains(u"finance"_s));
        QVERIFY(!toCompactJson(toJson(report)).contains("finance"));
    }

    void hostileTextStaysText_data() { test::addHostileRows(); }

    void hostileTextStaysText()
    {
        QFETCH(QString, text);
        const QString markdown = toMarkdown(shared(withClaim(u"x"_s + text, Json(text))));
        QVERIFY(test::showsAll(markdown));
        const QString unescaped = QString(markdown).remove(u"\\<"_s).remove(u"\\]"_s).remove(u"\\|"_s);
        QVERIFY2(!unescaped.contains(u'<') && !unescaped.contains(u']'), qPrintable(unescaped));
    }
};

} // namespace bookdesk::books

QTEST_GUILESS_MAIN(bookdesk::books::SharedComparisonTest)
#include "shared-comparison-test.moc"
