#include "core/errors.h"
#include "identity/advice-data.h"
#include "identity/advice-texts.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

/// A file with this one entry for the number 1.
QByteArray fileWith(const QByteArray &entry)
{
    return R"({"aadsts": {"1": {)" + entry + R"(}}, "errors": {}, "suberrors": {}})";
}

/// Every name that a text may have a place for.
const AdvicePlaces &allPlaces()
{
    static const AdvicePlaces all =
        placesFor({u"o"_s, u"t"_s, u"c"_s, u"a"_s, u"r"_s, {u"s"_s}, u"l"_s}, u"u"_s, u"u"_s);
    return all;
}

} // namespace

class AdviceDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheNumbersAndErrorsOfTheField_data()
    {
        QTest::addColumn<QStringList>("known");
        QTest::addColumn<QStringList>("expected");
        const AdviceData data = AdviceData::forLocale();
        QTest::newRow("numbers that people meet most")
            << QStringList(data.numbers().keys())
            << u"50011 7000218 700025 9002327 700016 90002 70007 90009 700022 50194 50020 50105 65001 65004 90094 "
               "650053 500011 70011 50076 50079 53003 53000 53001 700082 70043 50173 54005 501481 50196 50034 50053 "
               "50055 50057 50058 50126 50140 53002 90095 7000112 7000215"_s.split(u' ');
        QTest::newRow("RFC 6749")
            << QStringList(data.errors().keys())
            << u"invalid_request unauthorized_client access_denied unsupported_response_type invalid_scope "
               u"server_error "
               "temporarily_unavailable invalid_client invalid_grant unsupported_grant_type"_s.split(u' ');
        QTest::newRow("OpenID Connect Core")
            << QStringList(data.errors().keys())
            << u"interaction_required login_required account_selection_required consent_required invalid_request_uri "
               "invalid_request_object request_not_supported request_uri_not_supported registration_not_supported"_s
                   .split(u' ');
        QTest::newRow("RFC 8628, and Entra's names for it")
            << QStringList(data.errors().keys())
            << u"authorization_pending slow_down expired_token authorization_declined bad_verification_code"_s.split(
                   u' ');
        QTest::newRow("Entra's suberrors")
            << QStringList(data.suberrors().keys())
            << u"bad_token consent_required message_only basic_action additional_action token_expired client_mismatch "
               "protection_policy_required user_password_expired"_s.split(u' ');
    }

    void knowsTheNumbersAndErrorsOfTheField()
    {
        QFETCH(const QStringList, known);
        QFETCH(const QStringList, expected);
        for (const QString &name : expected)
            QVERIFY2(known.contains(name), qPrintable(name));
    }

    void aLanguageIsReadOnce()
    {
        const AdviceData first = AdviceData::forLocale();
        const AdviceData second = AdviceData::forLocale();
        QVERIFY(first.findNumber(u"50011"_s));
        QVERIFY2(first.findNumber(u"50011"_s) == second.findNumber(u"50011"_s), "the entries are shared");
    }

    void eachLanguageHasItsOwn()
    {
        const QString english = AdviceData::forLocale().findNumber(u"50011"_s)->headline;
        QCOMPARE(AdviceData::forLocale(QLocale(u"gsw_CH"_s)).findNumber(u"50011"_s)->headline, u"Adrässe fählt"_s);
        QCOMPARE(AdviceData::forLocale().findNumber(u"50011"_s)->headline, english);
    }

    void knowsManyNumbers() { QVERIFY(AdviceData::forLocale().numbers().size() >= 60); }

    void saysEverythingOnEach_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("key");
        const AdviceData data = AdviceData::forLocale();
        for (const QString &key : data.numbers().keys())
            QTest::addRow("AADSTS%s", qPrintable(key)) << u"aadsts"_s << key;
        for (const QString &key : data.errors().keys())
            QTest::addRow("error %s", qPrintable(key)) << u"errors"_s << key;
        for (const QString &key : data.suberrors().keys())
            QTest::addRow("suberror %s", qPrintable(key)) << u"suberrors"_s << key;
    }

    void saysEverythingOnEach()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, key);
        const AdviceData data = AdviceData::forLocale();
        const AdviceData::Entries &entries = kind == "aadsts"_L1   ? data.numbers()
                                             : kind == "errors"_L1 ? data.errors()
                                                                   : data.suberrors();
        const Advice advice = entries.value(key);
        QVERIFY(!advice.headline.isEmpty() && !advice.headline.endsWith(u'.'));
        QVERIFY(advice.meaning.endsWith(u'.') && advice.remedy.endsWith(u'.'));
        QVERIFY(!advice.sites.empty());
        QCOMPARE(advice.ask.isEmpty(), advice.actor != AdviceActor::administrator);
        QVERIFY(filledIn(advice.why + advice.ask, allPlaces()));
        QVERIFY(!(advice.headline + advice.meaning + advice.remedy).contains(u'{'));
        // The card, a banner and the command line show it, each in a place of its own.
        static const QRegularExpression place(u"\\b(?:below|above|shown here)\\b"_s);
        QVERIFY2(!(advice.meaning + advice.remedy + advice.why).contains(place), qPrintable(advice.remedy));
    }

    void refusesAWrongFile_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("code");
        const QByteArray texts = R"("headline": "h", "meaning": "m", "advice": "a")";
        const auto row = [](const char *name, const QByteArray &entry, const QString &code) {
            QTest::newRow(name) << entry << code;
        };
        row("good", R"("tags": ["user", "browser", "page"], )" + texts, {});
        row("nobody acts", R"("tags": ["nobody", "browser", "page"], )" + texts, u"json.wrong-type"_s);
        row("no such place", R"("tags": ["user", "moon", "page"], )" + texts, u"json.wrong-type"_s);
        row("no such site", R"("tags": ["user", "browser", "page", "moon"], )" + texts, u"json.wrong-type"_s);
        row("shows nowhere", R"("tags": ["user", "browser"], )" + texts, u"json.wrong-type"_s);
        row("no headline", R"("tags": ["user", "browser", "page"], "meaning": "m", "advice": "a")",
            u"json.member-missing"_s);
        row("something else", R"("tags": ["user", "browser", "page"], "more": "x", )" + texts,
            u"json.member-unknown"_s);
    }

    void refusesAWrongFile()
    {
        QFETCH(const QByteArray, entry);
        const Result<AdviceData> data = AdviceData::read(fileWith(entry));
        QTEST(data ? QString() : data.error().code.toString(), "code");
    }
};

QTEST_GUILESS_MAIN(AdviceDataTest)
#include "advice-data-test.moc"
