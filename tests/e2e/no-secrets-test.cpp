// Collects every token, code and verifier that is made, and finds none in logs, exchanges, their exports, errors or
// settings.
#include "core/results.h"
#include "e2e/sandbox-desk.h"
#include "e2e/text-of.h"
#include "net/curl.h"
#include "net/har.h"

#include <QDirIterator>
#include <QFile>
#include <QMutex>
#include <QStandardPaths>
#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using sandbox::Fault;
using sandbox::FaultSpan;
using test::SandboxDesk;
using test::textOf;

namespace {

QString logged;
QMutex logMutex;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &message)
{
    const QMutexLocker locker(&logMutex);
    logged += message + u'\n';
}

QString filesBelow(const QString &folder)
{
    QString text;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            text += QString::fromUtf8(file.readAll());
    }
    return text;
}

} // namespace

class NoSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void nothingSecretIsWrittenAnywhere()
    {
        const QtMessageHandler before = qInstallMessageHandler(keepLog);
        QString seen;
        SandboxDesk at;
        const QString problem = goThroughEverything(at, seen);
        qInstallMessageHandler(before);
        QCOMPARE(problem, QString());

        const auto &exchanges = at.desk().exchanges().exchanges();
        for (const net::Exchange &exchange : exchanges)
            seen += textOf(exchange) + net::curlCommand(exchange) + u'\n';
        const QString har = QString::fromUtf8(net::harOf({exchanges.begin(), exchanges.end()}, systemNow()));
        QVERIFY(har.contains(u"/oauth2/v2.0/token"_s) && !har.contains(u"cookie\""_s, Qt::CaseInsensitive));
        seen += har;
        seen += logged;
        seen += filesBelow(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
        seen += QCoreApplication::arguments().join(u'\n');

        QVERIFY(at.desk().exchanges().exchanges().size() > 8);
        QVERIFY(seen.contains(u"/oauth2/v2.0/token"_s)); // the exchanges are really searched
        QVERIFY(at.secrets().size() > 8);
        for (const Secret &secret : at.secrets()) {
            const QByteArray bytes = secret.reveal().toByteArray();
            QVERIFY2(!seen.contains(QString::fromUtf8(bytes)), "a secret was found");
            QVERIFY2(!seen.contains(QString::fromLatin1(bytes.toPercentEncoding())), "an encoded secret was found");
        }
        for (const QString &name : {u"code_verifier="_s, u"code="_s, u"refresh_token="_s}) {
            for (qsizetype place = seen.indexOf(name); place >= 0; place = seen.indexOf(name, place + 1))
                QVERIFY2(QStringView(seen).mid(place + name.size()).startsWith(removedMark()), qPrintable(name));
        }
    }

private:
    /// Riley types the code on another device.
    static bool signsInElsewhere(SandboxDesk &at)
    {
        const test::Outcome<void> outcome = test::begin(at.desk().signInByDeviceCode());
        const auto *attempt = at.desk().deviceCodeAttempt();
        if (!attempt || !QTest::qWaitFor([attempt] { return attempt->code().has_value(); }, 20'000))
            return false;
        const identity::DeviceCode code = *attempt->code();
        const identity::OpenUrl elsewhere = workspace::personaBrowser({u"riley"_s, false, code.userCode}, {});
        elsewhere(code.verificationLink);
        return QTest::qWaitFor([&outcome] { return outcome->has_value(); }, 20'000) && outcome->value().has_value();
    }

    /// @return what went wrong, if anything.
    static QString goThroughEverything(SandboxDesk &at, QString &seen)
    {
        for (const QString &persona : {u"riley"_s, u"ada"_s, u"nora"_s}) {
            if (!at.signIn({persona}))
                return persona + u" cannot sign in"_s;
            seen += textOf(at.list().outcome);
            seen += textOf(at.remove(u"bk-0001"_s).outcome);
            if (!QCoro::waitFor(at.desk().session().refresh()))
                return persona + u" gets no fresh token"_s;
        }
        if (!signsInElsewhere(at))
            return u"nobody can sign in on another device"_s;
        seen += textOf(at.list().outcome);
        at.sandbox().arm(Fault::accessTokenSignatureBroken, FaultSpan::once);
        if (!at.signIn({u"ada"_s}))
            return u"nobody can sign in with a broken access token"_s;
        seen += textOf(at.list().outcome);
        const Result<void> declined = at.signIn({.personaId = u"riley"_s, .declines = true});
        if (declined)
            return u"a declined sign-in passed"_s;
        seen += textOf(declined.error());
        if (!QCoro::waitFor(at.sandbox().rotateKeys()))
            return u"the keys cannot be rotated"_s;
        seen += textOf(at.list().outcome);
        return {};
    }
};

QTEST_GUILESS_MAIN(NoSecretsTest)
#include "no-secrets-test.moc"
