#include "identity/device-code-answer.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;

Q_DECLARE_METATYPE(bookdesk::identity::DeviceCodeAnswer)

class DeviceCodeAnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decidesByErrorAndStatus_data()
    {
        using Answer = DeviceCodeAnswer;
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<DeviceCodeAnswer>("expected");
        const auto row = [](const char *name, int status, const QByteArray &body, Answer answer) {
            QTest::newRow(name) << status << body << answer;
        };
        row("pending", 400, R"({"error":"authorization_pending"})", Answer::pending);
        row("slow down", 400, R"({"error":"slow_down"})", Answer::slowDown);
        row("slow down, by 429", 429, R"({"error":"slow_down"})", Answer::slowDown);
        row("pending in words only", 400, R"({"error":"invalid_grant","error_description":"authorization_pending"})",
            Answer::last);
        row("tokens", 200, R"({"access_token":"a"})", Answer::last);
        row("tokens, whatever else they say", 200, R"({"error":"authorization_pending"})", Answer::last);
        row("declined", 400, R"({"error":"authorization_declined"})", Answer::last);
        row("expired", 400, R"({"error":"expired_token"})", Answer::last);
        row("a web page", 400, "<html></html>", Answer::last);
        row("a redirect", 302, "", Answer::last);
        row("a server that is down", 503, "<html></html>", Answer::unavailable);
        row("too many requests", 429, "", Answer::unavailable);
        row("a server that says so", 400, R"({"error":"temporarily_unavailable"})", Answer::unavailable);
    }

    void decidesByErrorAndStatus()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        net::HttpResponse response;
        response.status = status;
        response.body = Secret(body);
        QTEST(readDeviceCodeAnswer(response), "expected");
    }
};

QTEST_GUILESS_MAIN(DeviceCodeAnswerTest)
#include "device-code-answer-test.moc"
