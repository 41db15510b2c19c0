#include "jose/pasted-token.h"

#include <QStringEncoder>
#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_bmF0dXJl";

QByteArray inUtf16(QStringEncoder::Encoding encoding, bool hasMark)
{
    QStringEncoder encoder(encoding, hasMark ? QStringEncoder::Flag::WriteBom : QStringEncoder::Flag::Default);
    return encoder(QString::fromLatin1(token) + u"\r\n"_s);
}

} // namespace

class PastedTokenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheTokenOut_data();
    void takesTheTokenOut();
    void saysInAWordOrTwoWhatItTookOff_data();
    void saysInAWordOrTwoWhatItTookOff();
    void leavesTheRestAlone_data();
    void leavesTheRestAlone();
    void knowsWhatAStreamBeginsWith_data();
    void knowsWhatAStreamBeginsWith();
};

void PastedTokenTest::takesTheTokenOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("note"); // a word of it; empty for none
    const auto row = [](const char *name, const QByteArray &text, const QString &note) {
        QTest::newRow(name) << text << note;
    };
    row("the token itself", token, {});
    row("blanks around", " \t" + token + "\r\n\n", {});
    row("Bearer", "bearer  " + token, u"Bearer"_s);
    row("a header", "Authorization: Bearer " + token + "\n", u"Authorization"_s);
    row("a header in small letters", "authorization:Bearer\t" + token, u"Authorization"_s);
    row("a quoted header", "\"Authorization: Bearer " + token + '"', u"Quotes"_s);
    row("double quotes", '"' + token + '"', u"Quotes"_s);
    row("single quotes", '\'' + token + '\'', u"Quotes"_s);
    row("a word processor's quotes", "\xe2\x80\x9c" + token + "\xe2\x80\x9d", u"Quotes"_s);
    row("Bearer before quotes", "Bearer \"" + token + '"', u"Quotes"_s);
    row("lines of eight", token.first(8) + "\n" + token.sliced(8, 20) + "\n  " + token.sliced(28), u"lines"_s);
    row("lines in quotes", '"' + token.first(30) + "\r\n" + token.sliced(30) + '"', u"lines"_s);
    row("lines that end at the dots", QByteArray(token).replace('.', ".\n"), u"lines"_s);
    row("a byte order mark", "\xef\xbb\xbf" + token, u"byte order mark"_s);
    row("UTF-16, small end first", inUtf16(QStringEncoder::Utf16LE, true), u"UTF-16"_s);
    row("UTF-16, large end first", inUtf16(QStringEncoder::Utf16BE, true), u"UTF-16"_s);
    row("UTF-16 without its mark", inUtf16(QStringEncoder::Utf16LE, false), u"UTF-16"_s);
    row("a whole answer", R"({"token_type":"Bearer","access_token":")" + token + R"(","id_token":"x","expires_in":1})",
        u"answer"_s);
    row("a whole answer on several lines", "{\n \"access_token\": \"" + token + "\"\n}\n", u"answer"_s);
    row("an answer with an ID token only", R"({"id_token":")" + token + R"("})", u"answer"_s);
}

void PastedTokenTest::takesTheTokenOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, note);
    const jose::PastedToken taken = jose::takenOut(text);
    QCOMPARE(taken.token.reveal().toByteArray(), token);
    const QString notes = taken.notes.join(u' ');
    QVERIFY2(note.isEmpty() ? notes.isEmpty() : notes.contains(note), qPrintable(notes));
}

void PastedTokenTest::saysInAWordOrTwoWhatItTookOff_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("items");
    QTest::newRow("the token itself") << token << QString();
    QTest::newRow("a header with Bearer")
        << "Authorization: Bearer \"" + token.first(8) + "\n" + token.sliced(8, 9) + "\n" + token.sliced(17) + '"'
        << u"Authorization: Bearer|two quotes|2 line breaks"_s;
    QTest::newRow("a header without Bearer") << "Authorization: " + token << u"Authorization:"_s;
    QTest::newRow("Bearer alone") << "Bearer " + token << u"Bearer"_s;
    QTest::newRow("one line break") << token.first(8) + "\n" + token.sliced(8) << u"one line break"_s;
    QTest::newRow("an answer") << R"({"access_token":")" + token + R"("})" << u"the rest of an answer"_s;
}

