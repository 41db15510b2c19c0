// The page for changing roles, faults, keys and the care that the API takes.
#include "sandbox/client.h"
#include "sandbox/control.h"
#include "sandbox/html-forms.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using test::Fields;
using test::getRequest;

namespace {

class Panel
{
public:
    Panel()
        : control(
              client.state, "http", [this] { ++rotations; }, [this] { return isRotating; })
    {}

    HtmlForm form() { return readForms(QString::fromUtf8(control.answer(getRequest("/control"))->body)).at(0); }

    QStringList orders()
    {
        QStringList all;
        for (const auto &[name, value] : form().buttons)
            all += value;
        return all;
    }

    static const Headers &host()
    {
        static const Headers headers{{"Host", "localhost:8080"}};
        return headers;
    }

    /// Presses a button of the page.
    Response press(const QString &order, const Headers &headers = {}, const QHash<QString, QString> &typed = {})
    {
        Fields fields;
        for (const auto &[name, value] : form().fields)
            fields.emplace_back(name.toUtf8(), typed.value(name, value).toUtf8());
        fields.emplace_back("do", order.toUtf8());
        Request request = test::formRequest("/control", fields);
        request.headers.insert(request.headers.end(), host().begin(), host().end());
        request.headers.insert(request.headers.end(), headers.begin(), headers.end());
        return *control.answer(request);
    }

    bool adminRole(const QString &persona) const
    {
        return client.state.findPersona(persona)->roles.contains(u"Books.Admin"_s);
    }

    test::Client client;
    int rotations = 0;
    bool isRotating = false;
    Control control;
};

} // namespace

class ControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAdminConsentsAndWithdraws()
    {
        Panel panel;
        QCOMPARE(panel.press(u"consent:ada:Books.Write"_s).status, 303);
        QCOMPARE(panel.client.state.consentsFor(u"ada"_s), QStringList{u"Books.Write"_s});
        QVERIFY(panel.orders().contains(u"withdraw:ada:Books.Write"_s));
        QCOMPARE(panel.press(u"withdraw:ada:Books.Write"_s).status, 303);
        QVERIFY(panel.client.state.consentsFor(u"ada"_s).isEmpty());
        QCOMPARE(panel.press(u"consent:ada:Mail.Read"_s).status, 400);
    }

    void rolesAreGrantedAndRevoked()
    {
        Panel panel;
        const Response granted = panel.press(u"grant:riley:Books.Admin"_s);
        QCOMPARE(granted.status, 303);
        QCOMPARE(granted.headers, Headers({{"location", "/control"}}));
        QVERIFY(panel.adminRole(u"riley"_s));
        QVERIFY(panel.orders().contains(u"revoke:riley:Books.Admin"_s));
        QCOMPARE(panel.press(u"revoke:riley:Books.Admin"_s).status, 303);
        QVERIFY(!panel.adminRole(u"riley"_s));
    }

    void everyFaultIsArmedOnceOrUntilCleared()
    {
        Panel panel;
        for (const Fault fault : allFaults) {
            QCOMPARE(faultFromCode(faultCode(fault)), std::optional(fault));
            QCOMPARE(panel.press(u"arm:%1:once"_s.arg(faultCode(fault))).status, 303);
            QCOMPARE(panel.client.state.faults().armed().at(fault), FaultSpan::once);
            QCOMPARE(panel.press(u"arm:%1:until-cleared"_s.arg(faultCode(fault))).status, 303);
            QCOMPARE(panel.client.state.faults().armed().at(fault), FaultSpan::untilCleared);
        }
        QCOMPARE(panel.press(u"clear"_s).status, 303);
        QVERIFY(panel.client.state.faults().armed().empty());
    }

    void theApiIsMadeCarelessAndCareful()
    {
        Panel panel;
        for (const Carelessness each : allCarelessness) {
            const QString code = carelessnessCode(each);
            QVERIFY(!code.isEmpty());
            QCOMPARE(carelessnessFromCode(code), std::optional(each));
            QVERIFY(panel.orders().contains(u"careless:"_s + code));
            QCOMPARE(panel.press(u"careless:"_s + code).status, 303);
            QVERIFY(panel.client.state.carelessness().contains(each));
            QVERIFY(panel.orders().contains(u"careful:"_s + code));
        }
        const QString first = carelessnessCode(allCarelessness.front());
        QCOMPARE(panel.press(u"careful:"_s + first).status, 303);
        QCOMPARE(panel.client.state.carelessness().size(), allCarelessness.size() - 1);
        QCOMPARE(panel.press(u"careful"_s).status, 303);
        QVERIFY(panel.client.state.carelessness().empty());
    }

    void switchesAreSwitchedOnAndOff()
    {
        Panel panel;
        for (const Switch which : allSwitches) {
            const QString code = switchCode(which);
            QVERIFY(panel.orders().contains(u"on:"_s + code));
            QCOMPARE(panel.press(u"on:"_s + code).status, 303);
            QVERIFY(panel.client.state.isOn(which));
            QVERIFY(panel.orders().contains(u"off:"_s + code));
            QCOMPARE(panel.press(u"off:"_s + code).status, 303);
            QVERIFY(!panel.client.state.isOn(which));
        }
    }

    void theTenantIsSlowedDown_data()
    {
        QTest::addColumn<QString>("seconds");
        QTest::addColumn<int>("status");
        QTest::newRow("a few seconds") << u"3"_s << 303;
        QTest::newRow("none") << u"0"_s << 303;
        QTest::newRow("more than a connection lives") << u"11"_s << 400;
        QTest::newRow("less than none") << u"-1"_s << 400;
        QTest::newRow("no number") << u"slow"_s << 400;
    }

    void theTenantIsSlowedDown()
    {
        QFETCH(QString, seconds);
        QFETCH(int, status);
        Panel panel;
        QCOMPARE(panel.press(u"slow"_s, {}, {{u"seconds"_s, seconds}}).status, status);
        const int expected = status == 303 ? seconds.toInt() : 0;
        QCOMPARE(panel.client.state.slowness(), std::chrono::milliseconds(std::chrono::seconds(expected)));
        // It stays as it is, until it is set back.
        QCOMPARE(panel.press(u"rotate"_s).status, 303);
        QCOMPARE(panel.press(u"slow"_s).status, 303);
        QCOMPARE(panel.client.state.slowness(), std::chrono::milliseconds(std::chrono::seconds(expected)));
    }

    void sessionsAreEnded()
    {
        Panel panel;
        QCOMPARE(panel.press(u"end-sessions:riley"_s).status, 303);
        QCOMPARE(panel.client.state.endedSessions(u"riley"_s), 1);
        QCOMPARE(panel.client.state.endedSessions(u"ada"_s), 0);
    }

    void keysAreRotated()
    {
        Panel panel;
        QCOMPARE(panel.press(u"rotate"_s).status, 303);
        QCOMPARE(panel.rotations, 1);
        panel.isRotating = true;
        QVERIFY(panel.control.answer(getRequest("/control"))->body.contains("http-equiv=\"refresh\""));
        panel.isRotating = false;
        const QByteArray page = panel.control.answer(getRequest("/control"))->body;
        QVERIFY(!page.contains("http-equiv=\"refresh\""));
        QVERIFY(page.contains(panel.client.state.keys().signingKeyId().toLatin1()));
    }

    void everyButtonWorks()
    {
        Panel panel;
        const QStringList orders = panel.orders();
        QVERIFY(orders.size() >= 18);
        for (const QString &order : orders)
            QVERIFY2(panel.press(order).status == 303, qPrintable(order));
    }

    void onlyItsOwnPageMayPost_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("withProof");
        QTest::addColumn<int>("status");
        QTest::newRow("its own origin") << "http://localhost:8080"_ba << true << 303;
        QTest::newRow("no origin told") << "null"_ba << true << 303;
        QTest::newRow("another origin") << "https://evil.example"_ba << true << 403;
        QTest::newRow("another port") << "http://localhost:8081"_ba << true << 403;
        QTest::newRow("without the proof") << "http://localhost:8080"_ba << false << 403;
    }

    void onlyItsOwnPageMayPost()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, withProof);
        QFETCH(int, status);
        Panel panel;
        if (withProof) {
            QCOMPARE(panel.press(u"grant:riley:Books.Admin"_s, {{"Origin", origin}}).status, status);
        } else {
            Request request = test::formRequest("/control", {{"do", "grant:riley:Books.Admin"}});
            request.headers.insert(request.headers.end(), Panel::host().begin(), Panel::host().end());
            request.headers.emplace_back("Origin", origin);
            QCOMPARE(panel.control.answer(request)->status, status);
        }
        QCOMPARE(panel.adminRole(u"riley"_s), status == 303);
    }

    void anUnknownOrderIsRefused_data()
    {
        QTest::addColumn<QString>("order");
        for (const QString &order : {u"grant:eve:Books.Admin"_s, u"grant:riley:Root"_s, u"arm:unknown:once"_s,
                                     u"careless:unknown"_s, u"careworn:embedded-key"_s, u"dance"_s, QString(),
                                     u"grant:riley"_s, u"on:unknown"_s, u"off:"_s, u"end-sessions:eve"_s})
            QTest::newRow(qPrintable(u"order %1"_s.arg(order))) << order;
    }

    void anUnknownOrderIsRefused()
    {
        QFETCH(QString, order);
        Panel panel;
        const int before = panel.client.state.revision();
        QCOMPARE(panel.press(order).status, 400);
        QCOMPARE(panel.client.state.revision(), before);
    }

    void otherPathsAndMethods()
    {
        Panel panel;
        QVERIFY(!panel.control.answer(getRequest("/controls")));
        Request request = getRequest("/control");
        request.method = "PUT";
        QCOMPARE(panel.control.answer(request)->status, 405);
    }
};

QTEST_GUILESS_MAIN(ControlTest)
#include "control-test.moc"
