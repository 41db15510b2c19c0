#include "books/claim-class.h"
#include "books/token-report.h"
#include "core/markdown.h"
#include "core/versions.h"
#include "jose/token-issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::books {

class TokenReportTest : public QObject
{
    Q_OBJECT

private:
    jose::TokenIssuer m_issuer;

    jose::InspectedToken inspected(const Secret &token) const
    {
        return jose::inspect(token, m_issuer.keys(), jose::TokenIssuer::apiPolicy(), jose::testNow);
    }

    jose::InspectedToken signedWith(const QByteArray &patch, const JsonObject &header = {}) const
    {
        return inspected(m_issuer.sign(jose::patched(jose::TokenIssuer::accessClaims(), patch), header));
    }

    static QString markdown(const jose::InspectedToken &token)
    {
        return toMarkdown(tokenReport(token, diagnoseAccessToken(token.verification), jose::entraNames()));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_issuer.isReady()); }

    void aClassSaysNothingPersonal_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *title, const QString &name, const QByteArray &value, const QString &shown) {
            QTest::newRow(title) << name << value << shown;
        };
        row("a GUID", u"oid"_s, "\"a2b7c0de-94be-47a3-8d15-20b7c64fe90b\"", u"GUID"_s);
        row("a name", u"name"_s, "\"Riley Reader\"", u"text of 12 characters"_s);
        row("an address", u"email"_s, "\"riley@sandbox.test\"", u"address of a person"_s);
        row("a URL", u"picture"_s, "\"https://example.test/riley.png\"", u"URL"_s);
        row("a list", u"groups"_s, R"(["a","b"])", u"list of 2"_s);
        row("an object", u"cnf"_s, R"({"jkt":"x","a":1})", u"object of 2 members"_s);
        row("a truth value", u"email_verified"_s, "true", u"true or false"_s);
        row("null", u"name"_s, "null", u"null"_s);
        row("a number", u"n"_s, "7", u"number"_s);
        row("a time", u"exp"_s, "1800003600", u"time, in 1 h"_s);
        row("a time that is none", u"exp"_s, "\"soon\"", u"text of 4 characters"_s);
        row("the audience", u"aud"_s, "\"6f1c2d0a-api\"", u"text of 12 characters, as expected"_s);
        row("Graph", u"aud"_s, "\"https://graph.microsoft.com\"", u"Microsoft Graph"_s);
        row("the issuer", u"iss"_s, "\"https://login.example.test/5c0e/v2.0\"", u"URL, as expected"_s);
    }

    void aClassSaysNothingPersonal()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, value);
        const Result<Json> json = parseJson(value);
        QVERIFY(json);
        QTEST(claimClass(name, *json, signedWith("{}").verification), "shown");
    }

    void theReportNeitherHoldsATokenNorNamesAPerson()
    {
        const jose::InspectedToken token = signedWith(R"({"sub":["Zk3v-subject"],"nonce":"n-0S6"})");
        const QString report = markdown(token);
        for (const QString &personal :
             {u"Riley"_s, u"riley.reader"_s, u"a2b7"_s, u"object"_s, u"5c0e-tenant"_s, u"Zk3v"_s, u"n-0S6"_s})
            QVERIFY2(!report.contains(personal), qPrintable(personal + u": "_s + report));
        for (const QByteArray &part : token.token.reveal().toByteArray().split('.'))
            QVERIFY(!report.contains(QString::fromLatin1(part.first(20))));
        QVERIFY2(report.contains("The signature of 256 bytes was removed"_L1), qPrintable(report));
    }

    void noValueOfAClaimIsRepeated_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::newRow("all checks passed") << QByteArray("{}");
        for (const char *claim : {"iss", "aud", "tid", "nonce", "azp", "at_hash"})
            QTest::newRow(qPrintable(u"another %1"_s.arg(QLatin1String(claim))))
                << QByteArray("{\"") + claim + "\":\"M4rk-another\"}";
        for (const char *claim : {"iss", "aud", "sub", "jti", "tid", "nonce", "azp", "at_hash", "iat", "nbf", "exp",
                                  "roles", "scp", "name", "preferred_username", "oid"})
            QTest::newRow(qPrintable(u"%1 of a wrong type"_s.arg(QLatin1String(claim))))
                << QByteArray("{\"") + claim + "\":{\"M4rk-wrong\":[\"M4rk\"]}}";
        QTest::newRow("several audiences") << QByteArray(R"({"aud":["M4rk-a","M4rk-b"],"azp":"M4rk-azp"})");
        QTest::newRow("a long audience") << QByteArray("{\"aud\":\"M4rk-") + QByteArray(500, 'a') + "\"}";
        QTest::newRow("no audience") << QByteArray(R"({"aud":null})");
        QTest::newRow("an event") << QByteArray(R"({"events":{"M4rk-event":{}}})");
    }

    void noValueOfAClaimIsRepeated()
    {
        QFETCH(QByteArray, patch);
        const auto marked = [](jose::TokenPolicy policy) {
            policy.issuer = u"https://M4rk.example/5c0e/v2.0"_s;
            policy.audiences = {u"M4rk-api"_s};
            policy.nonce = u"M4rk-nonce"_s;
            policy.authorizedParty = u"M4rk-client"_s;
            policy.accessToken = Secret("any");
            return policy;
        };
        JsonObject claims = jose::TokenIssuer::accessClaims();
        for (const char *name : {"sub", "jti", "oid", "name", "scp", "uti"})
            claims.set(QString::fromLatin1(name), u"M4rk-value"_s);
        claims.set(u"iss"_s, u"https://M4rk.example/5c0e/v2.0"_s);
        claims.set(u"aud"_s, u"M4rk-api"_s);
        claims.set(u"nonce"_s, u"M4rk-nonce"_s);
        claims.set(u"azp"_s, u"M4rk-client"_s);
        claims.set(u"preferred_username"_s, u"M4rk@example.test"_s);
        claims.set(u"roles"_s, JsonArray{u"M4rk"_s});
        claims = jose::patched(claims, patch);
        const Secret token = m_issuer.sign(claims);
        const jose::InspectedToken asAccessToken =
            jose::inspect(token, m_issuer.keys(), marked(jose::TokenIssuer::apiPolicy()), jose::testNow);
        const jose::InspectedToken asIdToken =
            jose::inspect(token, m_issuer.keys(), marked(jose::TokenIssuer::clientPolicy()), jose::testNow);
        for (const TokenReport &report :
             {tokenReport(asAccessToken, diagnoseAccessToken(asAccessToken.verification), jose::entraNames()),
              tokenReport(asIdToken, diagnoseIdToken(asIdToken.verification), jose::entraNames())}) {
            const QString shared = toMarkdown(report) + QString::fromUtf8(toPrettyJson(toJson(report))) +
                                   report.diagnosis.headline + report.diagnosis.remedy;
            QVERIFY2(!shared.contains("M4rk"_L1, Qt::CaseInsensitive), qPrintable(shared));
        }
    }

    void theReportHasClaimsChecksPredictionsAndVersions()
    {
        const QString report = markdown(signedWith("{}"));
        for (const QString &line :
             {u"| `alg` | `RS256` |"_s, u"| `preferred_username` | address of a person |"_s,
              u"| `roles` | list of 1 |"_s, u"| Issuer | passed | as expected |"_s, u"| Expiry | passed | "_s,
              u"| `GET /api/v1/books` | 200 | Scope Books.Read is in your token. |"_s,
              u"| `DELETE /api/v1/books/{book_id}` | 403 | Role Books.Admin is not in your token. |"_s,
              u"| Qt | "_s + markdownText(qtOfBuild()) + u", "_s, u"| OpenSSL | 3\\."_s})
            QVERIFY2(report.contains(line), qPrintable(line + u"\n"_s + report));
    }

    void hostileNamesStayText()
    {
        const QString report =
            markdown(signedWith(R"({"<img src=x>|[a](b)`c`":1,"line\nbreak":2})", {{u"kid"_s, u"| <b> @owner"_s}}));
        QVERIFY2(report.contains("| `` <img src=x>\\|[a](b)`c` `` | number |"_L1), qPrintable(report));
        QVERIFY2(report.contains("| `kid` | `\\| <b> @owner` |"_L1), qPrintable(report));
        QVERIFY(!report.contains("line\nbreak"_L1));
    }

    void aTokenThatCannotBeReadHasChecksOnly()
    {
        const QString report = markdown(inspected(Secret("opaque-reference-token")));
        QVERIFY2(!report.contains("## Claims"_L1) && !report.contains("opaque-reference"_L1), qPrintable(report));
        QVERIFY2(report.contains("| unknown | The token cannot be read. |"_L1), qPrintable(report));
    }
};

} // namespace bookdesk::books

QTEST_GUILESS_MAIN(bookdesk::books::TokenReportTest)
#include "token-report-test.moc"
