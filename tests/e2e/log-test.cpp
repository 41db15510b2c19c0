// With every log category switched on, ours and Qt's, nothing is logged that signs anybody in or tells of a sign-in.
#include "app/cli/cli-process.h"
#include "core/masking.h"

#include <QRegularExpression>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class LogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // For the program; this one has read its rules already.
        qputenv("QT_LOGGING_RULES", "*=true");
        m_sandbox = std::make_unique<LocalSandbox>();
        QVERIFY(m_sandbox->isReady());
    }

    void nothingOfASignInIsLogged_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("form_post") << u"form_post"_s;
        QTest::newRow("query") << u"query"_s;
    }

    /// A sign-in, a refresh (the first access token has expired) and the list.
    void nothingOfASignInIsLogged()
    {
        QFETCH(QString, mode);
        m_sandbox->server().arm(sandbox::Fault::accessTokenExpired, sandbox::FaultSpan::once);
        const QString connection = m_sandbox->connectionWith({{u"responseMode"_s, mode}});
        const Run listed =
            run({u"books"_s, u"list"_s, u"--connection"_s, connection, u"--persona"_s, u"riley"_s, u"--json"_s});
        QCOMPARE(listed.status, 0);
        const QString log = QString::fromUtf8(listed.err);
        QVERIFY2(log.contains(u"qt.networkauth.oauth2: "_s), "the categories are on");
        QVERIFY(!m_sandbox->hasSecretIn(listed));
        for (const QString &pattern :
             {u"\\b(state|nonce|code|code_verifier|code_challenge|refresh_token|access_token|id_token)=(?!%1)"_s.arg(
                  removedMark()),
              u"https?://[^\\s?#]*[?#](?!%1)\\S"_s.arg(removedMark()), u"/(start|done)/[\\w-]{8}"_s}) {
            const QRegularExpressionMatch match = QRegularExpression(pattern).match(log);
            QVERIFY2(!match.hasMatch(), qPrintable(log.mid(match.capturedStart() - 200, 400)));
        }
    }

private:
    std::unique_ptr<LocalSandbox> m_sandbox;
};

QTEST_GUILESS_MAIN(LogTest)
#include "log-test.moc"
