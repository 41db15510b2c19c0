#include "lab/junit-report.h"

#include "lab/control.h"
#include "lab/lab-words.h"
#include "lab/xml-text.h"

#include <QCoreApplication>
#include <QXmlStreamWriter>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::lab {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(JunitReport)
};

/// A test case as build servers know it; @ref element is empty for one that passed.
struct TestCase
{
    QString className;
    QString name;
    QString element; ///< "failure", "error", "skipped"
    QString type;    ///< "accepted"
    QString message;
    QString text; ///< What the element contains.
    std::chrono::milliseconds took{};
};

struct Suite
{
    QString name;
    std::vector<TestCase> cases;

    qsizetype count(const QString &element) const
    {
        return std::count_if(cases.begin(), cases.end(),
                             [&element](const TestCase &one) { return one.element == element; });
    }

    std::chrono::milliseconds took() const
    {
        std::chrono::milliseconds sum{};
        for (const TestCase &one : cases)
            sum += one.took;
        return sum;
    }
};

QString secondsText(std::chrono::milliseconds time)
{
    return QString::number(std::chrono::duration<double>(time).count(), 'f', 3);
}

QString findingText(const ProbeResult &result, const Remedies &remedies)
{
    QStringList parts{probeSentence(result), result.probe.source};
    for (const ProbeDetail &detail : result.details)
        parts += Texts::tr("%1: sent %2, must be %3").arg(detail.name, detail.sent, detail.expected);
    if (!result.serverSaid.isEmpty())
        parts += Texts::tr("The API said: %1").arg(result.serverSaid);
    if (const Remedy *remedy = remedyFor(remedies, result)) {
        parts += remedy->title + u": "_s + remedy->why;
        for (const Framework framework : allFrameworks)
            parts += frameworkName(framework) + u":\n"_s + codeText(remedy->codeFor(framework));
    }
    return parts.join(u'\n');
}

TestCase probeCase(const ProbeResult &result, const Remedies &remedies)
{
    TestCase test{u"bookdesk.probes."_s + groupCode(result.probe.group),
                  result.probe.title,
                  {},
                  stateCode(result.state),
                  result.why,
                  {},
                  result.took.value_or(std::chrono::milliseconds{})};
    switch (result.state) {
    case ProbeState::refused:
        break;
    case ProbeState::accepted:
    case ProbeState::crashed:
        test.element = u"failure"_s;
        test.message = probeHeadline(result);
        test.text = findingText(result, remedies);
        break;
    case ProbeState::noAnswer:
        test.element = u"error"_s;
        break;
    case ProbeState::waiting:
    case ProbeState::running:
        test.message = Texts::tr("The run was stopped before this probe was answered.");
        [[fallthrough]];
    case ProbeState::unproven:
    case ProbeState::notPossible:
        test.element = u"skipped"_s;
    }
    return test;
}

/// An error where it has failed, for its own sake and for that of all the cases that prove nothing then.
TestCase controlCase(const ProbeResult &control)
{
    TestCase test{u"bookdesk.control"_s,
                  control.probe.title,
                  {},
                  controlCode(control),
                  controlHeadline(control),
                  controlAdvice(control),
                  control.took.value_or(std::chrono::milliseconds{})};
    if (hasFailed(control))
        test.element = u"error"_s;
    else if (!hasPassed(control))
        test.element = u"skipped"_s;
    return test;
}

QString differenceText(const EndpointResult &endpoint)
{
    return Texts::tr("Predicted %1, got %2. %3 %4")
        .arg(QString::number(endpoint.prediction.status),
             QString::number(endpoint.outcome ? endpoint.outcome->status : 0), endpoint.prediction.reason,
             endpoint.outcome ? endpoint.outcome->explanation : QString());
}

