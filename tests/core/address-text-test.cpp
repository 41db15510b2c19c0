// What people see of a host whose letters are not ASCII.
#include "core/address-text.h"

#include <QTest>

using namespace bookdesk;
using namespace Qt::StringLiterals;

class AddressTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHostIsShownInAscii_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("begin");
        QTest::addColumn<QString>("unicode"); // shown beside it; empty for an ASCII host
        QTest::addColumn<bool>("isWarnedOf");
        QTest::newRow("ASCII") << u"https://books.contoso.com"_s << u"books.contoso.com"_s << QString() << false;
        QTest::newRow("IPv6") << u"http://[::1]:80"_s << u"::1"_s << QString() << false;
        QTest::newRow("Cyrillic letters in a Latin name")
            << u"https://books.\u0441\u043Entoso.com"_s << u"books.xn--ntoso-iyeu.com"_s
            << u"books.\u0441\u043Entoso.com"_s << true;
        QTest::newRow("a whole label of look-alikes")
            << u"https://\u0430\u0440\u0440\u04CF\u0435.com"_s << u"xn--80ak6aa92e.com"_s
            << u"\u0430\u0440\u0440\u04CF\u0435.com"_s << true;
        QTest::newRow("Greek in Latin") << u"https://g\u03BF\u03BFgle.com"_s << u"xn--"_s << u"g\u03BF\u03BFgle.com"_s
                                        << true;
        QTest::newRow("an accent") << u"https://b\u00FCcher.example"_s << u"xn--bcher-kva.example"_s
                                   << u"b\u00FCcher.example"_s << false;
        QTest::newRow("already in ASCII") << u"https://books.xn--ntoso-iyeu.com"_s << u"books.xn--ntoso-iyeu.com"_s
                                          << u"books.\u0441\u043Entoso.com"_s << true;
    }

    void aHostIsShownInAscii()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, begin);
        QFETCH(const QString, unicode);
        const QString shown = hostText(QUrl(url));
        QVERIFY2(shown.startsWith(begin), qPrintable(shown));
        QCOMPARE(shown.contains(u'('), !unicode.isEmpty());
        QVERIFY2(shown.contains(unicode), qPrintable(shown));
        QTEST(shown.contains(u"several scripts"_s), "isWarnedOf");
        QVERIFY2(addressText(QUrl(url)).startsWith(QUrl(url).scheme() + u"://"_s), qPrintable(shown));
        QCOMPARE(addressText(QUrl(url)).contains(u"several scripts"_s), shown.contains(u"several scripts"_s));
    }

    void thePortStandsBehindTheAsciiForm()
    {
        QCOMPARE(asciiHostAndPort(QUrl(u"https://books.contoso.com/x"_s)), u"books.contoso.com"_s);
        QCOMPARE(asciiHostAndPort(QUrl(u"https://books.contoso.com:8443/x"_s), 443), u"books.contoso.com:8443"_s);
        QCOMPARE(asciiHostAndPort(QUrl(u"https://b\u00FCcher.example"_s), 443), u"xn--bcher-kva.example:443"_s);
        QCOMPARE(asciiHostAndPort(QUrl(u"http://[::1]:80/"_s)), u"[::1]:80"_s);
        QCOMPARE(hostAndPortText(QUrl(u"https://books.contoso.com"_s), 443), u"books.contoso.com:443"_s);
        QCOMPARE(hostAndPortText(QUrl(u"https://b\u00FCcher.example:8443"_s)),
                 u"xn--bcher-kva.example:8443 (in other letters: b\u00FCcher.example)"_s);
    }

    void anAddressIsShownWhole()
    {
        QCOMPARE(addressText(QUrl(u"https://books.contoso.com:8443/a b?x=1#y"_s)),
                 u"https://books.contoso.com:8443/a%20b?x=1#y"_s);
        QCOMPARE(addressText(QUrl(u"https://me:secret@contoso.com/"_s)), u"https://me@contoso.com/"_s);
        QVERIFY(addressText(QUrl(u"https://books.\u0441\u043Entoso.com/x"_s))
                    .startsWith(u"https://books.xn--ntoso-iyeu.com/x ("_s));
    }
};

QTEST_GUILESS_MAIN(AddressTextTest)
#include "address-text-test.moc"