void PastedTokenTest::saysInAWordOrTwoWhatItTookOff()
{
    QFETCH(QByteArray, text);
    QTEST(jose::takenOut(text).takenOff.join(u'|'), "items");
}

void PastedTokenTest::leavesTheRestAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a quote only") << "\""_ba;
    QTest::newRow("the word only") << "Bearer"_ba;
    QTest::newRow("a token that begins so") << "bearer-1.2.3"_ba;
    QTest::newRow("other JSON") << R"({"error":"invalid_grant"})"_ba;
    QTest::newRow("JSON that is cut off") << R"({"access_token":"x)"_ba;
    QTest::newRow("two tokens") << token + '\n' + token;
    QTest::newRow("two words") << token + ' ' + token;
    QTest::newRow("bytes") << QByteArray("\xff\x01\x02", 3);
}

void PastedTokenTest::leavesTheRestAlone()
{
    QFETCH(QByteArray, text);
    const jose::PastedToken taken = jose::takenOut(text);
    QCOMPARE(taken.token.reveal().toByteArray(), text);
    QCOMPARE(taken.notes, QStringList());
}

void PastedTokenTest::knowsWhatAStreamBeginsWith_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<jose::Beginning>("beginning");
    const auto row = [](const char *name, const QByteArray &text, jose::Beginning beginning) {
        QTest::newRow(name) << text << beginning;
    };
    constexpr jose::Beginning open = jose::Beginning::open;
    constexpr jose::Beginning lines = jose::Beginning::lines;
    const QByteArray good = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0." + QByteArray(86, 'A');
    row("nothing", {}, open);
    row("blank lines", "\n \r\n", open);
    row("a token", good + '\n', lines);
    row("a token after Bearer", "Bearer " + good + "\r\n", lines);
    row("a quoted token", '"' + good + "\"\n", lines);
    row("tokens", good + '\n' + good + '\n', lines);
    row("an encrypted token", "eyJhbGciOiJSU0EifQ.a.b.c.d\n", lines);
    row("an opaque token", "0.AXkAv4j5cvGGr0GRqy\n", lines);
    row("bytes", QByteArray("\xff\xfe\x01\n", 4), lines);
    row("a part of a header", good.first(12) + '\n', open);
    row("a header and its dot", good.first(21) + '\n', open);
    row("two parts on two lines", good.first(21) + '\n' + good.sliced(21, 16) + '\n', open);
    row("a signature that is cut off", good.first(60) + '\n', open);
    row("a part of a header after the word only", "Authorization: Bearer\n" + good.first(12) + '\n', open);
    row("the word only", "Bearer\n", open);
    row("the end of a wrapped token", good.first(60) + '\n' + good.sliced(60) + '\n', open);
    row("another token after a part of one", good.first(60) + '\n' + good + '\n', lines);
    row("other words after a part of one", good.first(60) + "\nno token\n", lines);
    row("an answer on one line", R"({"access_token":"x"})"_ba + '\n', lines);
    row("the beginning of an answer", "{\n  \"access_token\": \"x\",\n", open);
    row("a whole answer", "{\n  \"access_token\": \"x\"\n}\n", jose::Beginning::whole);
    row("a broken answer, then another", "{\"a\n{\"b\n", lines);
    row("a part that never ends", good.first(60) + '\n' + QByteArray(3 * 1024 * 1024, 'a'), lines);
}

void PastedTokenTest::knowsWhatAStreamBeginsWith()
{
    QFETCH(QByteArray, text);
    QTEST(jose::beginningOf(text), "beginning");
}

QTEST_GUILESS_MAIN(PastedTokenTest)
#include "pasted-token-test.moc"
