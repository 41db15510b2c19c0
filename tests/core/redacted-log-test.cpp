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
        QCOMPARE(log.section(u'\n', 1, 1).trimmed(), u"after its end: a-learned-secret"_s);
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
