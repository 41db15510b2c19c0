#include "core/redacted-log.h"
#include "core/redaction.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

const QString logArgument = u"--log"_s;

/// What this program does when it is started with logArgument.
int writeLog()
{
    const Redactor redactor;
    redactor.learn(Secret("a-learned-secret"));
    {
        const RedactedLog log(redactor);
        qWarning("echoed: a-learned-secret, Bearer 0b79bab50daca910");
        qWarning("Generated URL: http://localhost:1/authorize?scope=openid profile&state=abc");
        qWarning("Url: QUrl(\"http://localhost:1/authorize?state\"), \"http://localhost:1/a#b\", more");
        qWarning("GET /authorize?x&state=abc HTTP/1.1");
        qWarning("state=abc&more, QMap((\"nonce\", QVariant(QString, \"abc\")), (\"scope\", \"a\"))");
        qWarning("Is that so? x = 5, https://host.test/path");
    }
    qWarning("after its end: a-learned-secret");
    return 0;
}

} // namespace

class RedactedLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesWhatIsSecretByShapeOrByValue()
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {logArgument});
        QVERIFY(process.waitForFinished());
        const QString log = QString::fromUtf8(process.readAllStandardError());
        QCOMPARE(log.section(u'\n', 0, 0).trimmed(), u"echoed: %1, Bearer %1"_s.arg(removedMark()));
        QCOMPARE(log.section(u'\n', 1, 1), u"Generated URL: http://localhost:1/authorize?"_s + removedMark());
        QCOMPARE(
            log.section(u'\n', 2, 2),
            u"Url: QUrl(\"http://localhost:1/authorize?%1\"), \"http://localhost:1/a#%1\", more"_s.arg(removedMark()));
        QCOMPARE(log.section(u'\n', 3, 3), u"GET /authorize?"_s + removedMark());
        QCOMPARE(
            log.section(u'\n', 4, 4),
            u"state=%1&more, QMap((\"nonce\", QVariant(QString, \"%1\")), (\"scope\", \"a\"))"_s.arg(removedMark()));
        QCOMPARE(log.section(u'\n', 5, 5), u"Is that so? x = 5, https://host.test/path"_s);
        QCOMPARE(log.section(u'\n', 6, 6).trimmed(), u"after its end: a-learned-secret"_s);
    }
};

} // namespace bookdesk

int main(int argc, char **argv)
{
    if (argc == 2 && QString::fromLocal8Bit(argv[1]) == bookdesk::logArgument)
        return bookdesk::writeLog();
    QCoreApplication application(argc, argv);
    bookdesk::RedactedLogTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "redacted-log-test.moc"
