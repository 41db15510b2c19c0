// A token on the clipboard: marked as a secret, and gone in time.
#include "pages/token/token-clipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

QString windowsFormat(const QString &name) { return u"application/x-qt-windows-mime;value=\"%1\""_s.arg(name); }

} // namespace

class TokenClipboardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historiesAreAskedNotToKeepIt_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("content");
        const QByteArray no(4, '\0');
        QTest::newRow("KDE") << u"x-kde-passwordManagerHint"_s << "secret"_ba;
        QTest::newRow("Windows, all programs")
            << windowsFormat(u"ExcludeClipboardContentFromMonitorProcessing"_s) << no;
        QTest::newRow("Windows, the history") << windowsFormat(u"CanIncludeInClipboardHistory"_s) << no;
        QTest::newRow("Windows, other computers") << windowsFormat(u"CanUploadToCloudClipboard"_s) << no;
        QTest::newRow("macOS") << u"application/x-nspasteboard-concealed-type"_s << "secret"_ba;
    }

    void historiesAreAskedNotToKeepIt()
    {
        QFETCH(const QString, format);
        QFETCH(const QByteArray, content);
        pages::TokenClipboard clipboard;
        clipboard.copy(Secret("a token"));
        QCOMPARE(QApplication::clipboard()->mimeData()->data(format), content);
    }

    void theEndOfTheProgramClearsIt_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("left");
        QTest::newRow("unchanged") << QStringList{u"unchanged"_s} << QByteArray();
        QTest::newRow("changed by somebody") << QStringList{u"changed"_s} << "something else"_ba;
    }

    void theEndOfTheProgramClearsIt()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, left);
        QProcess program;
        program.start(QStringLiteral(BOOKDESK_COPY_AND_QUIT), arguments);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.readAllStandardOutput(), left);
    }
};

QTEST_MAIN(TokenClipboardTest)
#include "token-clipboard-test.moc"
