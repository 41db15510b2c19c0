// The access lab's endpoints over real sockets: the Sandbox's own document, real tokens, real answers.
#include "e2e/sandbox-desk.h"
#include "lab/endpoint-rules.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class LabTest : public QObject
{
    Q_OBJECT

private:
    static const lab::EndpointResult &resultOf(lab::EndpointRun &run, const QByteArray &method)
    {
        for (const lab::EndpointResult &result : run.results()) {
            if (result.rule.rule.method == method)
                return result;
        }
        return run.results().front();
    }

private Q_SLOTS:
    void readsTheDocumentWithoutAToken()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        lab::EndpointRun &run = sandbox.desk().lab().endpoints();
        QVERIFY(QCoro::waitFor(run.loadDocument()));
        QCOMPARE(run.document()->rules.size(), std::size_t{2});
        QCOMPARE(run.results().size(), std::size_t{2});
        const net::Exchange &exchange = sandbox.desk().exchanges().exchanges().back();
        QVERIFY(exchange.url.endsWith("/openapi.json"_L1));
        QVERIFY(!net::headerValue(exchange.requestHeaders, "Authorization"));
    }

    void predictsWhatTheApiDoes()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        lab::EndpointRun &run = sandbox.desk().lab().endpoints();
        QVERIFY(sandbox.desk().lab().saveRule({"POST", u"/api/v1/books"_s, {u"Books.Write"_s}, {}}));
        QVERIFY(QCoro::waitFor(run.runSafe()));
        QVERIFY(QCoro::waitFor(run.run(resultOf(run, "DELETE").rule.rule, {{u"book_id"_s, u"bk-0001"_s}})));
        QVERIFY(QCoro::waitFor(run.run(resultOf(run, "POST").rule.rule, {})));
        QCOMPARE(resultOf(run, "GET").comparison, lab::Comparison::asPredicted);
        QCOMPARE(resultOf(run, "GET").outcome->status, 200);
        QCOMPARE(resultOf(run, "DELETE").comparison, lab::Comparison::asPredicted);
        QCOMPARE(resultOf(run, "DELETE").outcome->status, 403);
        QCOMPARE(resultOf(run, "POST").outcome->status, 405);
        QCOMPARE(resultOf(run, "POST").difference, u"no such endpoint"_s);
    }

    void aRuleIsReplacedAndRemoved()
    {
        test::SandboxDesk sandbox;
        workspace::Lab &lab = sandbox.desk().lab();
        QVERIFY(lab.saveRule({"POST", u"/a/{id}"_s, {u"A"_s}, {}}));
        QVERIFY(lab.saveRule({"POST", u"/a/{other}"_s, {u"B"_s}, {}}));
        QCOMPARE(lab.endpoints().ownRules().size(), std::size_t{1});
        QCOMPARE(lab::needsText(resultOf(lab.endpoints(), "POST").rule), u"scope B"_s);
        QVERIFY(lab.removeRule({"POST", u"/a/{id}"_s, {}, {}}));
        QVERIFY(lab.endpoints().ownRules().empty());
    }

    void aSignOutForgetsTheAnswers()
    {
        test::SandboxDesk sandbox;
        QVERIFY(sandbox.signIn({u"riley"_s}));
        lab::EndpointRun &run = sandbox.desk().lab().endpoints();
        QVERIFY(QCoro::waitFor(run.runSafe()));
        QVERIFY(run.results()[0].outcome);
        sandbox.desk().session().signOut();
        QVERIFY(!run.results()[0].outcome);
        QVERIFY(!run.results()[0].prediction.isKnown());
    }
};

QTEST_GUILESS_MAIN(LabTest)
#include "lab-test.moc"
