#include "identity/browser.h"
#include "identity/errors.h"
#include "net/errors.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A program that writes its arguments into a file, one a line, whole or not at all.
QString argumentPrinter(const QTemporaryDir &folder)
{
    const QString path = folder.filePath(u"a browser.sh"_s);
    QFile script(path);
    if (!script.open(QIODevice::WriteOnly))
        return {};
    script.write("#!/bin/sh\nout=$1; shift\nprintf '%s\\n' \"$@\" > \"$out.part\" && mv \"$out.part\" \"$out\"\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

/// Waits until it is known whether the browser was opened; nothing where it was.
std::optional<Error> failureOf(const Opening &opening)
{
    if (!QTest::qWaitFor([&opening] { return opening.failure().isSet(); }, 10'000))
        qFatal("It is not known whether the browser was opened");
    std::optional<Error> error;
    opening.failure().whenSet([&error](const std::optional<Error> &arrived) { error = arrived; });
    return error;
}

QString codeOf(const Opening &opening)
{
    const std::optional<Error> error = failureOf(opening);
    return error ? error->code.toString() : u"no error"_s;
}

} // namespace

class BrowserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensTrustedUrlsOnly_data();
    void opensTrustedUrlsOnly();
    void saysThatThereIsNoBrowser();
    void startsACommandWithTheUrlAsOneArgument_data();
    void startsACommandWithTheUrlAsOneArgument();
    void putsTheUrlWhereTheCommandSays();
    void checksACommand_data();
    void checksACommand();
    void saysThatACommandCannotBeStarted_data();
    void saysThatACommandCannotBeStarted();
    void givesTheDesktopsOpenerTheUrl();
    void saysThatTheDesktopHasNoBrowser();
    void oneThatRunsOnIsOpen();
    void splitsAsAShellDoes_data();
    void splitsAsAShellDoes();
    void refusesAQuoteThatIsNotClosed_data();
    void refusesAQuoteThatIsNotClosed();
};

void BrowserTest::opensTrustedUrlsOnly_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("https") << u"https://login.microsoftonline.com/t?state=a"_s << true;
    QTest::newRow("http on loopback") << u"http://localhost:8080/t"_s << true;
    QTest::newRow("http elsewhere") << u"http://example.org/"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("a user") << u"https://me@example.org/"_s << false;
    QTest::newRow("a script") << u"javascript:alert(1)"_s << false;
    QTest::newRow("a handler of the system") << u"ms-msdt:/id"_s << false;
    QTest::newRow("an option") << u"--help"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void BrowserTest::opensTrustedUrlsOnly()
{
    QFETCH(const QString, url);
    QFETCH(const bool, isOpened);
    QList<QUrl> opened;
    const Opening result = openInBrowser(
        [&opened](const QUrl &given) -> Result<void> {
            opened += given;
            return {};
        },
        QUrl(url));
    QCOMPARE(opened, isOpened ? QList{QUrl(url)} : QList<QUrl>());
    QCOMPARE(codeOf(result), isOpened ? u"no error"_s : net::errors::urlRefused.toString());
}

void BrowserTest::saysThatThereIsNoBrowser()
{
    QCOMPARE(codeOf(openInBrowser(OpenUrl(), QUrl(u"https://example.org"_s))), errors::browserFailed.toString());
}

void BrowserTest::startsACommandWithTheUrlAsOneArgument_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("arguments");
    QTest::newRow("no more arguments") << QString() << u"https://example.org/a?b=c&d=e;f"_s
                                       << "https://example.org/a?b=c&d=e;f\n"_ba;
    QTest::newRow("arguments with blanks and quotes")
        << u" --profile \"My \\\"own\\\" profile\" -x"_s << u"https://example.org/"_s
        << "--profile\nMy \"own\" profile\n-x\nhttps://example.org/\n"_ba;
    QTest::newRow("what a shell would run") << u" $(id) `id` ;id |id %u"_s << u"https://example.org/$(id)?`id`"_s
                                            << "$(id)\n`id`\n;id\n|id\n%u\nhttps://example.org/$(id)?%60id%60\n"_ba;
    QTest::newRow("a URL with blanks and umlauts")
        << QString() << u"https://example.org/ü b?q=a b"_s << "https://example.org/%C3%BC%20b?q=a%20b\n"_ba;
}

void BrowserTest::startsACommandWithTheUrlAsOneArgument()
{
    QFETCH(const QString, more);
    QFETCH(const QString, url);
    QFETCH(const QByteArray, arguments);
    const QTemporaryDir folder;
    const QString written = folder.filePath(u"written"_s);
    const OpenUrl open = commandBrowser(u"\"%1\" %2"_s.arg(argumentPrinter(folder), written) + more);
    QCOMPARE(codeOf(openInBrowser(open, QUrl(url))), u"no error"_s);
    QTRY_VERIFY(QFile::exists(written));
    QCOMPARE(contentsOf(written), arguments);
}

void BrowserTest::putsTheUrlWhereTheCommandSays()
{
    const QTemporaryDir folder;
    const QString written = folder.filePath(u"written"_s);
    const OpenUrl open = templateBrowser(u"\"%1\" %2 --app=%u --last"_s.arg(argumentPrinter(folder), written));
    QCOMPARE(codeOf(openInBrowser(open, QUrl(u"https://example.org/%75?a=b c"_s))), u"no error"_s);
    QTRY_VERIFY(QFile::exists(written));
    QCOMPARE(contentsOf(written), "--app=https://example.org/u?a=b%20c\n--last\n"_ba);
}

void BrowserTest::checksACommand_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("fine") << u"sh -c 'exit 0' %u"_s << QString();
    QTest::newRow("with the mark in a word") << u"sh --app=%u"_s << QString();
    QTest::newRow("empty") << QString() << u"Name a program"_s;
    QTest::newRow("a quote that is not closed") << u"sh \"%u"_s << u"quote"_s;
    QTest::newRow("no place for the address") << u"sh -x"_s << u"Write %u"_s;
    QTest::newRow("the address as the program") << u"%u"_s << u"Write %u"_s;
    QTest::newRow("not there") << u"/no/such/browser %u"_s << u"/no/such/browser"_s;
}

