// The texts are shaped like Entra's pages; all IDs and names are made up.
#include "identity/browser-page.h"

#include <QElapsedTimer>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

const QString requestId = u"9f41c6a2-7be0-4d53-b1c8-5e02d7a36f00"_s;
const QString correlationId = u"4fa5e68b-d448-4c69-add6-f53788652c6f"_s;
const QString appId = u"0d442b19-6e7f-4c83-a5d0-3391c8e777aa"_s;
const QString when = u"2026-11-26T13:26:41Z"_s;

QStringList marked(const BrowserPage &page, PageMarkKind kind)
{
    QStringList texts;
    for (const PageMark &mark : page.marks) {
        if (mark.kind == kind)
            texts += page.text.sliced(mark.place.begin, mark.place.end - mark.place.begin);
    }
    return texts;
}

} // namespace

class BrowserPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPagesOfAnyLanguage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("user");
        const QString ids = u"Request Id: %1\nCorrelation Id: %2\nTimestamp: %3"_s.arg(requestId, correlationId, when);
        const QString sentence = u"AADSTS50105: Your administrator has configured the application Bookdesk ('%1') to "
                                 "block users. The signed in user 'riley@contoso.com' is blocked.\n\n"_s.arg(appId);
        QTest::newRow("English") << sentence + ids << u"50105"_s << u"riley@contoso.com"_s;
        QTest::newRow("German, in typographic quotation marks")
            << u"Anmelden\nEs gibt leider ein Problem bei der Anmeldung.\n\nAADSTS50105: Ihr Administrator hat die "
               "Anwendung Bookdesk („%1“) … Der Benutzer „riley@contoso.com“ …\n\nAnforderungs-ID: %2\n"
               "Korrelations-ID: %3\nZeitstempel: %4"_s.arg(appId, requestId, correlationId, when)
            << u"50105"_s << u"riley@contoso.com"_s;
        QTest::newRow("French, correlation first")
            << u"AADSTS700016: L'application avec l'identificateur « %1 » …\nID de corrélation : %3\nID de la demande "
               ": %2\nHorodatage : %4"_s.arg(appId, requestId, correlationId, when)
            << u"700016"_s << QString();
        QTest::newRow("Japanese, by the order of the IDs")
            << u"AADSTS50011: 要求で指定されたリダイレクト URI が… アプリケーション '%1'\n要求 ID: %2\n関連付け ID: "
               u"%3\n"
               "タイムスタンプ: %4"_s.arg(appId, requestId, correlationId, when)
            << u"50011"_s << QString();
        QTest::newRow("Arabic, with marks of direction")
            << u"\u202BAADSTS\u200E90002: …\nمعرف الطلب： %1\nمعرف الارتباط: %2\n%3"_s.arg(requestId, correlationId,
                                                                                           when)
            << u"90002"_s << QString();
        QTest::newRow("the description of a redirect")
            << u"AADSTS65004: User declined. Trace ID: %1 Correlation ID: %2 Timestamp: %3"_s.arg(requestId,
                                                                                                  correlationId, when)
            << u"65004"_s << QString();
        QTest::newRow("a token endpoint's JSON")
            << uR"({"error":"invalid_grant","error_description":"AADSTS700082: …","timestamp":"%3","trace_id":"%1","correlation_id":"%2"})"_s
                   .arg(requestId, correlationId, when)
            << u"700082"_s << QString();
        QTest::newRow("several numbers") << u"AADSTS50058: …\nAADSTS50011: …\n"_s + ids << u"50058"_s << QString();
        QTest::newRow("in lower case") << u"aadsts50011\r\n"_s + ids << u"50011"_s << QString();
        QTest::newRow("none") << u"Something went wrong.\n"_s + ids << QString() << QString();
        QTest::newRow("too long for one") << u"AADSTS12345678901\n"_s + ids << QString() << QString();
    }

    void readsPagesOfAnyLanguage()
    {
        QFETCH(const QString, text);
        const BrowserPage page = readBrowserPage(text);
        QTEST(page.error.aadsts, "number");
        QTEST(page.user, "user");
        QCOMPARE(page.error.traceId, requestId);
        QCOMPARE(page.error.correlationId, correlationId);
        QCOMPARE(page.error.timestamp, when);
        QCOMPARE(page.text, text);
        QCOMPARE(marked(page, PageMarkKind::correlationId), QStringList{correlationId});
        QVERIFY(std::ranges::is_sorted(page.marks, {}, [](const PageMark &mark) { return mark.place.begin; }));
    }

    void readsANumberThatStandsAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("number");
        QTest::newRow("five digits") << u"50105"_s << u"50105"_s;
        QTest::newRow("the shortest") << u"1234"_s << u"1234"_s;
        QTest::newRow("the longest") << u"7000218"_s << u"7000218"_s;
        QTest::newRow("with the end of a line") << u" 50105\r\n"_s << u"50105"_s;
        QTest::newRow("too short") << u"401"_s << QString();
        QTest::newRow("too long") << u"12345678"_s << QString();
        QTest::newRow("with words") << u"Error 50105"_s << QString();
        QTest::newRow("two") << u"50105 50011"_s << QString();
        QTest::newRow("other digits") << u"\u0665\u0660\u0661\u0660\u0665"_s << QString();
    }

    void readsANumberThatStandsAlone()
    {
        QFETCH(const QString, text);
        const BrowserPage page = readBrowserPage(text);
        QTEST(page.error.aadsts, "number");
        const QStringList expected = page.error.aadsts.isEmpty() ? QStringList() : QStringList{page.error.aadsts};
        QCOMPARE(marked(page, PageMarkKind::number), expected);
    }

    void anIdWithinASentenceIsNoRequest()
    {
        const BrowserPage page = readBrowserPage(u"AADSTS700016: Application with identifier '%1' …"_s.arg(appId));
        QVERIFY(page.error.traceId.isEmpty() && page.error.correlationId.isEmpty());
    }

    void cutsOutWhatIsSecret_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        const QString token = u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyaWxleSJ9.c2lnbmF0dXJl"_s;
        QTest::newRow("a code") << u"http://localhost:5000/?code=0.AXoAsecretsecret&x=1"_s << u"0.AXoAsecretsecret"_s;
        QTest::newRow("a state") << u"http://localhost:5000/?x=1&state=c3RhdGVzdGF0ZQ"_s << u"c3RhdGVzdGF0ZQ"_s;
        QTest::newRow("a session's state") << u"http://localhost/?Session_State=abcdef"_s << u"abcdef"_s;
        QTest::newRow("a token") << u"see "_s + token << token;
        QTest::newRow("a token in a fragment")
            << u"http://localhost/#access_token=opaque-opaque"_s << u"opaque-opaque"_s;
    }

    void cutsOutWhatIsSecret()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, secret);
        const BrowserPage page = readBrowserPage(u"AADSTS50011 "_s + text);
        QVERIFY2(!page.text.contains(secret), qPrintable(page.text));
        QCOMPARE(marked(page, PageMarkKind::removed), QStringList{removedMark()});
        QCOMPARE(marked(page, PageMarkKind::number), QStringList{u"AADSTS50011"_s});
        QCOMPARE(readBrowserPage(page.text).text, page.text);
    }

    void readsOnlySoMuch()
    {
        const QString secret = u"opaque-opaque"_s;
        const QString front = u"AADSTS50011 "_s + QString(BrowserPage::mostCharacters - 40, u'x');
        const BrowserPage page =
            readBrowserPage(front + u" access_token="_s + secret + u" AADSTS50105 "_s.repeated(100));
        QVERIFY(page.isCut);
        QVERIFY(page.text.size() <= BrowserPage::mostCharacters);
        QCOMPARE(page.error.aadsts, u"50011"_s);
        QVERIFY(!readBrowserPage(front).isCut);
    }

    void hostileTextIsReadQuickly_data()
    {
        QTest::addColumn<QString>("text");
        const auto repeated = [](const QString &part) {
            return part.repeated(BrowserPage::mostCharacters / part.size());
        };
        QTest::newRow("numbers that end in none") << repeated(u"AADSTS"_s);
        QTest::newRow("quotation marks") << repeated(u"'a"_s);
        QTest::newRow("accounts without an end") << repeated(u"'a@"_s);
        QTest::newRow("IDs") << repeated(requestId + u' ');
        QTest::newRow("secrets") << repeated(u"code=a&"_s);
        QTest::newRow("equal signs") << repeated(u"state="_s);
        QTest::newRow("halves of surrogate pairs") << repeated(QString(QChar(0xD800)));
        QTest::newRow("digits") << repeated(u"2026-11-26T"_s);
    }

    void hostileTextIsReadQuickly()
    {
        QFETCH(const QString, text);
        QElapsedTimer timer;
        timer.start();
        const BrowserPage page = readBrowserPage(text);
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        for (const PageMark &mark : page.marks)
            QVERIFY(mark.place.begin >= 0 && mark.place.end <= page.text.size());
    }
};

QTEST_GUILESS_MAIN(BrowserPageTest)
#include "browser-page-test.moc"
