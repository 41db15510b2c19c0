// The claims of a token with their meanings, and the texts that say what they mean.
#include "core/json.h"
#include "pages/token/claim-meanings.h"
#include "pages/token/claims-filter.h"
#include "pages/token/claims-model.h"
#include "pages/token/time-text.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::ClaimMeanings;
using pages::ClaimsModel;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const pages::ClaimContext context{u"https://login.example.com/tenant/v2.0"_s, u"api-id"_s, u"client-id"_s};
const TimePoint now{seconds(1'795'446'480)};

ClaimMeanings english() { return ClaimMeanings::forLocale(QLocale(QLocale::English)); }

Json text(const QString &value) { return Json(value); }

Result<JsonObject> textsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return parseJsonObject(file.readAll());
}

} // namespace

class ClaimsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulesOfItemModels()
    {
        ClaimsModel model(english());
        pages::ClaimsFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.showClaims(JsonObject{{u"aud"_s, text(u"api-id"_s)}, {u"exp"_s, Json(1'795'449'600)}}, context, now);
        model.updateTimes(now + minutes(1));
        filter.setSearch(u"api"_s);
        model.showHeader(JsonObject{{u"alg"_s, text(u"RS256"_s)}});
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void saysWhatAClaimMeans_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("the API's audience") << u"aud"_s << u"\"api-id\""_s << u"For the books API"_s;
        QTest::newRow("among several audiences") << u"aud"_s << u"[\"x\",\"api-id\"]"_s << u"For the books API"_s;
        QTest::newRow("our own audience")
            << u"aud"_s << u"\"client-id\""_s << u"For Bookdesk, the app that signs you in"_s;
        QTest::newRow("Microsoft Graph") << u"aud"_s << u"\"00000003-0000-0000-c000-000000000000\""_s
                                         << u"For Microsoft Graph, not for this API"_s;
        QTest::newRow("a v1 audience") << u"aud"_s << u"\"api://api-id\""_s
                                       << u"The API, named by its App ID URI as v1 tokens do"_s;
        QTest::newRow("somebody else's audience")
            << u"aud"_s << u"\"other\""_s << u"For somebody else: not the audience of this connection"_s;
        QTest::newRow("the tenant") << u"iss"_s << u"\"https://login.example.com/tenant/v2.0\""_s
                                    << u"Issued by the tenant of this connection, v2 token"_s;
        QTest::newRow("a v1 issuer") << u"iss"_s << u"\"https://sts.windows.net/t/\""_s
                                     << u"The v1 issuer of a tenant"_s;
        QTest::newRow("our own app") << u"azp"_s << u"\"client-id\""_s << u"The app that asked: Bookdesk"_s;
        QTest::newRow("another app") << u"azp"_s << u"\"other\""_s << u"The app that asked for the token"_s;
        QTest::newRow("version 1") << u"ver"_s << u"\"1.0\""_s << u"A v1 token: decided by the API's registration"_s;
        QTest::newRow("a version of the future") << u"ver"_s << u"\"3.0\""_s << u"Version of the token's format"_s;
        QTest::newRow("a date that is none") << u"exp"_s << u"\"soon\""_s << u"Expires"_s;
        QTest::newRow("a date beyond the clock") << u"exp"_s << u"1e300"_s << u"Expires"_s;
        QTest::newRow("nobody knows") << u"made_up"_s << u"1"_s << QString();
    }
    void saysWhatAClaimMeans()
    {
        QFETCH(QString, name);
        QFETCH(QString, json);
        QFETCH(QString, meaning);
        const Result<Json> value = parseJson(json.toUtf8());
        QVERIFY(value.has_value());
        QCOMPARE(english().claim(name, *value, context, now), meaning);
    }

    void namesTimesAsPeopleDo()
    {
        const Json exp(std::int64_t{1'795'446'480 + 52 * 60});
        const QString meaning = english().claim(u"exp"_s, exp, context, now);
        QVERIFY2(meaning.startsWith("Expires today "_L1), qPrintable(meaning));
        QVERIFY2(meaning.endsWith(", in 52 min"_L1), qPrintable(meaning));
    }

    void updatesTimesAsTheyPass()
    {
        ClaimsModel model(english());
        model.showClaims(JsonObject{{u"exp"_s, Json(std::int64_t{1'795'446'480 + 60})}}, context, now);
        const QModelIndex meaning = model.index(0, ClaimsModel::meaningColumn);
        QVERIFY(meaning.data().toString().endsWith("in 1 min"_L1));
        model.updateTimes(now + seconds(90));
        QVERIFY(meaning.data().toString().endsWith("30 s ago"_L1));
    }

    void theHeadersMembersAreNoClaims()
    {
        ClaimsModel model(english());
        model.showHeader(JsonObject{{u"exp"_s, Json(std::int64_t{1'795'446'480 + 60})}});
        const QString meaning = model.index(0, ClaimsModel::meaningColumn).data().toString();
        model.updateTimes(now + seconds(90));
        QCOMPARE(model.index(0, ClaimsModel::meaningColumn).data().toString(), meaning);
    }

    void showsWholeValuesSafely()
    {
        ClaimsModel model(english());
        const QString longValue = QString(500, u'x');
        model.showClaims(JsonObject{{u"a"_s, text(longValue)},
                                    {u"b"_s, text(u"<b>\u202E</b>"_s)},
                                    {u"roles"_s, Json(JsonArray{text(u"Books.Reader"_s)})},
                                    {u"n"_s, Json(nullptr)}},
                         context, now);
        QCOMPARE(value(model, 0), longValue);
        QCOMPARE(value(model, 1), u"<b>\\u{202E}</b>"_s);
        QCOMPARE(value(model, 2), u"[\"Books.Reader\"]"_s);
        QCOMPARE(value(model, 3), u"null"_s);
    }

    void unknownClaimsAreNamedForScreenReaders()
    {
        ClaimsModel model(english());
        model.showClaims(JsonObject{{u"made_up"_s, Json(1)}}, context, now);
        QVERIFY(!model.index(0, ClaimsModel::meaningColumn).data(Qt::AccessibleTextRole).toString().isEmpty());
    }

    void findsNamesValuesAndMeanings_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("rows");
        QTest::newRow("all") << QString() << 3;
        QTest::newRow("a name") << u"SCP"_s << 1;
        QTest::newRow("a value") << u"books.reader"_s << 1;
        QTest::newRow("a meaning") << u"display"_s << 1;
        QTest::newRow("none") << u"nothing of the kind"_s << 0;
    }
    void findsNamesValuesAndMeanings()
    {
        QFETCH(QString, search);
        ClaimsModel model(english());
        pages::ClaimsFilter filter;
        filter.setSourceModel(&model);
        model.showClaims(JsonObject{{u"scp"_s, text(u"Books.Read"_s)},
                                    {u"roles"_s, Json(JsonArray{text(u"Books.Reader"_s)})},
                                    {u"name"_s, text(u"Riley"_s)}},
                         context, now);
        filter.setSearch(search);
        QTEST(filter.rowCount(), "rows");
    }

    void everyLanguageDescribesTheSameClaims()
    {
        const QDir folder(QStringLiteral(BOOKDESK_SOURCE_DIR "/resources/claims"));
        const Result<JsonObject> reference = textsOf(folder.filePath(u"en.json"_s));
        QVERIFY(reference.has_value());
        for (const QString &name : folder.entryList({u"*.json"_s})) {
            const Result<JsonObject> texts = textsOf(folder.filePath(name));
            QVERIFY2(texts.has_value(), qPrintable(name));
            QCOMPARE(texts->members().size(), reference->members().size());
            for (const auto &[claim, meaning] : texts->members()) {
                const Json *english = reference->find(claim);
                QVERIFY2(english && meaning.asString() && !meaning.asString()->isEmpty(), qPrintable(name + claim));
                QCOMPARE(meaning.asString()->contains("%1"_L1), english->asString()->contains("%1"_L1));
            }
        }
    }

    void unknownLanguagesGetEnglish()
    {
        const ClaimMeanings meanings = ClaimMeanings::forLocale(QLocale(QLocale::Icelandic));
        QCOMPARE(meanings.headerMember(u"alg"_s), english().headerMember(u"alg"_s));
        QVERIFY(!meanings.headerMember(u"alg"_s).isEmpty());
    }

    void namesDays()
    {
        QVERIFY(pages::momentText(now - std::chrono::hours(24), now).startsWith("yesterday "_L1));
        QVERIFY(pages::momentText(now + std::chrono::hours(24), now).startsWith("tomorrow "_L1));
        QVERIFY(pages::momentText(now - std::chrono::hours(24 * 12), now).endsWith(", 12 days ago"_L1));
    }

private:
    static QString value(const ClaimsModel &model, int row)
    {
        return model.index(row, ClaimsModel::valueColumn).data().toString();
    }
};

QTEST_MAIN(ClaimsModelTest)
#include "claims-model-test.moc"