void BrowserTest::checksACommand()
{
    QFETCH(const QString, command);
    QFETCH(const QString, complaint);
    const Result<void> checked = checkBrowserCommand(command);
    QCOMPARE(checked.has_value(), complaint.isEmpty());
    if (!checked) {
        QCOMPARE(checked.error().code, errors::browserCommandInvalid);
        QVERIFY2(checked.error().message.contains(complaint), qPrintable(checked.error().message));
    }
}

void BrowserTest::saysThatACommandCannotBeStarted_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("empty") << QString();
    QTest::newRow("blanks") << u"   "_s;
    QTest::newRow("an empty program") << u"\"\" x"_s;
    QTest::newRow("not there") << u"/no/such/browser --new-window"_s;
    QTest::newRow("a quote that is not closed") << u"firefox \"--new-window"_s;
    QTest::newRow("one that ends with a failure at once") << u"false"_s;
    QTest::newRow("one that ends with a failure a little later") << u"sh -c 'sleep 1; exit 3'"_s;
    QTest::newRow("one that crashes") << u"sh -c 'kill -9 $$'"_s;
}

void BrowserTest::saysThatACommandCannotBeStarted()
{
    QFETCH(const QString, command);
    const Opening result = openInBrowser(commandBrowser(command), QUrl(u"https://example.org"_s));
    QCOMPARE(codeOf(result), errors::browserFailed.toString());
    QVERIFY(!failureOf(result)->message.contains(u"example.org"_s));
}

