#include "core/errors.h"
#include "core/object-reader.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk {
namespace {

JsonObject object(const QByteArray &text)
{
    const Result<JsonObject> parsed = parseJsonObject(text);
    if (!parsed)
        qFatal("The test's JSON is not valid: %s", text.constData());
    return *parsed;
}

const QString what = u"The connection file"_s;

} // namespace

class ObjectReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMembersOfEveryType()
    {
        const JsonObject json = object(R"({"s":"text","l":["a","b"],"o":{"x":1},"a":[1,"b"]})");
        ObjectReader reader(json, what);
        QCOMPARE(reader.string(u"s"_s), u"text"_s);
        QCOMPARE(reader.strings(u"l"_s), QStringList({u"a"_s, u"b"_s}));
        QVERIFY(reader.object(u"o"_s) && reader.object(u"o"_s)->find(u"x"));
        QVERIFY(reader.array(u"a"_s) && reader.array(u"a"_s)->size() == 2);
        QVERIFY(reader.has(u"s"_s));
        QVERIFY(!reader.has(u"z"_s));
        QVERIFY(reader.finish());
        QVERIFY(reader.finishStrictly());
    }

    void optionalMembersMayBeAbsentOrNull()
    {
        const JsonObject json = object(R"({"s":null,"t":"text"})");
        ObjectReader reader(json, what);
        QVERIFY(!reader.optionalString(u"s"_s));
        QVERIFY(!reader.optionalString(u"absent"_s));
        QVERIFY(reader.optionalString(u"t"_s) == u"text"_s);
        QVERIFY(reader.finishStrictly());
    }

    void namesMemberAndType_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const QByteArray &text, const QString &type, const QString &message) {
            QTest::newRow(name) << text << type << message;
        };
        row("a missing string", "{}", u"string"_s, u"The connection file: the member \"m\" is missing."_s);
        row("missing strings", "{}", u"strings"_s, u"The connection file: the member \"m\" is missing."_s);
        row("a missing object", "{}", u"object"_s, u"The connection file: the member \"m\" is missing."_s);
        row("a missing array", "{}", u"array"_s, u"The connection file: the member \"m\" is missing."_s);
        row("a number for a string", R"({"m":7})", u"string"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: a string. Found: a number."_s);
        row("null for a string", R"({"m":null})", u"string"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: a string. Found: null."_s);
        row("a string for strings", R"({"m":"a"})", u"strings"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: an array of strings. Found: a string."_s);
        row("a number among strings", R"({"m":["a",1]})", u"strings"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: an array of strings. Found: an array."_s);
        row("an array for an object", R"({"m":[]})", u"object"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: an object. Found: an array."_s);
        row("an object for an array", R"({"m":{}})", u"array"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: an array. Found: an object."_s);
        row("a boolean for an optional string", R"({"m":true})", u"optionalString"_s,
            u"The connection file: the member \"m\" has the wrong type. Expected: a string. Found: a boolean."_s);
    }

    void namesMemberAndType()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, type);
        QFETCH(QString, message);
        const JsonObject json = object(text);
        ObjectReader reader(json, what);
        QVERIFY(readsNothing(reader, type));
        const Result<void> finished = reader.finish();
        QVERIFY(!finished);
        QCOMPARE(finished.error().message, message);
        QVERIFY(finished.error().code == (json.isEmpty() ? errors::jsonMemberMissing : errors::jsonWrongType));
        QVERIFY(!reader.finishStrictly());
    }

    void reportsTheFirstMistake()
    {
        const JsonObject json = object(R"({"a":1,"c":2})");
        ObjectReader reader(json, what);
        QCOMPARE(reader.string(u"a"_s), QString());
        QCOMPARE(reader.string(u"b"_s), QString());
        const Result<void> finished = reader.finishStrictly();
        QVERIFY(!finished);
        QVERIFY(finished.error().code == errors::jsonWrongType);
        QVERIFY(finished.error().message.contains(u"\"a\""_s));
    }

    void refusesUnknownMembersWhereAskedTo()
    {
        const JsonObject json = object(R"({"a":"x","odd\u202E":1})");
        ObjectReader reader(json, what);
        QCOMPARE(reader.string(u"a"_s), u"x"_s);
        QVERIFY(reader.finish());
        const Result<void> finished = reader.finishStrictly();
        QVERIFY(!finished);
        QVERIFY(finished.error().code == errors::jsonMemberUnknown);
        QVERIFY(finished.error().message.contains(u"odd\\u{202E}"_s));
    }

private:
    static bool readsNothing(ObjectReader &reader, const QString &type)
    {
        const QString name = u"m"_s;
        if (type == "string"_L1)
            return reader.string(name).isEmpty();
        if (type == "strings"_L1)
            return reader.strings(name).isEmpty();
        if (type == "object"_L1)
            return !reader.object(name);
        if (type == "array"_L1)
            return !reader.array(name);
        return reader.optionalString(name).value_or(QString()).isEmpty();
    }
};

} // namespace bookdesk

QTEST_GUILESS_MAIN(bookdesk::ObjectReaderTest)
#include "object-reader-test.moc"
