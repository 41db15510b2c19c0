// Which answers refuse a forged token, which accept it, and which prove nothing.
#include "lab/probe-judgement.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

class ProbeJudgementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesAnswers_data();
    void judgesAnswers();
    void provesNothingWithoutAnAnswer();
};

void ProbeJudgementTest::judgesAnswers_data()
{
    QTest::addColumn<int>("expected");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ProbeState>("state");
    const QByteArray json = "{}";
    const QByteArray page = "<!doctype html><html><body>Sign in</body></html>";
    QTest::newRow("401 as expected") << 401 << 401 << json << ProbeState::refused;
    QTest::newRow("401 by a gateway") << 401 << 401 << page << ProbeState::refused;
    QTest::newRow("403 as expected") << 403 << 403 << json << ProbeState::refused;
    QTest::newRow("401 where 403 was expected") << 403 << 401 << json << ProbeState::refused;
    QTest::newRow("one of its own refusals") << 401 << 431 << json << ProbeState::refused;
    QTest::newRow("200") << 401 << 200 << json << ProbeState::accepted;
    QTest::newRow("204") << 401 << 204 << QByteArray() << ProbeState::accepted;
    QTest::newRow("200 where 403 was expected") << 403 << 200 << json << ProbeState::accepted;
    QTest::newRow("403 where 401 was expected") << 401 << 403 << json << ProbeState::accepted;
    QTest::newRow("403 by a gateway") << 401 << 403 << page << ProbeState::noAnswer;
    QTest::newRow("200 with a sign-in page") << 401 << 200 << page << ProbeState::noAnswer;
    QTest::newRow("500") << 401 << 500 << json << ProbeState::crashed;
    QTest::newRow("503") << 401 << 503 << json << ProbeState::crashed;
    QTest::newRow("a redirect") << 401 << 302 << QByteArray() << ProbeState::noAnswer;
    QTest::newRow("404") << 401 << 404 << json << ProbeState::noAnswer;
    QTest::newRow("405") << 401 << 405 << json << ProbeState::noAnswer;
    QTest::newRow("400") << 401 << 400 << json << ProbeState::noAnswer;
    QTest::newRow("429") << 401 << 429 << json << ProbeState::noAnswer;
}

void ProbeJudgementTest::judgesAnswers()
{
    QFETCH(const int, expected);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ProbeState, state);
    Forgery forgery;
    forgery.expected = expected;
    forgery.refusals = {431};
    net::HttpResponse response;
    response.status = status;
    response.body = Secret(body);
    const ProbeJudgement judgement = judged(forgery, response);
    QCOMPARE(judgement.state, state);
    QCOMPARE(!judgement.why.isEmpty(), state == ProbeState::noAnswer);
}

void ProbeJudgementTest::provesNothingWithoutAnAnswer()
{
    const ProbeJudgement judgement = judged(Error{ErrorCode("net.test"), u"No connection."_s, u"Try again."_s});
    QCOMPARE(judgement.state, ProbeState::noAnswer);
    QCOMPARE(judgement.why, u"No connection. Try again."_s);
}

QTEST_GUILESS_MAIN(ProbeJudgementTest)
#include "probe-judgement-test.moc"
