#include "identity/cache-headers.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

constexpr int nothing = -1;

int lifetimeOf(const net::Headers &headers)
{
    const std::optional<std::chrono::seconds> lifetime = readCacheHeaders(headers).lifetime;
    return lifetime ? static_cast<int>(lifetime->count()) : nothing;
}

} // namespace

class CacheHeadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCacheControl_data();
    void readsCacheControl();
    void takesTheShortestOfSeveralHeaders();
    void subtractsTheAge_data();
    void subtractsTheAge();
    void readsEntityTags_data();
    void readsEntityTags();
    void comparesEntityTagsWeakly();
};

void CacheHeadersTest::readsCacheControl_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds");
    QTest::newRow("max-age") << "max-age=600"_ba << 600;
    QTest::newRow("among others") << "public, max-age=600, must-revalidate, no-transform"_ba << 600;
    QTest::newRow("in any case") << "Public,MAX-AGE=600"_ba << 600;
    QTest::newRow("in quotes") << "max-age=\"600\""_ba << 600;
    QTest::newRow("with spaces and tabs around") << " \t,, max-age=600 ,\t"_ba << 600;
    QTest::newRow("zero") << "max-age=0"_ba << 0;
    QTest::newRow("twice: the shorter, first") << "max-age=60, max-age=600"_ba << 60;
    QTest::newRow("twice: the shorter, last") << "max-age=600, max-age=60"_ba << 60;
    QTest::newRow("the largest that is counted") << "max-age=2147483647"_ba << 2147483647;
    QTest::newRow("beyond counting") << "max-age=99999999999999999999999999"_ba << 2147483647;
    QTest::newRow("no-store") << "no-store, max-age=600"_ba << 0;
    QTest::newRow("no-cache") << "max-age=600, No-Cache"_ba << 0;
    QTest::newRow("no-cache for single headers") << "no-cache=\"Set-Cookie\", max-age=600"_ba << 600;
    QTest::newRow("within another's quotes") << "x=\"a, max-age=5, \\\", no-store\", max-age=600"_ba << 600;
    QTest::newRow("quotes without an end") << "max-age=600, x=\"a, max-age=5"_ba << 600;
    QTest::newRow("a backslash at the end") << "max-age=600, x=\"\\"_ba << 600;

    QTest::newRow("empty") << ""_ba << nothing;
    QTest::newRow("only commas") << ",,,"_ba << nothing;
    QTest::newRow("for shared caches") << "s-maxage=60"_ba << nothing;
    QTest::newRow("something else") << "public, immutable, x-max-age=60, max-age-x=60"_ba << nothing;
    QTest::newRow("without a value") << "max-age"_ba << nothing;
    QTest::newRow("with an empty value") << "max-age="_ba << nothing;
    QTest::newRow("with empty quotes") << "max-age=\"\""_ba << nothing;
    QTest::newRow("negative") << "max-age=-1"_ba << nothing;
    QTest::newRow("with a plus") << "max-age=+60"_ba << nothing;
    QTest::newRow("with a fraction") << "max-age=1.5"_ba << nothing;
    QTest::newRow("with an exponent") << "max-age=1e3"_ba << nothing;
    QTest::newRow("hexadecimal") << "max-age=0x10"_ba << nothing;
    QTest::newRow("with a unit") << "max-age=60s"_ba << nothing;
    QTest::newRow("words") << "max-age=soon"_ba << nothing;
    QTest::newRow("with a space within") << "max-age=6 0"_ba << nothing;
    QTest::newRow("with spaces at the equals sign") << "max-age = 60"_ba << nothing;
    QTest::newRow("with half the quotes") << "max-age=\"60"_ba << nothing;
    QTest::newRow("other digits") << "max-age=\xd9\xa6\xd9\xa0"_ba << nothing;
    QTest::newRow("separated by semicolons") << "public; max-age=60"_ba << nothing;
    QTest::newRow("malformed, then well") << "max-age=soon, max-age=60"_ba << 60;
}

void CacheHeadersTest::readsCacheControl()
{
    QFETCH(const QByteArray, value);
    QTEST(lifetimeOf({{"cache-control"_ba, value}}), "seconds");
}

