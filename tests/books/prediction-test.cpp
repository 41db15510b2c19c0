#include "books/prediction.h"
#include "books/token-facts.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

class PredictionTest : public QObject
{
    Q_OBJECT

private:
    FactsMaker m_facts;

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void theTokenDecides_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<int>("list");
        QTest::addColumn<QString>("listBy");
        QTest::addColumn<int>("remove");
        QTest::addColumn<QString>("removeBy");
        const auto row = [](const char *name, const QByteArray &patch, int list, const QString &listBy, int remove,
                            const QString &removeBy) {
            QTest::newRow(name) << patch << list << listBy << remove << removeBy;
        };
        const QString scope = u"Scope Books.Read is in your token."_s;
        const QString noScope = u"Scope Books.Read is not in your token."_s;
        const QString role = u"Role Books.Admin is in your token."_s;
        const QString noRole = u"Role Books.Admin is not in your token."_s;
        const auto both = [row](const char *name, const QByteArray &patch, int status, const QString &by) {
            row(name, patch, status, by, status, by);
        };
        row("a reader may read only", "{}", 200, scope, 403, noRole);
        row("an admin may do both", R"({"roles":["Books.Reader","Books.Admin"]})", 200, scope, 200, role);
        row("deleting asks no scope", R"({"scp":"","roles":["Books.Admin"]})", 403, noScope, 200, role);
        row("a scope among others counts", R"({"scp":"Books.Write Books.Read"})", 200, scope, 403, noRole);
        row("a scope's beginning does not count", R"({"scp":"Books.ReadAll"})", 403, noScope, 403, noRole);
        row("case matters", R"({"scp":"books.read","roles":["books.admin"]})", 403, noScope, 403, noRole);
        both("expired", R"({"exp":1799999999})", 401, u"The token has expired."_s);
        both("expiring now is expired", R"({"exp":1800000000})", 401, u"The token has expired."_s);
        both("not valid yet", R"({"nbf":1800000001})", 401, u"The token is not valid yet."_s);
        both("dated in the future", R"({"iat":1800000001})", 401, u"The token is dated in the future."_s);
        both("another issuer", R"({"iss":"https://sts.windows.net/5c0e/"})", 401,
             u"The token comes from another issuer."_s);
        both("no issuer", R"({"iss":null})", 401, u"A required claim is not in your token."_s);
        both("another audience", R"({"aud":"other"})", 401, u"The token is meant for another audience."_s);
        both("expired comes before audience", R"({"aud":"other","exp":1})", 401, u"The token has expired."_s);
        both("a subject that is no text", R"({"sub":7})", 401, u"The token's subject is no text."_s);
        both("roles that are no array", R"({"roles":"Books.Admin"})", 500, u"A claim has the wrong type."_s);
        both("a name that is no text", R"({"name":1})", 500, u"A claim has the wrong type."_s);
    }

    void theTokenDecides()
    {
        QFETCH(QByteArray, patch);
        QFETCH(int, list);
        QFETCH(QString, listBy);
        QFETCH(int, remove);
        QFETCH(QString, removeBy);
        const TokenFacts facts = m_facts.of(patch);
        QCOMPARE(predict(listRule(), facts).status, list);
        QCOMPARE(predict(listRule(), facts).reason, listBy);
        QCOMPARE(predict(deleteRule(), facts).status, remove);
        QCOMPARE(predict(deleteRule(), facts).reason, removeBy);
    }

    void rulesThatTheApiHasNotDecideNothing_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("check");
        QTest::newRow("a logout token") << "{}"_ba
                                        << R"({"typ":"logout+jwt"})"_ba << u"type"_s;
        QTest::newRow("a report of events") << R"({"events":{}})"_ba
                                            << "{}"_ba << u"type"_s;
        QTest::newRow("a beginning in quotes") << R"({"nbf":"1799999999"})"_ba
                                               << "{}"_ba << u"not-before"_s;
        QTest::newRow("a date of issue that is true") << R"({"iat":true})"_ba
                                                      << "{}"_ba << u"issued-at"_s;
        QTest::newRow("an end in quotes") << R"({"exp":" 1800000001 "})"_ba
                                          << "{}"_ba << u"expiry"_s;
    }

    void rulesThatTheApiHasNotDecideNothing()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QByteArray, header);
        const TokenFacts facts = m_facts.of(patch, header);
        const jose::Check *failure = facts.verification.firstFailure();
        QVERIFY(failure);
        QTEST(jose::checkCode(failure->kind), "check");
        const QString sentence = jose::checkSentence(*failure, jose::testNow);
        QVERIFY2(sentence.endsWith(u"the API does not check this"_s), qPrintable(sentence));
        QCOMPARE(predict(listRule(), facts).status, 200);
        QCOMPARE(predict(deleteRule(), facts).status, 403);
    }

    void datesThatTheApiCannotReadEitherDecide_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::newRow("an end in quotes that is over") << R"({"exp":"1800000000"})"_ba;
        QTest::newRow("an end that is true, so long ago") << R"({"exp":true})"_ba;
        QTest::newRow("an end in words") << R"({"exp":"tomorrow"})"_ba;
        QTest::newRow("a beginning in quotes that is to come") << R"({"nbf":"1800000001"})"_ba;
        QTest::newRow("a beginning in words") << R"({"nbf":"now"})"_ba;
    }

    void datesThatTheApiCannotReadEitherDecide()
    {
        QFETCH(QByteArray, patch);
        QCOMPARE(predict(listRule(), m_facts.of(patch)).status, 401);
    }

    void aKeyThatTheApiMayHavePredictsNothing()
    {
        QVERIFY(!predict(listRule(), m_facts.withKeyLeftOut()).isKnown());
        QCOMPARE(predict(listRule(), m_facts.withKeyLeftOut(R"({"exp":1})")).status, 401);
    }

    void whatIsMissingDecidesToo()
    {
        QCOMPARE(predict(listRule(), m_facts.without(u"sub"_s)).status, 401);
        QCOMPARE(predict(listRule(), m_facts.without(u"exp"_s)).status, 401);
        QCOMPARE(predict(listRule(), m_facts.without(u"scp"_s)).status, 403);
        QCOMPARE(predict(deleteRule(), m_facts.without(u"roles"_s)).status, 403);
        QCOMPARE(predict(listRule(), m_facts.withUnknownKey()).reason, u"The key that signed the token is unknown."_s);
    }

    void anUnreadableTokenPredictsNothing()
    {
        const Prediction opaque = predict(listRule(), FactsMaker::opaque());
        QVERIFY(!opaque.isKnown());
        QCOMPARE(predictionSentence(opaque),
                 u"No answer can be predicted. The token cannot be read. The API decides."_s);
        QVERIFY(!predict(listRule(), {}).isKnown());
    }

    void anUncheckedTokenPredictsNothing()
    {
        TokenFacts facts = m_facts.of();
        facts.verification = {};
        QVERIFY(!predict(listRule(), facts).isKnown());
    }

    void theSentenceNamesTheAnswerAndTheReason()
    {
        QCOMPARE(predictionSentence(predict(deleteRule(), m_facts.of())),
                 u"Predicted answer: 403. Role Books.Admin is not in your token. The API decides."_s);
        QCOMPARE(predictionSentence(predict(listRule(), m_facts.of())),
                 u"Predicted answer: 200. Scope Books.Read is in your token. The API decides."_s);
    }
};

QTEST_GUILESS_MAIN(PredictionTest)
#include "prediction-test.moc"
