#include "jose/issuer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace bookdesk::jose {
namespace {

const QString tenant = u"5c0e0000-1111-4222-8333-44445555ABCD"_s;

} // namespace

class IssuerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsGuids_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("in both cases") << tenant << true;
        QTest::newRow("the consumers' tenant") << u"9188040d-6c67-4c5b-b112-36a304b66dad"_s << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("cut off") << tenant.chopped(1) << false;
        QTest::newRow("too long") << tenant + u'0' << false;
        QTest::newRow("in braces") << u'{' + tenant.mid(1, 34) + u'}' << false;
        QTest::newRow("a letter beyond F") << u'g' + tenant.mid(1) << false;
        QTest::newRow("without hyphens") << QString(tenant).replace(u'-', u'0') << false;
        QTest::newRow("a hyphen out of place") << u"5c0e000-01111-4222-8333-44445555ABCD"_s << false;
        QTest::newRow("digits of another script") << QString(tenant).replace(u'0', QChar(0x0660)) << false;
        QTest::newRow("a name") << u"common"_s << false;
    }

    void knowsGuids()
    {
        QFETCH(QString, text);
        QTEST(isGuid(text), "isOne");
    }

    void matches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("tenantId");
        QTest::addColumn<bool>("isMatch");
        const auto row = [](const char *name, const QString &pattern, const QString &issuer, bool isMatch,
                            const QString &tenantId = tenant) {
            QTest::newRow(name) << pattern << issuer << tenantId << isMatch;
        };
        const QString pattern = u"https://login.test/{tenantid}/v2.0"_s;
        const QString issuer = u"https://login.test/%1/v2.0"_s.arg(tenant);
        row("the same text", issuer, issuer, true);
        row("the same text, whatever the tenant", issuer, issuer, true, u"x"_s);
        row("the tenant in the mark's place", pattern, issuer, true);
        row("two marks", u"https://{tenantid}.test/{tenantid}"_s, u"https://%1.test/%1"_s.arg(tenant), true);
        row("another tenant", pattern, issuer, false, u"5c0e0000-1111-4222-8333-44445555ABCE"_s);
        row("the tenant in another case", pattern, issuer, false, tenant.toLower());
        row("a tenant that is no GUID", pattern, u"https://login.test/common/v2.0"_s, false, u"common"_s);
        row("a tenant that leads elsewhere", pattern, u"https://login.test/../v2.0"_s, false, u".."_s);
        row("the mark itself", pattern, pattern, false);
        row("more behind", pattern, issuer + u'/', false);
        row("nothing behind", pattern, issuer.chopped(5), false);
        row("cut off within the tenant", pattern, issuer.left(30), false);
        row("cut off before the tenant", pattern, issuer.left(5), false);
        row("nothing", pattern, QString(), false);
        row("another beginning", pattern, u"https://evil.test/%1/v2.0"_s.arg(tenant), false);
    }

    void matches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, issuer);
        QFETCH(QString, tenantId);
        QTEST(matchesIssuer(pattern, issuer, tenantId), "isMatch");
    }

    void fillsThePatternIn()
    {
        QCOMPARE(filledIssuer(u"https://{tenantid}.test/{tenantid}"_s, u"a"_s), u"https://a.test/a"_s);
    }
};

} // namespace bookdesk::jose

QTEST_GUILESS_MAIN(bookdesk::jose::IssuerTest)
#include "issuer-test.moc"
