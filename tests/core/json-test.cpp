#include "core/errors.h"
#include "core/json.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

Json parsed(const QByteArray &text)
{
    const Result<Json> json = parseJson(text);
    if (!json)
        qFatal("The test's JSON is not valid: %s", text.constData());
    return *json;
}

} // namespace

class JsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatItReads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("members in their order") << QByteArray(R"({"zebra":1,"apple":2,"mango":{"y":1,"x":2}})");
        QTest::newRow("every type") << QByteArray(R"([null,true,false,0,-1,1.5,"text",[],{}])");
        QTest::newRow("the smallest integer") << QByteArray("-9223372036854775808");
        QTest::newRow("the largest integer") << QByteArray("18446744073709551615");
        QTest::newRow("a number with a fraction of zero") << QByteArray("1.0");
        QTest::newRow("umlauts and symbols") << QByteArray("\"J\xc3\xbcrgen \xf0\x9f\x93\x9a\"");
        QTest::newRow("escapes") << QByteArray("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"");
        QTest::newRow("a slash") << QByteArray(R"("a/b")");
        QTest::newRow("an empty name") << QByteArray(R"({"":0})");
    }

    void writesWhatItReads()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(toCompactJson(parsed(text)), text);
        QVERIFY(parsed(toPrettyJson(parsed(text))) == parsed(text));
    }

    void readsEscapes()
    {
        QCOMPARE(*parsed(R"("\u00e9\ud83d\udcda\/")").asString(), u"é📚/"_s);
        QCOMPARE(*parsed(R"("a\u0000b")").asString(), u"a\0b"_s);
    }

    void readsWholeSurrogatePairs()
    {
        const Result<Json> text = parseJson(R"(["\ud83d\udcda","\\ud83d","\uD83D\uDCDA\n\u00e9"])");
        QVERIFY(text);
        QVERIFY(*text == Json(JsonArray{u"📚"_s, u"\\ud83d"_s, u"📚\né"_s}));
    }

    void textsOutliveTheirDocumentAndEachOther()
    {
        QString first, second;
        {
            const Result<JsonObject> object = parseJsonObject(R"({"a":"first","b":"second","c":"","d":"J\u00fcrgen"})");
            QVERIFY(object);
            first = *object->find(u"a")->asString();
            second = *object->find(u"b")->asString();
            QCOMPARE(*object->find(u"c")->asString(), u""_s);
            QCOMPARE(*object->find(u"d")->asString(), u"J\u00fcrgen"_s);
        }
        first += u" and more than there was room for"_s;
        QCOMPARE(second, u"second"_s);
        second.prepend(u"the "_s);
        second.append(u'!');
        QCOMPARE(first, u"first and more than there was room for"_s);
        QCOMPARE(second, u"the second!"_s);
        first.clear();
        QCOMPARE(QString(reinterpret_cast<const QChar *>(second.utf16())), u"the second!"_s); // ends with a zero
    }

    void severalThreadsReadAtOnce()
    {
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&wrong] {
                for (int round = 0; round < 500; ++round) {
                    const QByteArray name = "name-" + QByteArray::number(round % 50);
                    const Result<JsonObject> object = parseJsonObject("{\"" + name + "\":\"text of " + name + "\"}");
                    const Json *value = object ? object->find(QString::fromLatin1(name)) : nullptr;
                    if (!value || *value != Json(QString::fromLatin1("text of " + name)))
                        ++wrong;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    /// U+FEFF is a byte order mark only where a text in a file begins.
    void keepsMarksInNamesAndTexts()
    {
        const Json expected(
            JsonObject{{u"\uFEFFiss"_s, u"\uFEFFx"_s}, {u"iss"_s, u"x"_s}, {u"\uFEFF"_s, u"\uFEFF\u00E9"_s}});
        const QByteArray mark = "\xef\xbb\xbf";
        QCOMPARE(parsed("{\"" + mark + "iss\":\"" + mark + "x\",\"iss\":\"x\",\"\\ufeff\":\"\\ufeff\xc3\xa9\"}"),
                 expected);
        QCOMPARE(parsed(toCompactJson(expected)), expected);
    }

    /// So that no document fills the table: names that it has are shared, others are not.
    void sharesTheNamesThatItKnows()
    {
        const JsonNames names{u"aud"_s, u"scp"_s};
        const QByteArray text = R"({"aud":1,"scp":2,"other":3})";
        const Result<JsonObject> first = parseJsonObject(text, {}, names);
        const Result<JsonObject> second = parseJsonObject(text, {}, names);
        QVERIFY(first && second);
        QVERIFY(*first == *second);
        for (std::size_t i = 0; i < first->members().size(); ++i) {
            const QString &name = first->members()[i].first;
            QCOMPARE(name.constData() == second->members()[i].first.constData(), name != u"other");
        }
    }

    void namesTheMemberThatStandsTwiceAmongNamesThatItKnows()
    {
        const JsonNames names{u"aud"_s, u"scp"_s};
        const Result<JsonObject> twice = parseJsonObject(R"({"aud":1,"x":2,"scp":{"aud":3},"aud":4})", {}, names);
        QVERIFY(!twice);
        QCOMPARE(factValue(twice.error().facts, facts::member), u"aud"_s);
        QVERIFY(parseJsonObject(R"({"aud":1,"scp":{"aud":3},"x":{"aud":4}})", {}, names));
    }

    void distinguishesManyNames()
    {
        QByteArray members;
        for (int i = 0; i < 2000; ++i)
            members += "\"a name of some length, number " + QByteArray::number(i) + "\":" + QByteArray::number(i) + ',';
        const Result<JsonObject> object = parseJsonObject('{' + members + "\"\":0}");
        QVERIFY(object);
        QCOMPARE(object->members().size(), 2001U);
        QVERIFY(*object->find(u"a name of some length, number 1999") == Json(1999));
        const Result<JsonObject> twice = parseJsonObject('{' + members + members.chopped(1) + '}');
        QVERIFY(!twice);
        QCOMPARE(factValue(twice.error().facts, facts::member), u"a name of some length, number 0"_s);
    }

    void keepsTheTypesOfNumbers()
    {
        QVERIFY(std::holds_alternative<std::int64_t>(parsed("1").value()));
        QVERIFY(std::holds_alternative<double>(parsed("1.0").value()));
        QVERIFY(std::holds_alternative<std::uint64_t>(parsed("18446744073709551615").value()));
        QCOMPARE(parsed("-5").toDouble(), -5.0);
        QCOMPARE(parsed("18446744073709551615").toDouble(), 18446744073709551615.0);
        QCOMPARE(parsed("\"5\"").toDouble(), 0.0);
        QVERIFY(!parsed("\"5\"").isNumber());
        QVERIFY(!(parsed("1") == parsed("true")));
    }

    void readsIntegersBeyond64Bits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("value");
        QTest::newRow("one too large") << QByteArray("18446744073709551616") << 18446744073709551616.0;
        QTest::newRow("one too small") << QByteArray("-9223372036854775809") << -9223372036854775809.0;
        QTest::newRow("far too large") << '1' + QByteArray(300, '0') << 1e300;
        QTest::newRow("far too small") << "-1" + QByteArray(300, '0') << -1e300;
    }

    void readsIntegersBeyond64Bits()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, value);
        QVERIFY(parsed(text).isNumber());
        QCOMPARE(parsed(text).toDouble(), value);
        const QString digits = u"\"18446744073709551616"_s;
        const Json expected(JsonObject{{digits, JsonArray{Json(1), Json(WrittenNumber{text}), Json(digits)}}});
        const QByteArray name = toCompactJson(Json(digits));
        QCOMPARE(parsed('{' + name + ":[1," + text + ',' + name + "]}"), expected);
    }

    void writesNumbersAsTheyWereRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"0",
                                 "-7",
                                 "9007199254740993",
                                 "-9007199254740993",
                                 "9223372036854775807",
                                 "-9223372036854775808",
                                 "18446744073709551615",
                                 "18446744073709551616",
                                 "-9223372036854775809",
                                 "123456789012345678901234567890",
                                 "1.0",
                                 "1.50",
                                 "-0",
                                 "-0.0",
                                 "1e5",
                                 "1E+5",
                                 "1e-7",
                                 "12.5e-3",
                                 "0.1000000000000000055511151231257827021181583",
                                 "1.7976931348623157e308",
                                 "3.0000000000000000000001"})
            QTest::newRow(text) << QByteArray(text);
    }

    void writesNumbersAsTheyWereRead()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(toCompactJson(parsed(text)), text);
        // Each keeps its own text, among others and among strings and names that look like numbers.
        QByteArray around("{\"2.50\":[1,#,\"1.25 \\\" 4\",18446744073709551615,1.25e2,{\"-1\":#},true,2.5,-3,#]}");
        around.replace('#', text);
        QCOMPARE(toCompactJson(parsed(around)), around);
    }

    void numbersOfDifferentTextsDiffer()
    {
        QVERIFY(parsed("18446744073709551617") == parsed("18446744073709551617"));
        QVERIFY(!(parsed("18446744073709551617") == parsed("18446744073709551616")));
        QVERIFY(parsed("1.5") == Json(1.5));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const QString invalid = errors::jsonInvalid.toString();
        const QString duplicate = errors::jsonDuplicateMember.toString();
        QTest::newRow("nothing") << QByteArray() << invalid;
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf{}") << invalid;
        QTest::newRow("blanks") << QByteArray("  ") << invalid;
        QTest::newRow("half an object") << QByteArray(R"({"a":1)") << invalid;
        QTest::newRow("a comma too many") << QByteArray("[1,]") << invalid;
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << invalid;
        QTest::newRow("a comment") << QByteArray("[1] /* one */") << invalid;
        QTest::newRow("a second value behind") << QByteArray("{} {}") << invalid;
        QTest::newRow("letters behind") << QByteArray("{}x") << invalid;
        QTest::newRow("a zero byte behind") << QByteArray("{}\0", 3) << invalid;
        QTest::newRow("a number beyond all limits") << QByteArray("1e400") << invalid;
        QTest::newRow("an integer beyond a double") << QByteArray(400, '9') << invalid;
        QTest::newRow("an integer beyond 64 bits with a leading zero")
            << QByteArray("018446744073709551616") << invalid;
        QTest::newRow("an integer beyond 64 bits, and a comma too many")
            << QByteArray("[18446744073709551616,]") << invalid;
        QTest::newRow("a leading zero") << QByteArray("01") << invalid;
        QTest::newRow("a leading plus") << QByteArray("+1") << invalid;
        QTest::newRow("a hexadecimal number") << QByteArray("0x10") << invalid;
        QTest::newRow("NaN") << QByteArray("NaN") << invalid;
        QTest::newRow("True in capitals") << QByteArray("True") << invalid;
        QTest::newRow("a line feed in a string") << QByteArray("\"a\nb\"") << invalid;
        QTest::newRow("an unknown escape") << QByteArray(R"("\x41")") << invalid;
        QTest::newRow("half a surrogate pair") << QByteArray(R"("\ud83d")") << invalid;
        QTest::newRow("half a surrogate pair before a letter") << QByteArray(R"("\ud83dx")") << invalid;
        QTest::newRow("half a surrogate pair before another escape") << QByteArray(R"("\ud800\u0041")") << invalid;
        QTest::newRow("half a surrogate pair before an escaped backslash") << QByteArray(R"("\ud800\\")") << invalid;
        QTest::newRow("the first half twice") << QByteArray(R"("\ud83d\ud83d")") << invalid;
        QTest::newRow("the second half alone") << QByteArray(R"("\udcda")") << invalid;
        QTest::newRow("half a surrogate pair in a name") << QByteArray(R"({"\udcda":1})") << invalid;
        QTest::newRow("half a surrogate pair behind a whole one") << QByteArray(R"("\ud83d\udcda\udcda")") << invalid;
        QTest::newRow("a surrogate pair in the wrong order") << QByteArray(R"("\udcda\ud83d")") << invalid;
        QTest::newRow("broken UTF-8") << QByteArray("\"\xc3\x28\"") << invalid;
        QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"") << invalid;
        QTest::newRow("a surrogate as UTF-8") << QByteArray("\"\xed\xa0\x80\"") << invalid;
        QTest::newRow("UTF-8 beyond Unicode") << QByteArray("\"\xf5\x80\x80\x80\"") << invalid;
        QTest::newRow("Latin-1") << QByteArray("\"J\xfcrgen\"") << invalid;
        QTest::newRow("a member twice") << QByteArray(R"({"a":1,"a":1})") << duplicate;
        QTest::newRow("a member twice, once escaped") << QByteArray(R"({"a":1,"\u0061":2})") << duplicate;
        QTest::newRow("a member twice, deep inside") << QByteArray(R"([{"x":[{"a":1,"b":2,"a":3}]}])") << duplicate;
        QTest::newRow("nested too deep") << QByteArray(33, '[') + QByteArray(33, ']') << invalid;
        QTest::newRow("too many bytes") << '"' + QByteArray(1024 * 1024, 'x') + '"' << errors::jsonTooLarge.toString();
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const Result<Json> json = parseJson(text);
        QVERIFY(!json);
        QCOMPARE(json.error().code.toString(), code);
        QVERIFY(!json.error().message.isEmpty());
    }

    void namesTheDuplicateMember()
    {
        const Result<Json> json = parseJson(R"({"kid":1,"kid":2})");
        QVERIFY(!json);
        QCOMPARE(factValue(json.error().facts, facts::member), u"kid"_s);
    }

    void acceptsWhatIsJustWithinTheLimits()
    {
        QVERIFY(parseJson(QByteArray(31, '[') + QByteArray(31, ']')));
        QVERIFY(parseJson('"' + QByteArray(1024 * 1024 - 2, 'x') + '"'));
    }

    void obeysOtherLimits()
    {
        QVERIFY(!parseJson("[1,2,3]", {.bytes = 6}));
        QVERIFY(parseJson("[1,2,3]", {.bytes = 7}));
        QVERIFY(!parseJson("[[[[1]]]]", {.depth = 3}));
        QVERIFY2(parseJson("[[[[1]]]]"), "A limit holds for one call only");
        QVERIFY(parseJson(QByteArray(100, '[') + QByteArray(100, ']'), {.depth = 200}));
    }

    void sameNamesInDifferentObjectsAreNoDuplicates() { QVERIFY(parseJson(R"([{"a":1},{"a":{"a":2}}])")); }

    void readsASliceOfALongerText()
    {
        const QByteArray text = "[1]garbage";
        const Result<Json> json = parseJson(QByteArrayView(text).first(3));
        QVERIFY(json);
        QCOMPARE(toCompactJson(*json), "[1]");
    }

    void readsObjectsOnly()
    {
        QVERIFY(parseJsonObject(" {\"a\":1}\r\n"));
        for (const char *text : {"[]", "1", "null", "\"{}\""}) {
            const Result<JsonObject> object = parseJsonObject(text);
            QVERIFY(!object);
            QVERIFY(object.error().code == errors::jsonWrongType);
        }
    }

    void writesPrettily()
    {
        QCOMPARE(toPrettyJson(parsed(R"({"b":[1,{"a":null}],"empty":[],"none":{}})")),
                 "{\n  \"b\": [\n    1,\n    {\n      \"a\": null\n    }\n  ],\n  \"empty\": [],\n  \"none\": {}\n}");
    }

    void objectsKeepTheirOrderWhenChanged()
    {
        JsonObject object{{u"b"_s, 1}, {u"a"_s, 2}};
        object.set(u"b"_s, 3);
        object.set(u"c"_s, 4);
        QCOMPARE(toCompactJson(object), R"({"b":3,"a":2,"c":4})");
        object.remove(u"a");
        object.remove(u"absent");
        QCOMPARE(toCompactJson(object), R"({"b":3,"c":4})");
        QVERIFY(object.find(u"c"));
        QVERIFY(!object.find(u"C"));
        QVERIFY(JsonObject().isEmpty());
    }

    void theOrderOfMembersCounts()
    {
        QVERIFY(parsed(R"({"a":1,"b":2})") == parsed(R"({ "a": 1, "b": 2 })"));
        QVERIFY(!(parsed(R"({"a":1,"b":2})") == parsed(R"({"b":2,"a":1})")));
    }

    void namesItsTypes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("type");
        QTest::newRow("null") << QByteArray("null") << u"null"_s;
        QTest::newRow("boolean") << QByteArray("true") << u"a boolean"_s;
        QTest::newRow("integer") << QByteArray("1") << u"a number"_s;
        QTest::newRow("fraction") << QByteArray("1.5") << u"a number"_s;
        QTest::newRow("string") << QByteArray("\"\"") << u"a string"_s;
        QTest::newRow("array") << QByteArray("[]") << u"an array"_s;
        QTest::newRow("object") << QByteArray("{}") << u"an object"_s;
    }

    void namesItsTypes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, type);
        QCOMPARE(parsed(text).typeName(), type);
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::JsonTest)
#include "json-test.moc"
