// `bookdesk-cli token verify -`: one token per line, one verdict per line.
#include "app/cli/cli-process.h"
#include "jose/token-issuer.h"

#include <QCoroTask>
#include <QFile>
#include <QStringEncoder>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::jose;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

namespace {

JsonObject objectIn(const QByteArray &line) { return parseJsonObject(line).value_or(JsonObject()); }

QString textOf(const JsonObject &object, QStringView name)
{
    const Json *value = object.find(name);
    return value && value->asString() ? *value->asString() : QString();
}

QString codeOf(const JsonObject &verdict)
{
    const Json *outcome = verdict.find(u"outcome");
    return outcome && outcome->asObject() ? textOf(*outcome->asObject(), u"code") : QString();
}

int lineOf(const JsonObject &verdict)
{
    const Json *line = verdict.find(u"line");
    return line ? static_cast<int>(line->toDouble()) : 0;
}

QStringList failuresOf(const JsonObject &verdict)
{
    QStringList checks;
    const Json *failures = verdict.find(u"failures");
    if (failures && failures->asArray()) {
        for (const Json &failure : *failures->asArray())
            checks += textOf(*failure.asObject(), u"check");
    }
    return checks;
}

QByteArrayList linesOf(const QByteArray &output)
{
    QByteArrayList lines = output.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

/// The peak memory of a process in KiB; 0 if the system does not report it.
qint64 peakMemory(const QProcess &process)
{
    QFile file(u"/proc/%1/status"_s.arg(process.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray status = file.readAll();
    const qsizetype begin = status.indexOf("VmHWM:") + 6;
    return status.mid(begin, status.indexOf("kB", begin) - begin).trimmed().toLongLong();
}

/// A sanitizer keeps freed memory for a while, which the program does not need.
QProcessEnvironment frugalEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"ASAN_OPTIONS"_s, environment.value(u"ASAN_OPTIONS"_s) + u":quarantine_size_mb=1"_s);
    return environment;
}

} // namespace

class TokenStreamTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000;

    TokenIssuer m_issuer;
    std::unique_ptr<LocalSandbox> m_sandbox;
    QString m_jwks;

    QByteArray token(const QByteArray &patch = "{}") const { return tokenOf(TokenIssuer::accessClaims(), patch); }

    QByteArray tokenOf(JsonObject claims, const QByteArray &patch) const
    {
        const std::int64_t now = QDateTime::currentSecsSinceEpoch();
        claims.set(u"iat"_s, now - 60);
        claims.set(u"nbf"_s, now - 60);
        claims.set(u"exp"_s, now + 1800);
        return m_issuer.sign(patched(claims, patch)).reveal().toByteArray();
    }

    QStringList arguments(const QStringList &more = {}) const
    {
        return QStringList{u"token"_s,    u"verify"_s,           u"-"_s,          u"--jwks"_s,       m_jwks,
                           u"--issuer"_s, TokenIssuer::issuer(), u"--audience"_s, TokenIssuer::api()} +
               more;
    }

    QStringList withJson() const { return arguments({u"--json"_s}); }

