// The claims of a token with their meanings.
#include "core/json.h"
#include "jose/claim-meanings.h"
#include "pages/token/claims-model.h"
#include "style/colors.h"
#include "widgets/words-filter.h"

#include <QAbstractItemModelTester>
#include <QBrush>
#include <QColor>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using jose::ClaimMeanings;
using pages::ClaimsModel;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const jose::ClaimContext context{u"https://login.example.com/tenant/v2.0"_s, u"api-id"_s, u"client-id"_s};
const TimePoint now{seconds(1'795'446'480)};

ClaimMeanings english() { return ClaimMeanings::forLocale(QLocale(QLocale::English)); }

Json text(const QString &value) { return Json(value); }

} // namespace

class ClaimsModelTest : public QObject
{
    Q_OBJECT

private:
    static QColor ink(const ClaimsModel &model, int row)
    {
        return model.index(row, ClaimsModel::meaningColumn).data(Qt::ForegroundRole).value<QBrush>().color();
    }

    static bool isEmphasised(const ClaimsModel &model, int row)
    {
        return model.index(row, ClaimsModel::meaningColumn).data(Qt::FontRole).isValid();
    }

private Q_SLOTS:
    void keepsTheRulesOfItemModels()
    {
        ClaimsModel model(english());
        widgets::WordsFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.showClaims(JsonObject{{u"aud"_s, text(u"api-id"_s)}, {u"exp"_s, Json(1'795'449'600)}}, context, now);
        model.updateTimes(now + minutes(1));
        filter.setSearch(u"api"_s);
        model.showHeader(JsonObject{{u"alg"_s, text(u"RS256"_s)}});
        model.clear();
        QCOMPARE(model.rowCount(), 0);
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

    void emphasisesWhatSpeaksAgainstTheToken()
    {
        ClaimsModel model(english());
        model.showClaims(JsonObject{{u"exp"_s, Json(std::int64_t{1'795'446'480 + 60})},
                                    {u"ver"_s, text(u"1.0"_s)},
                                    {u"tid"_s, text(u"1.0"_s)}},
                         context, now);
        QCOMPARE(ink(model, 0), style::color(style::Role::muted));
        QVERIFY(!isEmphasised(model, 0));
        QCOMPARE(ink(model, 1), style::color(style::Role::warn));
        QVERIFY(isEmphasised(model, 1));
        QVERIFY(!isEmphasised(model, 2));
        model.updateTimes(now + seconds(60));
        QVERIFY(model.index(0, ClaimsModel::meaningColumn).data().toString().startsWith("Expired today "_L1));
        QCOMPARE(ink(model, 0), style::color(style::Role::bad));
        QVERIFY(isEmphasised(model, 0));
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

    void showsNumbersAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("number");
        for (const char *number : {"9007199254740993", "18446744073709551617", "-9223372036854775809", "1e5", "1E2",
                                   "1.50", "1.0", "-0", "-0.0", "0.1000000000000000055511151231257827"})
            QTest::newRow(number) << QString::fromLatin1(number);
    }
    void showsNumbersAsTheyAreWritten()
    {
        QFETCH(QString, number);
        ClaimsModel model(english());
        const Result<JsonObject> claims =
            parseJsonObject((u"{\"n\":"_s + number + u",\"list\":["_s + number + u",1]}"_s).toUtf8());
        QVERIFY(claims);
        model.showClaims(*claims, context, now);
        QCOMPARE(value(model, 0), number);
        QCOMPARE(value(model, 1), u'[' + number + u",1]"_s);
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
        widgets::WordsFilter filter;
        filter.setSourceModel(&model);
        model.showClaims(JsonObject{{u"scp"_s, text(u"Books.Read"_s)},
                                    {u"roles"_s, Json(JsonArray{text(u"Books.Reader"_s)})},
                                    {u"name"_s, text(u"Riley"_s)}},
                         context, now);
        filter.setSearch(search);
        QTEST(filter.rowCount(), "rows");
    }

private:
    static QString value(const ClaimsModel &model, int row)
    {
        return model.index(row, ClaimsModel::valueColumn).data().toString();
    }
};

QTEST_MAIN(ClaimsModelTest)
#include "claims-model-test.moc"
