// How an API reads an object in which a name occurs twice, if it believes the first.
#include "sandbox/first-members.h"

#include <QTest>

using bookdesk::sandbox::firstMembers;

class FirstMembersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheFirst_data();
    void keepsTheFirst();
};

void FirstMembersTest::keepsTheFirst_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("kept");
    const auto add = [](const char *name, const char *json, const char *kept) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(kept);
    };
    add("nothing twice", R"({"a":1,"b":2})", R"({"a":1,"b":2})");
    add("twice", R"({"a":1,"b":2,"a":3})", R"({"a":1,"b":2})");
    add("commas and braces in strings", R"({"a":"x,}{[","a":"\",","b":1})", R"({"a":"x,}{[","b":1})");
    add("names within", R"({"a":{"b":1,"c":[1,2]},"b":2,"c":[{"a":1}]})",
        R"({"a":{"b":1,"c":[1,2]},"b":2,"c":[{"a":1}]})");
    add("no object", "[1,1]", "[1,1]");
}

void FirstMembersTest::keepsTheFirst()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, kept);
    QCOMPARE(firstMembers(json), kept);
}

QTEST_GUILESS_MAIN(FirstMembersTest)
#include "first-members-test.moc"
