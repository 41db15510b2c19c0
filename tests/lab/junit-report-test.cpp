#include "core/hostile-strings.h"
#include "lab/junit-report.h"
#include "lab/sample-report.h"
#include "lab/xml-text.h"

#include <QHash>
#include <QList>
#include <QTest>
#include <QXmlStreamReader>

using namespace bookdesk;
using namespace bookdesk::lab;
using namespace Qt::StringLiterals;

namespace {

struct ReadCase
{
    QString className;
    QString name;
    QString element; ///< Empty for one that passed.
    QString type;
    QString message;
    QString text;
};

struct ReadSuite
{
    QString name;
    QHash<QString, QString> attributes;
    QList<ReadCase> cases;
};

struct ReadReport
{
    QString error;
    QList<ReadSuite> suites;

    ReadCase find(const QString &name) const
    {
        for (const ReadSuite &suite : suites) {
            for (const ReadCase &test : suite.cases) {
                if (test.name == name)
                    return test;
            }
        }
        return {};
    }
};

void readElement(QXmlStreamReader &xml, ReadReport &report)
{
    const QXmlStreamAttributes attributes = xml.attributes();
    if (xml.name() == "testsuite"_L1) {
        ReadSuite suite{attributes.value("name"_L1).toString(), {}, {}};
        for (const QXmlStreamAttribute &attribute : attributes)
            suite.attributes.insert(attribute.name().toString(), attribute.value().toString());
        report.suites += suite;
    } else if (xml.name() == "testcase"_L1) {
        report.suites.last().cases += ReadCase{
            attributes.value("classname"_L1).toString(), attributes.value("name"_L1).toString(), {}, {}, {}, {}};
    } else if (xml.name() == "failure"_L1 || xml.name() == "error"_L1 || xml.name() == "skipped"_L1) {
        ReadCase &test = report.suites.last().cases.last();
        test.element = xml.name().toString();
        test.type = attributes.value("type"_L1).toString();
        test.message = attributes.value("message"_L1).toString();
        test.text = xml.readElementText();
    }
}

ReadReport read(const LabReport &report)
{
    ReadReport result;
    QXmlStreamReader xml(junitReport(report, Remedies::forLocale(QLocale::c())));
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement)
            readElement(xml, result);
    }
    result.error = xml.hasError() ? xml.errorString() : QString();
    return result;
}

} // namespace

class JunitReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachResultHasItsElement_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("className");
        QTest::addColumn<QString>("element");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *what, const QString &name, const QString &className, const QString &element,
                            const QString &type, const QString &message) {
            QTest::newRow(what) << name << className << element << type << message;
        };
        const QString claims = u"bookdesk.probes.claims"_s;
        const QString endpoints = u"bookdesk.endpoints"_s;
        row("accepted", u"Made for another API"_s, claims, u"failure"_s, u"accepted"_s,
            u"200 OK: the API accepted a token made for another API"_s);
        row("crashed", u"Title of kid-path"_s, u"bookdesk.probes.key"_s, u"failure"_s, u"crashed"_s,
            u"500: the API stumbled over this token instead of refusing it"_s);
        row("refused", u"Title of expired"_s, claims, {}, {}, {});
        row("no answer", u"Title of none"_s, claims, u"error"_s, u"no-answer"_s, u"The connection was closed."_s);
        row("not possible", u"Title of tenant"_s, claims, u"skipped"_s, {}, u"Only the tenant could sign it."_s);
        row("not sent", u"Title of size"_s, claims, u"skipped"_s, {},
            u"The run was stopped before this probe was answered."_s);
        row("as predicted", u"GET /api/v1/books"_s, endpoints, {}, {}, {});
        row("differs", u"GET /api/v1/loans"_s, endpoints, u"failure"_s, u"differs"_s, u"no such endpoint"_s);
        row("not called", u"DELETE /api/v1/books/{book_id}"_s, endpoints, u"skipped"_s, {}, u"Not called."_s);
        row("without a prediction", u"GET /api/v1/me"_s, endpoints, u"skipped"_s, {},
            u"Nothing could be predicted for this token."_s);
    }

    void eachResultHasItsElement()
    {
        QFETCH(QString, name);
        QFETCH(QString, className);
        QFETCH(QString, element);
        QFETCH(QString, type);
        QFETCH(QString, message);
        const ReadReport report = read(sampleReport());
        QCOMPARE(report.error, QString());
        const ReadCase test = report.find(name);
        QCOMPARE(test.className, className);
        QCOMPARE(test.element, element);
        QCOMPARE(test.type, type);
        QCOMPARE(test.message, message);
    }

    void anEndpointWithoutAnAnswerIsAnError()
    {
        LabReport report = sampleReport();
        report.endpoints = {sampleEndpoint("GET", u"/api/v1/books"_s, 200, 0, Comparison::differs)};
        report.endpoints[0].outcome->kind = books::OutcomeKind::network;
        const ReadCase test = read(report).find(u"GET /api/v1/books"_s);
        QCOMPARE(test.element, u"error"_s);
        QCOMPARE(test.type, u"network"_s);
    }

    void theControlIsACaseOfItsOwn_data()
    {
        QTest::addColumn<ProbeState>("state");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("element");
        QTest::addColumn<QString>("message");
        QTest::newRow("passed") << ProbeState::accepted << 200 << QString() << QString();
        QTest::newRow("refused") << ProbeState::refused << 401 << u"error"_s
                                 << u"Nothing is proven: the API refuses the genuine token too, with 401"_s;
        QTest::newRow("not sent") << ProbeState::waiting << 0 << u"skipped"_s
                                  << u"Control: the genuine token has got no answer yet"_s;
    }

    void theControlIsACaseOfItsOwn()
    {
        QFETCH(ProbeState, state);
        QFETCH(int, status);
        QFETCH(QString, element);
        QFETCH(QString, message);
        LabReport report = sampleReport();
        report.control = sampleControl(state, status);
        const ReadCase test = read(report).suites.at(0).cases.at(0);
        QCOMPARE(test.className, u"bookdesk.control"_s);
        QCOMPARE(test.name, u"Control: the genuine token"_s);
        QCOMPARE(test.element, element);
        QCOMPARE(test.message, message);
    }

    void anUnprovenRefusalIsSkippedWithItsReason()
    {
        const ReadReport report = read(unprovenReport(sampleReport()));
        const ReadCase test = report.find(u"Title of expired"_s);
        QCOMPARE(test.element, u"skipped"_s);
        QCOMPARE(test.message, u"Nothing is proven: the API refuses the genuine token too, with 401."_s);
        QCOMPARE(report.suites.at(0).attributes.value(u"errors"_s), u"1"_s);
        QCOMPARE(report.suites.at(1).attributes.value(u"skipped"_s), u"1"_s);
    }

    void suitesCountTheirCases()
    {
        const ReadReport report = read(sampleReport());
        QCOMPARE(report.suites.size(), 3);
        const QHash<QString, QString> claims = report.suites.at(1).attributes;
        QCOMPARE(claims.value(u"name"_s), u"Probes: Claims"_s);
        QCOMPARE(claims.value(u"tests"_s), u"5"_s);
        QCOMPARE(claims.value(u"failures"_s), u"1"_s);
        QCOMPARE(claims.value(u"errors"_s), u"1"_s);
        QCOMPARE(claims.value(u"skipped"_s), u"2"_s);
        QCOMPARE(claims.value(u"time"_s), u"0.031"_s);
        QCOMPARE(claims.value(u"timestamp"_s), u"2026-09-21T14:13:20"_s);
    }

    void aFailureSaysWhatToChange()
    {
        const ReadCase test = read(sampleReport()).find(u"Made for another API"_s);
        for (const QString &text : {u"aud: sent another-api, must be books-api"_s, u"The API said: {\"books\":[]}"_s,
                                    u"The audience is not checked"_s, u"PyJWT:\n"_s, u"ASP.NET Core:\n"_s,
                                    u"Spring:\n"_s, u"+     audience=CLIENT_ID,"_s})
            QVERIFY2(test.text.contains(text), qPrintable(test.text));
    }

    void hostileTextsStayText_data() { bookdesk::test::addHostileRows(); }

    void hostileTextsStayText()
    {
        QFETCH(QString, text);
        const ReadReport report = read(hostileReport(text));
        QCOMPARE(report.error, QString());
        QCOMPARE(report.suites.size(), 4);
        QVERIFY(report.suites.at(0).cases.at(0).text.contains(xmlText(text)));
        const ReadCase test = report.suites.at(1).cases.at(0);
        QVERIFY(test.message.startsWith("500"_L1));
        QVERIFY(test.text.contains(xmlText(text)));
        QCOMPARE(test.name, xmlText(text));
        QVERIFY(bookdesk::test::showsAll(test.name));
    }

    void forbiddenCharactersAreDropped()
    {
        QCOMPARE(xmlText(u"a\0b\x1b[2J\uFFFE"_s + QChar(0xd83d) + u"c\U0001F4DA\td\n"_s),
                 u"ab[2Jc\U0001F4DA"_s + u"\\u{0009}"_s + u"d\n"_s);
    }
};

QTEST_GUILESS_MAIN(JunitReportTest)

#include "junit-report-test.moc"