    /// One verdict of a program that keeps running.
    static QByteArray nextLine(QProcess &process)
    {
        return QTest::qWaitFor([&process] { return process.canReadLine(); }, patience) ? process.readLine() : "none";
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_issuer.isReady());
        m_sandbox = std::make_unique<LocalSandbox>();
        m_jwks = m_sandbox->write(u"keys.json"_s,
                                  toCompactJson(JsonObject{{u"keys"_s, JsonArray{m_issuer.key().publicJwk()}}}));
    }

    void verdictsComeInTheOrderOfTheTokens()
    {
        const QByteArrayList tokens{token(), token("{\"exp\":1000}"), token("{\"aud\":\"other\"}"), "opaque-reference",
                                    token("{\"iss\":\"https://other.test/\"}")};
        const QStringList expected{{}, u"expiry"_s, u"audience"_s, u"structure"_s, u"issuer"_s};
        constexpr int count = 2000;
        QByteArray input;
        for (int i = 0; i < count; ++i)
            input += tokens.at((i * i + i / 7) % 5) + '\n';
        const Run result = run(withJson(), input);
        QCOMPARE(result.status, 1);
        const QByteArrayList lines = linesOf(result.out);
        QCOMPARE(lines.size(), count);
        for (int i = 0; i < count; ++i) {
            const JsonObject verdict = objectIn(lines.at(i));
            QCOMPARE(lineOf(verdict), i + 1);
            QCOMPARE(failuresOf(verdict).value(0), expected.at((i * i + i / 7) % 5));
        }
        QVERIFY(isFreeOfTokens(result));
    }

    void eachVerdictIsOneLine()
    {
        const QByteArray input = token() + '\n' + token("{\"exp\":1000}") + '\n' + "opaque\n";
        const Run text = run(arguments(), input);
        const QByteArrayList lines = linesOf(text.out);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(0), "passed"_ba);
        QVERIFY2(lines.at(1).startsWith("failed at Expiry: expired "), lines.at(1).constData());
        QVERIFY2(lines.at(2).startsWith("failed at Structure: "), lines.at(2).constData());
        QCOMPARE(text.err, QByteArray());

        const QByteArrayList objects = linesOf(run(withJson(), input).out);
        QCOMPARE(objects.size(), 3);
        QCOMPARE(textOf(objectIn(objects.at(0)), u"verdict"), u"passed"_s);
        QCOMPARE(codeOf(objectIn(objects.at(0))), u"token.ok"_s);
        QCOMPARE(textOf(objectIn(objects.at(1)), u"verdict"), u"failed"_s);
        QCOMPARE(codeOf(objectIn(objects.at(1))), u"token.not-verified"_s);
        QCOMPARE(codeOf(objectIn(objects.at(2))), u"token.opaque"_s);
    }

    void theDiagnosisComesWithTheVerdict()
    {
        const QByteArray idToken = tokenOf(TokenIssuer::idClaims(), R"({"aud":"6f1c2d0a-api"})");
        const QByteArray input = token() + '\n' + idToken + '\n' + token("{\"iss\":\"https://sts.windows.net/5c0e/\"}");
        const QByteArrayList lines = linesOf(run(arguments(), input).out);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(0), "passed"_ba);
        QVERIFY2(lines.at(1).startsWith("passed. ") && lines.at(1).contains("not an access token"),
                 lines.at(1).constData());
        QVERIFY2(lines.at(2).contains("it is a v1 token"), lines.at(2).constData());

        QStringList codes;
        for (const QByteArray &line : linesOf(run(withJson(), input).out))
            codes += textOf(*objectIn(line).find(u"diagnosis")->asObject(), u"code");
        QCOMPARE(codes, (QStringList{u"verified"_s, u"valid-id-token"_s, u"version-1"_s}));
    }

    void allFailedChecksAreReported()
    {
        const QByteArray input = token("{\"exp\":1000,\"aud\":\"other\",\"roles\":1}");
        const JsonObject verdict = objectIn(run(withJson(), input).out);
        QCOMPARE(failuresOf(verdict), (QStringList{u"expiry"_s, u"audience"_s, u"claim-types"_s}));
    }

    void theStatusSaysWhetherAllPass()
    {
        const QByteArray good = token() + '\n';
        QCOMPARE(run(arguments(), good).status, 0);
        QCOMPARE(run(arguments(), good.repeated(200)).status, 0);
        QCOMPARE(run(arguments(), good.repeated(200) + "x\n" + good.repeated(200)).status, 1);
        QCOMPARE(run(arguments(), good + "x").status, 1);
    }

    void lineEndsAndBlanksDoNotMatter()
    {
        const QByteArray good = token();
        const QByteArray input = "\n" + good + "\r\n \t\r\n\n  Bearer " + good + "  \n\n" + good;
        const Run result = run(withJson(), input);
        QCOMPARE(result.status, 0);
        QList<int> numbers;
        for (const QByteArray &line : linesOf(result.out))
            numbers += lineOf(objectIn(line));
        QCOMPARE(numbers, (QList<int>{2, 5, 7}));
    }

    void noTokenAtAllIsAFailure_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("empty lines") << "\n\n \r\n"_ba;
    }

    void noTokenAtAllIsAFailure()
    {
        QFETCH(QByteArray, input);
        const Run result = run(withJson(), input);
        QCOMPARE(result.status, 1);
        QCOMPARE(result.outcome(u"code"_s), u"token.malformed"_s);
        QCOMPARE(linesOf(run(arguments(), input).out).size(), 1);
    }

    void hostileLinesGiveHarmlessVerdicts_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("bytes that are no text") << "\xff\xfe\xc0\x80\x80.\xff.\xff"_ba;
        QTest::newRow("zeros") << QByteArray("a\0b\0.\0.\0", 8);
        QTest::newRow("terminal control") << "\x1b[2J\x1b]0;title\x07"_ba;
        QTest::newRow("control and bidi characters in claims")
            << token("{\"iss\":\"\\u001b[2J\\n\\u202e\\u2028\",\"aud\":\"\\u0007\"}");
        QTest::newRow("another token in a claim") << token("{\"iss\":\"" + token() + "\"}");
        QTest::newRow("a key ID that looks like a token")
            << m_issuer.sign(TokenIssuer::accessClaims(), {{u"kid"_s, QString::fromLatin1(token())}})
                   .reveal()
                   .toByteArray();
        QTest::newRow("a carriage return within") << "abc\rdef"_ba;
    }

    void hostileLinesGiveHarmlessVerdicts()
    {
        QFETCH(QByteArray, line);
        for (const QStringList &options : {arguments(), withJson()}) {
            const Run result = run(options, line + '\n' + token() + '\n');
            QCOMPARE(result.status, 1);
            QCOMPARE(linesOf(result.out).size(), 2);
            QVERIFY(isFreeOfTokens(result));
            QVERIFY(!result.out.contains(line));
            const QString all = QString::fromUtf8(result.out);
            QCOMPARE(all.toUtf8(), result.out);
            for (const QChar hostile : {QChar(0x1b), QChar(0x07), QChar(0), QChar(0x0d), QChar(0x202e), QChar(0x2028)})
                QVERIFY2(!all.contains(hostile), qPrintable(all));
        }
    }

    void oneTokenMayComeInWhatItWasPastedWith_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("word"); // of a note
        const QByteArray good = token();
        const QByteArray wrapped = good.first(76) + '\n' + good.sliced(76, 76) + '\n' + good.sliced(152) + '\n';
        QTest::newRow("over several lines") << wrapped << u"several lines"_s;
        QTest::newRow("with a line for each part") << QByteArray(good).replace('.', ".\r\n") << u"several lines"_s;
        QTest::newRow("as a header, wrapped") << "Authorization: Bearer\n " + wrapped << u"Authorization"_s;
        QTest::newRow("in quotes, wrapped") << '"' + wrapped.chopped(1) + "\"\n" << u"Quotes"_s;
        QTest::newRow("with a byte order mark") << "\xef\xbb\xbf" + good + '\n' << u"byte order mark"_s;
        QTest::newRow("in an answer over several lines")
            << "{\n  \"token_type\": \"Bearer\",\n  \"access_token\": \"" + good + "\"\n}\n"
            << u"answer"_s;
        for (const bool hasMark : {true, false}) {
            const auto flag = hasMark ? QStringEncoder::Flag::WriteBom : QStringEncoder::Flag::Default;
            for (const auto encoding : {QStringEncoder::Utf16LE, QStringEncoder::Utf16BE}) {
                const char *end = encoding == QStringEncoder::Utf16LE ? "small" : "large";
                QStringEncoder encoder(encoding, flag);
                const QByteArray text = encoder(QString::fromLatin1(good) + u"\r\n"_s);
                QTest::addRow("in UTF-16, %s end first, mark %d", end, hasMark) << text << u"UTF-16"_s;
                QStringEncoder again(encoding, flag);
                const QByteArray lines = again(QString::fromLatin1(wrapped));
                QTest::addRow("wrapped in UTF-16, %s end first, mark %d", end, hasMark) << lines << u"lines"_s;
            }
        }
    }

    void oneTokenMayComeInWhatItWasPastedWith()
    {
        QFETCH(const QByteArray, input);
        QFETCH(const QString, word);
        const Run text = run(arguments(), input);
        QCOMPARE(text.out, "passed\n"_ba);
        QCOMPARE(text.status, 0);
        QVERIFY2(text.err.contains(word.toUtf8()), text.err.constData());
        const QByteArrayList objects = linesOf(run(withJson(), input).out);
        QCOMPARE(objects.size(), 1);
        const JsonObject object = objectIn(objects.first());
        QCOMPARE(textOf(object, u"verdict"), u"passed"_s);
        QCOMPARE(lineOf(object), 1);
        const Json *notes = object.find(u"notes");
        QVERIFY(notes && notes->asArray() && !notes->asArray()->empty());
        QVERIFY(objects.first().contains(word.toUtf8()));
    }

    void manyTokensMayComeInUtf16()
    {
        QStringEncoder encoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
        const QByteArray input = encoder(QString::fromLatin1(token() + "\r\n" + token() + "\r\nopaque\r\n"));
        const Run text = run(arguments(), input);
        QCOMPARE(linesOf(text.out).size(), 3);
        QCOMPARE(text.out.count("passed"), 2);
        QVERIFY2(text.err.contains("UTF-16"), text.err.constData());
    }

    void aBrokenTokenAtTheBeginningKeepsItsLine()
    {
        const Run result = run(withJson(), token().first(100) + '\n' + token() + '\n');
        const QByteArrayList objects = linesOf(result.out);
        QCOMPARE(objects.size(), 2);
        QCOMPARE(textOf(objectIn(objects.at(0)), u"verdict"), u"failed"_s);
        QCOMPARE(textOf(objectIn(objects.at(1)), u"verdict"), u"passed"_s);
        QCOMPARE(lineOf(objectIn(objects.at(1))), 2);
        QCOMPARE(objectIn(objects.at(1)).find(u"notes"), nullptr);
    }

    void overlongLinesAreReportedAndSkipped_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("just too long") << QByteArray(1024 * 1024 + 1, 'a');
        QTest::newRow("far too long") << QByteArray(10 * 1024 * 1024, 'a');
        QTest::newRow("a good token behind blanks") << QByteArray(2 * 1024 * 1024, ' ') + token();
    }

    void overlongLinesAreReportedAndSkipped()
    {
        QFETCH(QByteArray, line);
        const Run result = run(withJson(), token() + '\n' + line + '\n' + token() + '\n');
        QCOMPARE(result.status, 1);
        const QByteArrayList lines = linesOf(result.out);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(textOf(objectIn(lines.at(0)), u"verdict"), u"passed"_s);
        QCOMPARE(codeOf(objectIn(lines.at(1))), u"token.too-large"_s);
        QCOMPARE(textOf(objectIn(lines.at(2)), u"verdict"), u"passed"_s);
        QCOMPARE(lineOf(objectIn(lines.at(2))), 3);
    }

    void theLargestTokenIsLookedAt()
    {
        const Run result = run(withJson(), "Bearer " + QByteArray(1024 * 1024, 'a') + "\r\n");
        QCOMPARE(result.outcome(u"code"_s), u"token.opaque"_s);
    }

    void aVerdictComesWhileTheInputIsStillOpen()
    {
        const auto process = start(arguments());
        process->write(token() + '\n');
        QCOMPARE(nextLine(*process), "passed\n"_ba);
        process->write("x\n");
        QVERIFY(nextLine(*process).startsWith("failed"));
        // Half a line waits for the rest.
        const QByteArray last = token();
        process->write(last.first(100));
        QVERIFY(process->waitForBytesWritten(patience));
        process->write(last.sliced(100) + '\n');
        QCOMPARE(nextLine(*process), "passed\n"_ba);
        process->closeWriteChannel();
        QCOMPARE(finish(*process).status, 1);
    }

    void memoryDoesNotGrowWithTheInput()
    {
        QProcess process;
        process.setProcessEnvironment(frugalEnvironment());
        process.start(QStringLiteral(BOOKDESK_CLI), arguments());
        QVERIFY(process.waitForStarted());
        const QByteArray line = QByteArray(1023, 'o') + '\n';
        constexpr int atOnce = 1000;
        qint64 early = 0;
        for (int i = 0; i < 200; ++i) {
            process.write(line.repeated(atOnce));
            QByteArray verdicts;
            const auto haveCome = [&process, &verdicts] {
                verdicts += process.readAllStandardOutput();
                return verdicts.count('\n') == atOnce;
            };
            QTRY_VERIFY_WITH_TIMEOUT(haveCome(), patience);
            if (i == 20)
                early = peakMemory(process);
        }
        const qint64 late = peakMemory(process);
        QVERIFY(early > 0);
        // 180 MiB were read in between.
        QVERIFY2(late - early < 16 * 1024, qPrintable(u"%1 KiB, then %2 KiB"_s.arg(early).arg(late)));
        process.closeWriteChannel();
        QCOMPARE(finish(process).status, 1);
    }

    void verdictsThatCannotBeWrittenEndTheProgram()
    {
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        process.start(QStringLiteral(BOOKDESK_CLI), arguments());
        process.write(token() + '\n');
        const Run result = finish(process);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("cannot be written"), result.err.constData());
    }

    void anInterruptEndsTheWait()
    {
        const auto process = start(arguments());
        process->write(token() + '\n');
        QCOMPARE(nextLine(*process), "passed\n"_ba);
        interrupt(*process);
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("Interrupted"), result.err.constData());
    }

    void inputThatCannotBeReadIsUsage()
    {
        QProcess process;
        process.setStandardInputFile(u"/"_s);
        process.start(QStringLiteral(BOOKDESK_CLI), withJson());
        const Run result = finish(process);
        QCOMPARE(result.status, 2);
        QCOMPARE(result.outcome(u"code"_s), u"cli.file-unreadable"_s);
    }

    void aConnectionsNewKeysAreFetched()
    {
        const auto freshToken = [this] {
            const Run shown = run({u"token"_s, u"show"_s, u"--connection"_s, m_sandbox->connection(), u"--persona"_s,
                                   u"ada"_s, u"--reveal"_s, u"--json"_s});
            return textOf(shown.json(), u"token").toUtf8();
        };
        const auto process = start({u"token"_s, u"verify"_s, u"-"_s, u"--connection"_s, m_sandbox->connection()});
        const QByteArray first = freshToken();
        process->write(first + '\n');
        QCOMPARE(nextLine(*process), "passed\n"_ba);
        QVERIFY(QCoro::waitFor(m_sandbox->server().rotateKeys()));
        process->write(freshToken() + '\n');
        QCOMPARE(nextLine(*process), "passed\n"_ba);
        process->write(first + '\n');
        QVERIFY(nextLine(*process).startsWith("failed at Key: "));
        process->closeWriteChannel();
        const Run result = finish(*process);
        QCOMPARE(result.status, 1);
        QVERIFY(isFreeOfTokens(result));
    }
};

QTEST_GUILESS_MAIN(TokenStreamTest)
#include "token-stream-test.moc"