void CacheHeadersTest::takesTheShortestOfSeveralHeaders()
{
    QCOMPARE(lifetimeOf({}), nothing);
    QCOMPARE(lifetimeOf({{"Cache-Control"_ba, "max-age=600"_ba}, {"CACHE-CONTROL"_ba, "max-age=60"_ba}}), 60);
    QCOMPARE(lifetimeOf({{"Expires"_ba, "0"_ba}, {"Pragma"_ba, "no-cache"_ba}}), nothing);
}

void CacheHeadersTest::subtractsTheAge_data()
{
    QTest::addColumn<QByteArray>("age");
    QTest::addColumn<int>("seconds");
    QTest::newRow("young") << "0"_ba << 600;
    QTest::newRow("older") << "500"_ba << 100;
    QTest::newRow("of two the first") << "500, 20"_ba << 100;
    QTest::newRow("as old as it may be") << "600"_ba << 0;
    QTest::newRow("older than it may be") << "601"_ba << 0;
    QTest::newRow("beyond counting") << "99999999999999999999999999"_ba << 0;
    QTest::newRow("negative") << "-500"_ba << 600;
    QTest::newRow("words") << "old"_ba << 600;
    QTest::newRow("empty") << ""_ba << 600;
}

void CacheHeadersTest::subtractsTheAge()
{
    QFETCH(const QByteArray, age);
    QTEST(lifetimeOf({{"Cache-Control"_ba, "max-age=600"_ba}, {"Age"_ba, age}}), "seconds");
    QCOMPARE(lifetimeOf({{"Age"_ba, age}}), nothing);
}

void CacheHeadersTest::readsEntityTags_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("tag");
    QTest::newRow("strong") << "\"a-1\""_ba
                            << "\"a-1\""_ba;
    QTest::newRow("weak") << "W/\"a-1\""_ba
                          << "W/\"a-1\""_ba;
    QTest::newRow("empty within its quotes") << "\"\""_ba
                                             << "\"\""_ba;
    QTest::newRow("with spaces around") << " \"a\"\t"_ba
                                        << "\"a\""_ba;
    QTest::newRow("with other bytes") << "\"!#\xc3\xa4~\""_ba
                                      << "\"!#\xc3\xa4~\""_ba;
    QTest::newRow("as long as may be") << '"' + QByteArray(510, 'a') + '"' << '"' + QByteArray(510, 'a') + '"';

    QTest::newRow("none") << ""_ba
                          << ""_ba;
    QTest::newRow("without quotes") << "a-1"_ba
                                    << ""_ba;
    QTest::newRow("half the quotes") << "\"a-1"_ba
                                     << ""_ba;
    QTest::newRow("one quote") << "\""_ba
                               << ""_ba;
    QTest::newRow("weak in the wrong case") << "w/\"a\""_ba
                                            << ""_ba;
    QTest::newRow("weak without quotes") << "W/a"_ba
                                         << ""_ba;
    QTest::newRow("a quote within") << "\"a\"b\""_ba
                                    << ""_ba;
    QTest::newRow("two") << "\"a\", \"b\""_ba
                         << ""_ba;
    QTest::newRow("a space within") << "\"a b\""_ba
                                    << ""_ba;
    QTest::newRow("a line end within") << "\"a\r\nX: y\""_ba
                                       << ""_ba;
    QTest::newRow("a control character within") << "\"a\x7f\""_ba
                                                << ""_ba;
    QTest::newRow("too long") << '"' + QByteArray(511, 'a') + '"' << ""_ba;
}

void CacheHeadersTest::readsEntityTags()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, tag);
    QCOMPARE(readCacheHeaders({{"etag"_ba, value}}).entityTag, tag);
}

void CacheHeadersTest::comparesEntityTagsWeakly()
{
    QVERIFY(areSameEntity("\"a\"", "\"a\""));
    QVERIFY(areSameEntity("W/\"a\"", "\"a\""));
    QVERIFY(areSameEntity("\"a\"", "W/\"a\""));
    QVERIFY(!areSameEntity("\"a\"", "\"b\""));
    QVERIFY(!areSameEntity("\"a\"", "\"A\""));
}

QTEST_APPLESS_MAIN(CacheHeadersTest)
#include "cache-headers-test.moc"
