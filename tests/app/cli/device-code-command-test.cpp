// `sign-in --device-code`: what is written while it waits, and how it ends.
#include "app/cli/cli-process.h"
#include "sandbox/visitor.h"

#include <QCoroTask>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

sandbox::SandboxOptions quick()
{
    sandbox::SandboxOptions options;
    options.deviceCodes.interval = 1s;
    return options;
}

} // namespace

class DeviceCodeCommandTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LocalSandbox> m_sandbox;

    QStringList command(const QStringList &more = {}) const
    {
        return QStringList{u"sign-in"_s, u"--device-code"_s, u"--connection"_s, m_sandbox->connection()} + more;
    }

    /// What the program has written when all lines are there.
    static QByteArray notesOf(QProcess &process)
    {
        QByteArray notes;
        const bool isWhole = QTest::qWaitFor(
            [&] {
                notes += process.readAllStandardError();
                return notes.contains("Ctrl+C");
            },
            20'000);
        return isWhole ? notes : QByteArray();
    }

    static QString captured(const QByteArray &notes, const QString &pattern)
    {
        return QRegularExpression(pattern).match(QString::fromUtf8(notes)).captured(1);
    }

private Q_SLOTS:
    void initTestCase() { m_sandbox = std::make_unique<LocalSandbox>(quick()); }
    void cleanup() { m_sandbox->server().clearFaults(); }

    void aPersonTypesTheCodeElsewhere_data()
    {
        QTest::addColumn<QStringList>("form");
        QTest::newRow("for people") << QStringList();
        QTest::newRow("beside JSON") << QStringList{u"--json"_s};
    }

    void aPersonTypesTheCodeElsewhere()
    {
        QFETCH(const QStringList, form);
        const auto process = start(command(form));
        const QByteArray notes = notesOf(*process);
        const QString link = captured(notes, u"browser: (http://localhost:\\d+/devicelogin)\\n"_s);
        const QString code = captured(notes, u"code there: ([A-Z]{9})\\n"_s);
        QVERIFY2(!link.isEmpty() && !code.isEmpty(), notes.constData());
        QVERIFY(notes.contains("A code that somebody sent you signs that person in as you."));
        QVERIFY(notes.contains("Conditional Access"));
        sandbox::Visitor visitor({});
        QVERIFY(QCoro::waitFor(visitor.visit(QUrl(link), {u"riley"_s, false, code})));
        const Run result = finish(*process);
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("Riley Reader"));
        QVERIFY(!result.out.contains(code.toLatin1()));
        QVERIFY(!m_sandbox->hasSecretIn({0, result.out, notes + result.err}));
        if (!form.isEmpty())
            QCOMPARE(result.outcome(u"kind"_s), u"ok"_s);
    }

    void aPersonaTypesItByItself()
    {
        const Run result = run(command({u"--persona"_s, u"ada"_s, u"--json"_s}));
        QCOMPARE(result.status, 0);
        QCOMPARE(*result.json().find(u"name")->asString(), u"Ada Admin"_s);
        QCOMPARE(result.err, QByteArray());
    }

    void tellsHowItEnded_data()
    {
        QTest::addColumn<sandbox::Fault>("fault");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("declined") << sandbox::Fault::consentDeclined << u"declined"_s << u"sign-in.declined"_s;
        QTest::newRow("expired") << sandbox::Fault::deviceCodeExpired << u"timed-out"_s
                                 << u"sign-in.device-code-expired"_s;
    }

    void tellsHowItEnded()
    {
        QFETCH(const sandbox::Fault, fault);
        m_sandbox->server().arm(fault, sandbox::FaultSpan::once);
        const Run result = run(command({u"--persona"_s, u"riley"_s, u"--json"_s}));
        QCOMPARE(result.status, 5);
        QTEST(result.outcome(u"kind"_s), "kind");
        QTEST(result.outcome(u"code"_s), "code");
        QVERIFY(!result.outcome(u"remedy"_s).isEmpty());
    }

    void slowDownIsTold()
    {
        m_sandbox->server().arm(sandbox::Fault::deviceCodeSlowsDown, sandbox::FaultSpan::once);
        const auto process = start(command());
        QByteArray notes;
        QTRY_VERIFY_WITH_TIMEOUT((notes += process->readAllStandardError()).contains("may take 6 s"), 20'000);
        interrupt(*process);
        QCOMPARE(finish(*process).status, 5);
    }

    void anInterruptEndsIt()
    {
        const auto process = start(command({u"--json"_s}));
        QVERIFY(!notesOf(*process).isEmpty());
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 5);
        QCOMPARE(result.outcome(u"kind"_s), u"cancelled"_s);
    }
};

Q_DECLARE_METATYPE(bookdesk::sandbox::Fault)

QTEST_GUILESS_MAIN(DeviceCodeCommandTest)
#include "device-code-command-test.moc"
