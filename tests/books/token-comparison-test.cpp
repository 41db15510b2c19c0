#include "books/comparison-texts.h"
#include "books/token-comparison.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::books {

class TokenComparisonTest : public QObject
{
    Q_OBJECT

private:
    jose::TokenIssuer m_issuer;

    ComparedToken token(const QByteArray &patch = "{}", const JsonObject &header = {}) const
    {
        return inspected(m_issuer.sign(jose::patched(claims(), patch), header));
    }

    static JsonObject claims()
    {
        return jose::patched(jose::TokenIssuer::accessClaims(),
                             R"({"scp":"Books.Read","roles":["Books.Reader"],"uti":"h2Kq8vYtR0"})");
    }

    ComparedToken inspected(const Secret &secret) const
    {
        return comparedToken(jose::inspect(secret, m_issuer.keys(), jose::TokenIssuer::apiPolicy(), jose::testNow),
                             jose::entraNames());
    }

    static TokenComparison compared(const ComparedToken &a, const ComparedToken &b)
    {
        return compareTokens(a, b, jose::entraNames());
    }

    static ClaimDifference row(const TokenComparison &comparison, const QString &name)
    {
        for (const ClaimDifference &claim : comparison.claims) {
            if (claim.name == name)
                return claim;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void aClaimIsAddedRemovedChangedOrTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<QString>("difference");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *title, const QString &name, const QByteArray &a, const QByteArray &b,
                            const QString &difference, const QString &detail = {}) {
            QTest::newRow(title) << name << a << b << difference << detail;
        };
        row("added", u"acrs"_s, "{}", R"({"acrs":["p1"]})", u"added"_s, u"p1 added"_s);
        row("removed", u"ipaddr"_s, R"({"ipaddr":"::1"})", "{}", u"removed"_s);
        row("changed", u"name"_s, R"({"name":"Ada"})", R"({"name":"Riley"})", u"changed"_s);
        row("the same", u"name"_s, R"({"name":"Ada"})", R"({"name":"Ada"})", u"same"_s);
        row("a text is not its number", u"x"_s, R"({"x":"1"})", R"({"x":1})", u"changed"_s);
        row("an array's order says nothing", u"roles"_s, R"({"roles":["x","y"]})", R"({"roles":["y","x","x"]})",
            u"same"_s);
        row("an array's entries", u"groups"_s, R"({"groups":["x","y"]})", R"({"groups":["y","z"]})", u"changed"_s,
            u"z added; x removed"_s);
        row("entries that are no strings", u"n"_s, R"({"n":[1,{"a":2}]})", R"({"n":[1]})", u"changed"_s,
            u"{\"a\":2} removed"_s);
        row("numbers beyond 64 bits", u"n"_s, R"({"n":18446744073709551617})", R"({"n":18446744073709551616})",
            u"changed"_s);
        row("a zero in another spelling", u"n"_s, R"({"n":0})", R"({"n":-0})", u"changed"_s);
        row("the order of scopes", u"scp"_s, R"({"scp":"a b"})", R"({"scp":"b  a"})", u"same"_s);
        row("scopes", u"scp"_s, R"({"scp":"a b"})", R"({"scp":"b c"})", u"changed"_s, u"c added; a removed"_s);
        row("another claim's words are no set", u"name"_s, R"({"name":"a b"})", R"({"name":"b a"})", u"changed"_s);
        row("an audience in an array", u"aud"_s, R"({"aud":"x"})", R"({"aud":["x"]})", u"same"_s);
        row("a time in another spelling", u"exp"_s, R"({"exp":1800003600})", R"({"exp":1800003600.5})", u"same"_s);
        row("a later time", u"iat"_s, R"({"iat":1799996000})", R"({"iat":1799996480})", u"changed"_s, u"8 min later"_s);
        row("an earlier time", u"iat"_s, R"({"iat":1799996480})", R"({"iat":1799996000})", u"changed"_s,
            u"8 min earlier"_s);
        row("times that are centuries apart", u"exp"_s, R"({"exp":-9000000000})", R"({"exp":9000000000})", u"changed"_s,
            u"208333 days later"_s);
        row("a time that is none", u"iat"_s, R"({"iat":1799996480})", R"({"iat":"now"})", u"changed"_s);
    }

