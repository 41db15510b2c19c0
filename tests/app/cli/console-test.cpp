// What the console makes of texts and JSON before it writes them: no secrets, and nothing that a terminal obeys.
#include "cli/console.h"
#include "cli/terminal.h"
#include "core/hostile-strings.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdlib>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using cli::Console;

namespace {

const QByteArray secret = "kept-by-value-0123456789"_ba;

Console console(const Redactor &redactor = {}) { return {cli::OutputFormat::text, redactor}; }

/// A redactor that knows the secret, which nothing but its value gives away.
Redactor knowing()
{
    const Redactor redactor;
    redactor.learn(Secret(secret));
    return redactor;
}

/// A text at each place that JSON has for one.
JsonObject everywhere(const QString &text)
{
    return {{text, text}, {u"list"_s, JsonArray{text, 7, JsonObject{{text, text}}}}};
}

} // namespace

const QString harm = u"a\x1b[2J\u202E "_s + QString::fromLatin1(secret);

/// Writes the same harm in every way that there is.
int writeAll()
{
    const Console shown = console(knowing());
    cli::Report report;
    report.text = u"text "_s + harm + u'\n';
    report.problem = u"problem "_s + harm + u'\n';
    shown.print(report);
    shown.note(u"note "_s + harm);
    shown.warn(u"warning "_s + harm);
    shown.printObject({{u"object"_s, harm}});
    report.json = {{u"report"_s, harm}};
    Console(cli::OutputFormat::json, knowing()).print(report);
    return EXIT_SUCCESS;
}

/// Nobody types here.
std::optional<QByteArray> cli::typedLine(Interrupts &) { return {}; }

class ConsoleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextControlsNoTerminal_data() { test::addHostileRows(); }

    void aTextControlsNoTerminal()
    {
        QFETCH(QString, text);
        const QString shown = QString::fromUtf8(console().safeText(text));
        QVERIFY2(test::showsAll(shown), qPrintable(shown));
    }

    void linesOfATextStay() { QCOMPARE(console().safeText(u"one\n  two\n"_s), "one\n  two\n"_ba); }

    void jsonIsOneLineThatControlsNoTerminal_data() { test::addHostileRows(); }

    void jsonIsOneLineThatControlsNoTerminal()
    {
        QFETCH(QString, text);
        const JsonObject object = everywhere(text);
        const QByteArray line = console().jsonLine(object);
        QVERIFY2(test::showsAll(QString::fromUtf8(line)), line.constData());
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        // Escapes change nothing of the values. Halves of pairs cannot be written in UTF-8, and one row names a secret.
        if (text.isValidUtf16() && redacted(text) == text)
            QVERIFY2(parseJson(line) == Json(object), line.constData());
    }

    void secretsAreRemovedFromText()
    {
        const QString text = QString::fromLatin1(secret);
        QVERIFY(console().safeText(text).contains(secret));
        QVERIFY(!console(knowing()).safeText(u"told "_s + text).contains(secret));
    }

    void secretsAreRemovedFromJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("a value") << R"({"a":"SECRET"})"_ba;
        QTest::newRow("a name") << R"({"SECRET":1})"_ba;
        QTest::newRow("an item") << R"({"a":[true,"SECRET"]})"_ba;
        QTest::newRow("a value in an object") << R"({"a":{"b":"SECRET"}})"_ba;
        QTest::newRow("a name in a list") << R"({"a":[{"SECRET":null}]})"_ba;
    }

    void secretsAreRemovedFromJson()
    {
        QFETCH(QByteArray, json);
        const Result<Json> with = parseJson(QByteArray(json).replace("SECRET", secret));
        const Result<Json> without = parseJson(QByteArray(json).replace("SECRET", removedMark().toUtf8()));
        QVERIFY(with && without);
        QCOMPARE(console(knowing()).jsonLine(*with->asObject()), console().jsonLine(*without->asObject()));
    }

    void whateverIsWrittenIsSafe()
    {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {u"--write"_s});
        QVERIFY(writer.waitForFinished());
        const QByteArray out = writer.readAllStandardOutput();
        const QByteArray err = writer.readAllStandardError();
        for (const char *word : {"text ", "{\"object\"", "{\"report\""})
            QVERIFY2(out.contains(word), out.constData());
        for (const char *word : {"problem ", "note ", "warning "})
            QVERIFY2(err.contains(word), err.constData());
        QVERIFY2(test::showsAll(QString::fromUtf8(out)) && !out.contains(secret), out.constData());
        QVERIFY2(test::showsAll(QString::fromUtf8(err)) && !err.contains(secret), err.constData());
    }

    void linesOfJsonAreTheSameInEitherFormat()
    {
        const JsonObject object = everywhere(u"text"_s);
        const Console json(cli::OutputFormat::json, {});
        QVERIFY(json.printsJson() && !console().printsJson());
        QCOMPARE(json.jsonLine(object), console().jsonLine(object));
    }
};

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    if (QCoreApplication::arguments().value(1) == "--write"_L1)
        return writeAll();
    ConsoleTest test;
    return QTest::qExec(&test, count, arguments);
}

#include "console-test.moc"