TestCase endpointCase(const EndpointResult &endpoint)
{
    TestCase test{u"bookdesk.endpoints"_s, endpointName(endpoint), {}, comparisonCode(endpoint.comparison), {}, {}, {}};
    const bool isWithoutAnswer = endpoint.outcome && endpoint.outcome->status == 0;
    if (isWithoutAnswer) {
        test.element = u"error"_s;
        test.type = books::kindCode(endpoint.outcome->kind);
        test.message = endpoint.outcome->explanation;
    } else if (endpoint.comparison == Comparison::differs) {
        test.element = u"failure"_s;
        test.message = endpoint.difference;
        test.text = differenceText(endpoint);
    } else if (endpoint.comparison == Comparison::notRun) {
        test.element = u"skipped"_s;
        test.message = Texts::tr("Not called.");
    } else if (endpoint.comparison == Comparison::unpredicted) {
        test.element = u"skipped"_s;
        test.message = Texts::tr("Nothing could be predicted for this token.");
    }
    return test;
}

std::vector<Suite> suitesOf(const LabReport &report, const Remedies &remedies)
{
    std::vector<Suite> suites;
    if (report.control)
        suites.push_back({Texts::tr("Control"), {controlCase(*report.control)}});
    for (const ProbeGroup group : allProbeGroups) {
        Suite suite{Texts::tr("Probes: %1").arg(groupTitle(group)), {}};
        for (const ProbeResult &result : report.probes) {
            if (result.probe.group == group)
                suite.cases.push_back(probeCase(result, remedies));
        }
        suites.push_back(std::move(suite));
    }
    Suite endpoints{Texts::tr("Endpoints"), {}};
    for (const EndpointResult &endpoint : report.endpoints)
        endpoints.cases.push_back(endpointCase(endpoint));
    suites.push_back(std::move(endpoints));
    std::erase_if(suites, [](const Suite &suite) { return suite.cases.empty(); });
    return suites;
}

void writeCase(QXmlStreamWriter &xml, const TestCase &test)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, test.className);
    xml.writeAttribute(u"name"_s, xmlText(test.name));
    xml.writeAttribute(u"time"_s, secondsText(test.took));
    if (!test.element.isEmpty()) {
        xml.writeStartElement(test.element);
        xml.writeAttribute(u"message"_s, xmlText(test.message));
        if (test.element != "skipped"_L1)
            xml.writeAttribute(u"type"_s, test.type);
        xml.writeCharacters(xmlText(test.text));
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

void writeProperty(QXmlStreamWriter &xml, const QString &name, const QString &value)
{
    xml.writeStartElement(u"property"_s);
    xml.writeAttribute(u"name"_s, name);
    xml.writeAttribute(u"value"_s, xmlText(value));
    xml.writeEndElement();
}

void writeSuite(QXmlStreamWriter &xml, const Suite &suite, const LabReport &report)
{
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, suite.name);
    xml.writeAttribute(u"tests"_s, QString::number(suite.cases.size()));
    xml.writeAttribute(u"failures"_s, QString::number(suite.count(u"failure"_s)));
    xml.writeAttribute(u"errors"_s, QString::number(suite.count(u"error"_s)));
    xml.writeAttribute(u"skipped"_s, QString::number(suite.count(u"skipped"_s)));
    xml.writeAttribute(u"time"_s, secondsText(suite.took()));
    xml.writeAttribute(u"timestamp"_s, utcText(report.made).chopped(1)); // The format has no time zone.
    xml.writeStartElement(u"properties"_s);
    writeProperty(xml, u"api"_s, report.api);
    writeProperty(xml, u"connection"_s, report.connection);
    writeProperty(xml, u"bookdesk"_s, report.version);
    xml.writeEndElement();
    for (const TestCase &test : suite.cases)
        writeCase(xml, test);
    xml.writeEndElement();
}

} // namespace

QByteArray junitReport(const LabReport &report, const Remedies &remedies)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    for (const Suite &suite : suitesOf(report, remedies))
        writeSuite(xml, suite, report);
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace bookdesk::lab
