// *Check for problems*: what each row says, with a running Sandbox, and that it ends in time.
#include "core/hostile-strings.h"
#include "net/proxy-failure.h"
#include "workspace/problem-check.h"
#include "workspace/support-facts.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace bookdesk;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using workspace::Health;
using workspace::ProblemCheck;
using workspace::ProblemFinding;
using workspace::ProblemSubject;
using workspace::Setting;

namespace {

using Ahead = Result<std::optional<std::chrono::seconds>>;

const ProblemFinding &of(const ProblemCheck &check, ProblemSubject subject)
{
    return check.findings()[static_cast<std::size_t>(subject)];
}

} // namespace

class ProblemCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(u"bookdesk-test"_s);
        QCoreApplication::setApplicationName(u"bookdesk-test"_s);
        workspace::Surroundings surroundings;
        surroundings.clock = [this] { return systemNow() + m_shift; };
        m_workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(m_folder.path()));
    }
    void cleanupTestCase() { m_workspace.reset(); }
    void init()
    {
        QSettings().clear();
        m_shift = {};
    }

    void withoutAConnectionTheServersAreNotAsked()
    {
        ProblemCheck check(*m_workspace);
        QVERIFY(runToEnd(check));
        QCOMPARE(of(check, ProblemSubject::clock).health, Health::notChecked);
        QCOMPARE(of(check, ProblemSubject::proxy).health, Health::notChecked);
        QCOMPARE(of(check, ProblemSubject::redirect).health, Health::fine);
        QCOMPARE(of(check, ProblemSubject::encryption).health, Health::fine);
        QCOMPARE(of(check, ProblemSubject::settingsFile).health, Health::fine);
    }

    void everyRowSaysWhatItFound()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        ProblemCheck check(*m_workspace);
        QSignalSpy rows(&check, &ProblemCheck::rowChanged);
        QVERIFY(runToEnd(check));
        QCOMPARE(rows.size(), 2 * qsizetype(workspace::allProblemSubjects.size()));
        for (const ProblemFinding &finding : check.findings()) {
            QVERIFY(finding.health == Health::fine || finding.health == Health::look);
            QVERIFY(!finding.text.isEmpty());
            QCOMPARE(finding.health == Health::look, !finding.remedy.isEmpty());
        }
        QVERIFY(of(check, ProblemSubject::clock).text.contains(u"in step"_s));
        QVERIFY(of(check, ProblemSubject::proxy).text.startsWith(u"none for localhost"_s));
    }

    void aWrongClockIsFound()
    {
        m_shift = -1h;
        ProblemCheck check(*m_workspace);
        QVERIFY(runToEnd(check));
        const ProblemFinding &clock = of(check, ProblemSubject::clock);
        QCOMPARE(clock.health, Health::look);
        QVERIFY2(clock.text.contains(u"behind"_s), qPrintable(clock.text));
    }

    void aWrongCommandAndUnknownEntriesAreFound()
    {
        m_workspace->settings().setText(Setting::browserCommand, u"/no/such/browser %u"_s);
        QSettings().setValue(u"made/up"_s, 1);
        ProblemCheck check(*m_workspace);
        QVERIFY(runToEnd(check));
        QCOMPARE(of(check, ProblemSubject::browser).health, Health::look);
        QVERIFY(of(check, ProblemSubject::browser).text.contains(u"/no/such/browser"_s));
        QCOMPARE(of(check, ProblemSubject::settingsFile).health, Health::look);
        QVERIFY(of(check, ProblemSubject::settingsFile).text.contains(u"made/up"_s));
    }

    void cancellingLeavesTheRestUnchecked()
    {
        ProblemCheck check(*m_workspace);
        QSignalSpy ended(&check, &ProblemCheck::ended);
        connect(&check, &ProblemCheck::rowChanged, &check, [&check](std::size_t row) {
            if (workspace::allProblemSubjects[row] == ProblemSubject::certificates)
                check.cancel();
        });
        check.run();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(!check.isRunning());
        QCOMPARE(of(check, ProblemSubject::browser).health == Health::notChecked, false);
        QCOMPARE(of(check, ProblemSubject::certificates).health, Health::notChecked);
        QCOMPARE(of(check, ProblemSubject::settingsFile).health, Health::notChecked);
    }

    void aRowThatIsCancelledHasFoundNothing()
    {
        ProblemCheck check(*m_workspace);
        QSignalSpy ended(&check, &ProblemCheck::ended);
        connect(&check, &ProblemCheck::rowChanged, &check, [&check](std::size_t row) {
            if (workspace::allProblemSubjects[row] == ProblemSubject::certificates)
                QTimer::singleShot(0, &check, &ProblemCheck::cancel); // when they are being counted
        });
        check.run();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(of(check, ProblemSubject::certificates).health, Health::notChecked);
    }

    void aServerThatDoesNotAnswerHoldsUpItsRowOnly()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        workspace::Workspace workspace(workspace::Surroundings(),
                                       workspace::ConnectionStore(m_folder.filePath(u"silent"_s)));
        JsonObject file = m_workspace->sandbox()->connectionFile();
        file.set(u"name"_s, u"Silent"_s);
        file.set(u"authority"_s, u"http://127.0.0.1:%1/5c0e"_s.arg(silent.serverPort()));
        Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
        QVERIFY2(connection.has_value(), connection ? "" : qPrintable(connection.error().message));
        QVERIFY(workspace.add(*connection).has_value());
        QTRY_VERIFY(workspace.desk());
        ProblemCheck check(workspace, 50ms);
        QVERIFY(runToEnd(check));
        QCOMPARE(of(check, ProblemSubject::clock).health, Health::look);
        QCOMPARE(of(check, ProblemSubject::clock).text, u"no answer in time"_s);
        QCOMPARE(of(check, ProblemSubject::settingsFile).health, Health::fine);
    }

    void mayBeDestroyedWhileItRuns()
    {
        auto check = std::make_unique<ProblemCheck>(*m_workspace);
        connect(check.get(), &ProblemCheck::rowChanged, this, [&check](std::size_t row) {
            if (row == 3)
                check.reset();
        });
        check->run();
        QTRY_VERIFY(!check);
    }

    void judgesClocks_data()
    {
        QTest::addColumn<std::chrono::seconds>("ahead");
        QTest::addColumn<Health>("health");
        QTest::addColumn<QString>("text");
        QTest::newRow("in step") << std::chrono::seconds(-1) << Health::fine << u"in step with Contoso"_s;
        QTest::newRow("a little") << std::chrono::seconds(30) << Health::fine << u"30 s ahead of Contoso"_s;
        QTest::newRow("much") << std::chrono::seconds(-120) << Health::look << u"2 min behind Contoso"_s;
    }
    void judgesClocks()
    {
        QFETCH(std::chrono::seconds, ahead);
        const ProblemFinding finding = workspace::clockFinding(std::optional(ahead), u"Contoso"_s);
        QTEST(finding.health, "health");
        QTEST(finding.text, "text");
    }

    void noAuthoritiesAreAProblem()
    {
        QCOMPARE(workspace::certificatesFinding(0).health, Health::look);
        QVERIFY(workspace::certificatesFinding(142).text.startsWith(u"142 "_s));
    }

    void aTakenPortIsAProblem()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        QTcpServer taken6;
        static_cast<void>(taken6.listen(QHostAddress::LocalHostIPv6, taken.serverPort()));
        identity::Connection connection;
        connection.redirect.ports = {taken.serverPort()};
        QCOMPARE(workspace::redirectFinding(connection).health, Health::look);
    }

    void aProxyThatWantsALogInSaysSo()
    {
        net::Proxy proxy;
        proxy.host = u"proxy.test"_s;
        const auto finding = [&](const net::ProxyAnswer &answer) {
            const Error error = net::proxyRefused(proxy, QUrl(u"https://books.example.org"_s), answer);
            return workspace::proxyFinding(proxy, u"books.example.org"_s, failure(error));
        };
        QVERIFY(finding({407, u"407 Log in"_s, {u"Basic"_s}, {}}).wantsLogin);
        QVERIFY(!finding({407, u"407 Log in"_s, {u"NTLM"_s}, {}}).wantsLogin);
        QVERIFY(!finding({403, u"403 Forbidden"_s, {}, {}}).wantsLogin);
    }

    void hostileTextIsMadeVisible_data() { test::addHostileRows(); }

    void hostileTextIsMadeVisible()
    {
        QFETCH(QString, text);
        QSettings().setValue(text, text);
        net::Proxy proxy;
        proxy.host = text;
        const Error error = net::proxyRefused(proxy, QUrl(u"https://books.example.org"_s), {502, text, {text}, text});
        const Error login = net::proxyRefused(proxy, QUrl(u"https://books.example.org"_s), {407, text, {text}, text});
        for (const workspace::ProblemFinding &finding :
             {workspace::browserFinding(text), workspace::browserFinding(text + u" %u"_s),
              workspace::clockFinding(std::optional<std::chrono::seconds>(), text),
              workspace::clockFinding(std::optional(std::chrono::seconds(90)), text),
              workspace::proxyFinding(proxy, text, {}), workspace::proxyFinding({}, text, {}),
              workspace::proxyFinding(proxy, text, failure(error)),
              workspace::proxyFinding(proxy, text, failure(error.code, text, text)),
              workspace::proxyFinding(proxy, text, failure(login)),
              workspace::settingsFileFinding(m_workspace->settings())}) {
            QVERIFY2(test::showsAll(finding.text), qPrintable(finding.text));
            QVERIFY2(test::showsAll(finding.remedy), qPrintable(finding.remedy));
        }
        QSettings().clear();
    }

    void theTextForSupportHasNoHomeFolder()
    {
        ProblemCheck check(*m_workspace);
        QVERIFY(runToEnd(check));
        const auto facts = workspace::supportFacts(m_workspace->settings());
        const QString text = workspace::supportText(facts, check.findings());
        QVERIFY(text.contains(u"Qt: " QT_VERSION_STR ""_s));
        QVERIFY(text.contains(u"Encryption: fine, "_s));
        QVERIFY(!text.contains(QDir::homePath() + u'/'));
        QCOMPARE(workspace::shownPath(QDir::homePath() + u"/x"_s), u"~/x"_s);
    }

private:
    static bool runToEnd(ProblemCheck &check)
    {
        check.run();
        return QTest::qWaitFor([&check] { return !check.isRunning(); }, 20'000);
    }

    QTemporaryDir m_folder;
    std::chrono::seconds m_shift{0};
    std::unique_ptr<workspace::Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(ProblemCheckTest)
#include "problem-check-test.moc"