    void aClaimIsAddedRemovedChangedOrTheSame()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        const ClaimDifference claim = row(compared(token(a), token(b)), name);
        QTEST(differenceCode(claim.difference), "difference");
        QTEST(differenceDetail(claim), "detail");
    }

    void aClaimWithoutDetailHasItsOwnMeaning_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("neither a time nor a set") << u"uti"_s << u"ID of this token, for Microsoft's logs"_s;
        QTest::newRow("a set has a detail") << u"roles"_s << u"x added"_s;
        QTest::newRow("the same, without its value") << u"idtyp"_s << u"Kind of token: user or app"_s;
        QTest::newRow("a name that looks like another claim's value") << u"ver.1.0"_s << QString();
        QTest::newRow("the header's own") << u"kid"_s << u"Which of the issuer's keys signed it"_s;
        QTest::newRow("nobody knows") << u"made_up"_s << QString();
    }

    void aClaimWithoutDetailHasItsOwnMeaning()
    {
        QFETCH(QString, name);
        const TokenComparison comparison =
            compared(token(R"({"uti":"a","idtyp":"user","ver.1.0":1,"made_up":1})"),
                     token(R"({"uti":"b","idtyp":"user","ver.1.0":2,"made_up":2,"roles":["Books.Reader","x"]})",
                           {{u"kid"_s, u"other"_s}}));
        const auto meanings = jose::ClaimMeanings::forLocale(QLocale(QLocale::English));
        QTEST(differenceMeaning(row(comparison, name), meanings), "meaning");
    }

    void theHeaderTakesPart()
    {
        const TokenComparison comparison = compared(token(), token("{}", {{u"kid"_s, u"other"_s}}));
        const ClaimDifference claim = row(comparison, u"kid"_s);
        QCOMPARE(claim.group, ClaimGroup::header);
        QCOMPARE(claim.difference, Difference::changed);
        QCOMPARE(row(comparison, u"alg"_s).difference, Difference::same);
    }

    void whatDecidesComesFirst()
    {
        QStringList groups;
        for (const ClaimDifference &claim : compared(token(), token()).claims)
            groups += claimGroupCode(claim.group);
        QVERIFY(groups.removeDuplicates() > 0);
        QCOMPARE(groups, QStringList({u"decides"_s, u"who"_s, u"time"_s, u"header"_s}));
        QCOMPARE(row(compared(token(), token()), u"uti"_s).group, ClaimGroup::time);
    }

    void differencesAreCounted()
    {
        const TokenComparison comparison =
            compared(token(R"({"groups":["g"]})"), token(R"({"acrs":["p1"],"xms_cc":["cp1"],"uti":"p9"})"));
        QCOMPARE(comparison.count(Difference::added), 2U);
        QCOMPARE(comparison.count(Difference::removed), 1U);
        QCOMPARE(comparison.count(Difference::changed), 1U);
        QVERIFY(comparison.count(Difference::same) > 5U);
    }

    void theSummarySaysWhatChanges_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *title, const QByteArray &a, const QByteArray &b, const QString &change,
                            const QString &headline,
                            const QString &detail) { QTest::newRow(title) << a << b << change << headline << detail; };
        const QByteArray reader = "{}";
        const QByteArray admin = R"({"roles":["Books.Reader","Books.Admin"]})";
        const QByteArray scopeless = R"({"scp":"Books.Write"})";
        const QByteArray expired = R"({"exp":1799999999})";
        row("a role more", reader, admin, u"more"_s, u"B allows more: role Books.Admin was added"_s,
            u"DELETE /api/v1/books/{book_id} is now predicted 200 instead of 403."_s);
        row("a role less", admin, reader, u"less"_s, u"B allows less: role Books.Admin was removed"_s,
            u"DELETE /api/v1/books/{book_id} is now predicted 403 instead of 200."_s);
        row("a scope more", scopeless, reader, u"more"_s, u"B allows more: scope Books.Read was added"_s,
            u"GET /api/v1/books is now predicted 200 instead of 403."_s);
        row("one has expired", expired, reader, u"more"_s, u"B allows more"_s,
            u"GET /api/v1/books is now predicted 200 instead of 401. Token A: The token has expired. "
            "DELETE /api/v1/books/{book_id} is now predicted 403 instead of 401. "
            "Token B: Role Books.Admin is not in your token."_s);
        row("more and less", R"({"scp":"","roles":["Books.Admin"]})", reader, u"other"_s,
            u"The API will answer them differently"_s,
            u"GET /api/v1/books is now predicted 200 instead of 403. "
            "DELETE /api/v1/books/{book_id} is now predicted 403 instead of 200."_s);
        row("nothing that decides", reader, R"({"name":"Ada"})", u"none"_s, u"Both allow the same"_s,
            u"GET /api/v1/books: 200. DELETE /api/v1/books/{book_id}: 403."_s);
        row("both expired", expired, R"({"exp":1799999998})", u"none"_s, u"Both allow the same"_s,
            u"GET /api/v1/books: 401. DELETE /api/v1/books/{book_id}: 401."_s);
    }

    void theSummarySaysWhatChanges()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        const ComparisonSummary summary = summaryOf(compared(token(a), token(b)));
        QTEST(accessChangeCode(summary.change), "change");
        QTEST(summary.headline, "headline");
        QTEST(summary.detail, "detail");
    }

    void oneTokenIsNotCompared()
    {
        const ComparedToken one = token();
        QCOMPARE(summaryOf(compared(one, one)).headline, u"A and B are one token"_s);
        // Of a token that is not in use any more, only the claims are left.
        QVERIFY(withoutSecret(one).token.isEmpty());
        QCOMPARE(summaryOf(compared(withoutSecret(one), one)).change, AccessChange::oneToken);
        // The same claims with another signature are another token.
        const ComparedToken forged = inspected(Secret(one.token.reveal().toByteArray().chopped(4) + "AAAA"));
        QCOMPARE(summaryOf(compared(one, forged)).change, AccessChange::less);
    }

    void anOpaqueTokenCannotBePredicted()
    {
        const ComparedToken opaque = inspected(Secret("opaque-reference-token"));
        const TokenComparison comparison = compared(opaque, token());
        const ComparisonSummary summary = summaryOf(comparison);
        QCOMPARE(summary.change, AccessChange::unknown);
        QCOMPARE(summary.detail, u"A: The token cannot be read."_s);
        QCOMPARE(comparison.count(Difference::added), comparison.claims.size());
        QVERIFY(!summaryOf(compared(opaque, inspected(Secret("another-one")))).headline.isEmpty());
    }

    void aRowIsOneSentence()
    {
        const TokenComparison comparison =
            compared(token(R"({"name":"a\u202Eb","old":1})"), token(R"({"name":"Ada","new":[2]})"));
        QCOMPARE(differenceSentence(row(comparison, u"name"_s)), u"name, changed, from a\\u{202E}b to Ada"_s);
        QCOMPARE(differenceSentence(row(comparison, u"old"_s)), u"old, removed, 1"_s);
        QCOMPARE(differenceSentence(row(comparison, u"new"_s)), u"new, added, [2]"_s);
        QCOMPARE(differenceSentence(row(comparison, u"scp"_s)), u"scp, the same, Books.Read"_s);
    }

    void theReportIsMarkdown()
    {
        const QString report = comparisonReport(
            compared(token(), token(R"({"roles":["Books.Reader","Books.Admin"],"name":"a | <img> `b`"})")));
        QVERIFY2(report.contains("**B allows more: role Books.Admin was added.**"_L1), qPrintable(report));
        QVERIFY2(report.contains("## Decides what you may do\n"_L1), qPrintable(report));
        QVERIFY2(report.contains(
                     "| changed | name | Riley Reader | a \\| &lt;img&gt; \\`b\\` | Display name; not unique |"_L1),
                 qPrintable(report));
        QVERIFY2(!report.contains("## Header"_L1), qPrintable(report));
    }
};

} // namespace bookdesk::books

QTEST_GUILESS_MAIN(bookdesk::books::TokenComparisonTest)
#include "token-comparison-test.moc"