void BrowserTest::givesTheDesktopsOpenerTheUrl()
{
    // A stand-in for the desktop's program is found first.
    const QTemporaryDir folder;
    const QString written = folder.filePath(u"written"_s);
    QFile opener(folder.filePath(u"xdg-open"_s));
    QVERIFY(opener.open(QIODevice::WriteOnly));
    opener.write("#!/bin/sh\nprintf '%s' \"$*\" > '" + written.toUtf8() + ".part' && mv '" + written.toUtf8() +
                 ".part' '" + written.toUtf8() + "'\n");
    opener.close();
    QVERIFY(opener.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", folder.path().toUtf8() + ':' + path);
    const Opening result = openInBrowser(desktopOpener(), QUrl(u"https://example.org/a?b=c"_s));
    qputenv("PATH", path);
    QCOMPARE(codeOf(result), u"no error"_s);
    QTRY_VERIFY(QFile::exists(written));
    QCOMPARE(contentsOf(written), "https://example.org/a?b=c"_ba);
}

void BrowserTest::saysThatTheDesktopHasNoBrowser()
{
    const QTemporaryDir folder;
    QFile opener(folder.filePath(u"xdg-open"_s));
    QVERIFY(opener.open(QIODevice::WriteOnly));
    opener.write("#!/bin/sh\nexit 3\n");
    opener.close();
    QVERIFY(opener.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", folder.path().toUtf8() + ':' + path);
    const Opening opening = openInBrowser(desktopOpener(), QUrl(u"https://example.org/"_s));
    qputenv("PATH", path);
    const std::optional<Error> error = failureOf(opening);
    QVERIFY(error);
    QCOMPARE(error->code.toString(), errors::browserFailed.toString());
    QVERIFY(factValue(error->facts, facts::reason).contains(u'3'));
}

void BrowserTest::oneThatRunsOnIsOpen()
{
    QElapsedTimer time;
    time.start();
    const Opening opening =
        openInBrowser(commandBrowser(u"sh -c 'sleep 3; exit 1'"_s), QUrl(u"https://example.org/"_s));
    QVERIFY2(time.elapsed() < 1'000, "the window must not wait for it");
    QVERIFY(!opening.failure().isSet());
    QCOMPARE(codeOf(opening), u"no error"_s);
    QVERIFY(time.elapsed() < 2'900);
    // No process is left behind.
    QTRY_VERIFY(QCoreApplication::instance()->findChildren<QProcess *>().isEmpty());
}

void BrowserTest::splitsAsAShellDoes_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("blanks of all kinds") << u" \t a\tb \n c  "_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("single quotes") << u"'a b' c'd e'f"_s << QStringList{u"a b"_s, u"cd ef"_s};
    QTest::newRow("single quotes keep everything") << u"'\\ \" $x'"_s << QStringList{u"\\ \" $x"_s};
    QTest::newRow("double quotes") << u"\"a b\"c"_s << QStringList{u"a bc"_s};
    QTest::newRow("double quotes keep single ones") << u"\"it's\""_s << QStringList{u"it's"_s};
    QTest::newRow("backslashes in double quotes") << u"\"\\\" \\\\ \\$ \\` \\n\""_s << QStringList{u"\" \\ $ ` \\n"_s};
    QTest::newRow("backslashes outside of quotes")
        << u"a\\ b \\\" \\' \\\\ \\n"_s << QStringList{u"a b"_s, u"\""_s, u"'"_s, u"\\"_s, u"n"_s};
    QTest::newRow("a continued line") << u"a\\\nb \"c\\\nd\""_s << QStringList{u"ab"_s, u"cd"_s};
    QTest::newRow("a backslash at the end") << u"a\\"_s << QStringList{u"a\\"_s};
    QTest::newRow("empty words") << u"a '' \"\" b"_s << QStringList{u"a"_s, QString(), QString(), u"b"_s};
    QTest::newRow("triple quotes") << u"\"\"\"a\"\"\""_s << QStringList{u"a"_s};
    QTest::newRow("nothing is expanded") << u"$HOME ~ *.html a;b `c`"_s
                                         << QStringList{u"$HOME"_s, u"~"_s, u"*.html"_s, u"a;b"_s, u"`c`"_s};
}

void BrowserTest::splitsAsAShellDoes()
{
    QFETCH(const QString, command);
    const std::optional<QStringList> words = splitCommand(command);
    QVERIFY(words);
    QTEST(*words, "words");
}

void BrowserTest::refusesAQuoteThatIsNotClosed_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("single") << u"a 'b"_s;
    QTest::newRow("double") << u"a \"b"_s;
    QTest::newRow("double behind a backslash") << u"a \"b\\\""_s;
    QTest::newRow("single that a backslash does not protect") << u"'a\\'b'"_s;
}

void BrowserTest::refusesAQuoteThatIsNotClosed()
{
    QFETCH(const QString, command);
    QVERIFY(!splitCommand(command));
}

QTEST_GUILESS_MAIN(BrowserTest)
#include "browser-test.moc"
