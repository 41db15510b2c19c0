#include "books/token-facts.h"
#include "lab/comparison.h"
#include "net/errors.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

class ComparisonTest : public QObject
{
    Q_OBJECT

private:
    books::FactsMaker m_facts;

    EndpointResult resultOf(int predicted, int actual, const QByteArray &body, const QString &path) const
    {
        EndpointResult result;
        result.rule.rule = {"GET", path, {}, {}};
        result.prediction = {predicted, {}};
        result.outcome = books::explain(result.rule.rule, u"GET "_s + path, books::answer(actual, body), m_facts.of());
        compare(result);
        return result;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_facts.isReady()); }

    void namesTheDifference_data()
    {
        QTest::addColumn<int>("predicted");
        QTest::addColumn<int>("actual");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("difference");
        const QByteArray none;
        const QByteArray role = R"({"detail":"Role 'Books.Boss' required"})";
        QTest::newRow("200 as predicted") << 200 << 200 << none << QString();
        QTest::newRow("204 where 200 was predicted") << 200 << 204 << none << QString();
        QTest::newRow("403 as predicted") << 403 << 403 << none << QString();
        QTest::newRow("401 as predicted") << 401 << 401 << none << QString();
        QTest::newRow("500 as predicted") << 500 << 500 << none << QString();
        QTest::newRow("404") << 200 << 404 << none << u"no such endpoint"_s;
        QTest::newRow("405 where 403 was predicted") << 403 << 405 << none << u"no such endpoint"_s;
        QTest::newRow("allowed without a permission")
            << 403 << 200 << none << u"allowed without the permission that the rule asks for"_s;
        QTest::newRow("a bad token accepted")
            << 401 << 200 << none << u"accepts a token that fails Bookdesk's checks"_s;
        QTest::newRow("a bad token accepted, and another permission missing")
            << 401 << 403 << none << u"accepts the token and lacks a permission"_s;
        QTest::newRow("a good token refused") << 200 << 401 << none << u"does not accept the token"_s;
        QTest::newRow("a role that the rule does not know") << 200 << 403 << role << u"asks for Books.Boss as well"_s;
        QTest::newRow("refused without a reason") << 200 << 403 << none << u"asks for more than the rule"_s;
        QTest::newRow("let through") << 200 << 422 << none
                                     << u"let through, but the request lacks what the call needs"_s;
        QTest::newRow("judged too early") << 403 << 422 << none << u"judges the request before the permission"_s;
        QTest::newRow("throttled") << 200 << 429 << none << u"too many requests"_s;
        QTest::newRow("redirected") << 200 << 307 << none << u"redirects elsewhere"_s;
        QTest::newRow("failed") << 200 << 503 << none << u"the API failed"_s;
    }

    void namesTheDifference()
    {
        QFETCH(int, predicted);
        QFETCH(int, actual);
        QFETCH(QByteArray, body);
        QFETCH(QString, difference);
        const EndpointResult result = resultOf(predicted, actual, body, u"/a"_s);
        QCOMPARE(result.difference, difference);
        QCOMPARE(result.comparison, difference.isEmpty() ? Comparison::asPredicted : Comparison::differs);
    }

    void anIdMayBeWhatIsNotFound()
    {
        QCOMPARE(resultOf(200, 404, {}, u"/a/{id}"_s).difference, u"no such endpoint, or nothing with this ID"_s);
    }

    void nothingIsComparedWithoutAPrediction()
    {
        QCOMPARE(resultOf(0, 200, {}, u"/a"_s).comparison, Comparison::unpredicted);
    }

    void aFailureOfTheNetworkIsADifference()
    {
        EndpointResult result = resultOf(200, 200, {}, u"/a"_s);
        result.outcome = books::explain(u"GET /a"_s, {net::errors::connectionFailed, u"No."_s}, u"books.contoso.com"_s);
        compare(result);
        QCOMPARE(result.comparison, Comparison::differs);
        QCOMPARE(result.difference, u"Cannot reach books.contoso.com"_s);
        result.outcome = books::explain(u"GET /a"_s, {net::errors::stopped, u"Stopped."_s}, {});
        compare(result);
        QCOMPARE(result.comparison, Comparison::notRun);
    }
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "comparison-test.moc"
