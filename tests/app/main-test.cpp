// The desktop program itself, started as people start it.
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class MainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersionNeedNoDisplay_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("help") << QStringList{u"--help"_s} << u"--tour <folder>"_s;
        QTest::newRow("short") << QStringList{u"-h"_s} << u"--tour <folder>"_s;
        QTest::newRow("version") << QStringList{u"--version"_s} << u"bookdesk " BOOKDESK_VERSION ""_s;
        QTest::newRow("with an option of Qt's")
            << QStringList{u"-platform"_s, u"nothing"_s, u"--version"_s} << u"bookdesk " BOOKDESK_VERSION ""_s;
    }

    void helpAndVersionNeedNoDisplay()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(name);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(BOOKDESK_PROGRAM), arguments);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        const QString output = QString::fromLocal8Bit(program.readAllStandardOutput());
        QVERIFY2(output.contains(said), qPrintable(output));
    }
};

QTEST_GUILESS_MAIN(MainTest)
#include "main-test.moc"
