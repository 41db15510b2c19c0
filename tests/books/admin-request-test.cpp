#include "books/admin-request.h"

#include <QTest>

using namespace bookdesk;
using namespace bookdesk::books;
using namespace Qt::StringLiterals;

namespace {

const QString apiId = u"2be4aed8-ec15-48d7-ae7a-84e5d14e7531"_s;
const QString clientId = u"3cc7a892-5b01-4241-a57e-0d1457529b2f"_s;

ApiOutcome refused(OutcomeKind kind, const QString &missing)
{
    ApiOutcome outcome;
    outcome.kind = kind;
    outcome.status = 403;
    outcome.request = u"DELETE /api/v1/books/bk-3"_s;
    outcome.missing = QStringList{missing};
    return outcome;
}

QString requestFor(OutcomeKind kind, const QString &missing, const QString &audience)
{
    return adminRequest(refused(kind, missing), u"Riley Reader"_s, {u"Contoso books"_s, clientId, audience});
}

} // namespace

class AdminRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRoleIsAssignedAtTheApi()
    {
        const QString text = requestFor(OutcomeKind::roleMissing, u"Books.Admin"_s, apiId);
        for (const QString &part :
             {u"Riley Reader needs the app role Books.Admin of the API “Contoso books” (application ID %1)."_s.arg(
                  apiId),
              u"The API's registration is the one to change, not Bookdesk's (application ID %1)."_s.arg(clientId),
              u"Users and groups"_s, u"Refused call: DELETE /api/v1/books/bk-3, answer 403."_s})
            QVERIFY2(text.contains(part), qPrintable(text));
    }

    void aScopeIsGrantedToTheClient()
    {
        const QString text = requestFor(OutcomeKind::scopeMissing, u"Books.Read"_s, apiId);
        for (const QString &part :
             {u"(scope) Books.Read of the API “Contoso books” (application ID %1)"_s.arg(apiId),
              u"Bookdesk's registration (application ID %1) is the one to change."_s.arg(clientId),
              u"API permissions"_s})
            QVERIFY2(text.contains(part), qPrintable(text));
    }

    void oneRegistrationForBothIsNamedOnce_data()
    {
        QTest::addColumn<QString>("audience");
        QTest::newRow("the same ID") << clientId;
        QTest::newRow("in capitals") << clientId.toUpper();
        QTest::newRow("in an identifier URI") << u"api://"_s + clientId;
    }

    void oneRegistrationForBothIsNamedOnce()
    {
        QFETCH(QString, audience);
        const QString text = requestFor(OutcomeKind::roleMissing, u"Books.Admin"_s, audience);
        QVERIFY2(text.contains(u"share one registration, with the application ID "_s + clientId), qPrintable(text));
        QVERIFY2(!text.contains(u"not Bookdesk's"_s), qPrintable(text));
    }

    void addressesAreLeftOut_data()
    {
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("name");
        QTest::newRow("an identifier URI with the ID")
            << u"api://"_s + apiId << u"the API “Contoso books” (application ID %1)."_s.arg(apiId);
        QTest::newRow("a URL") << u"https://books.contoso.com"_s << u"the API “Contoso books”."_s;
        QTest::newRow("a plain name") << u"books"_s << u"the API “Contoso books” (application ID books)."_s;
    }

    void addressesAreLeftOut()
    {
        QFETCH(QString, audience);
        QFETCH(QString, name);
        const QString text = requestFor(OutcomeKind::roleMissing, u"Books.Admin"_s, audience);
        QVERIFY2(text.contains(name), qPrintable(text));
        QVERIFY2(!text.contains(u"://"_s), qPrintable(text));
    }

    void aConnectionNamedByItsAddressIsLeftOut_data()
    {
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("name");
        QTest::newRow("an ID") << apiId << u"of the API with the application ID %1."_s.arg(apiId);
        QTest::newRow("no ID") << u"https://books.contoso.com"_s << u"of the books API."_s;
    }

    void aConnectionNamedByItsAddressIsLeftOut()
    {
        QFETCH(QString, audience);
        QFETCH(QString, name);
        const QString text = adminRequest(refused(OutcomeKind::roleMissing, u"Books.Admin"_s), u"Riley Reader"_s,
                                          {u"https://books.contoso.com"_s, clientId, audience});
        QVERIFY2(text.contains(name), qPrintable(text));
        QVERIFY2(!text.contains(u"://"_s), qPrintable(text));
    }

    void whatOthersWroteIsMadeVisible()
    {
        const QString text = adminRequest(refused(OutcomeKind::roleMissing, u"Bo\u202eoks"_s), u"R\u0007"_s,
                                          {u"C\u202e"_s, clientId, u"a\u202e"_s});
        QVERIFY2(!text.contains(u'\u202e') && !text.contains(u'\u0007'), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(AdminRequestTest)
#include "admin-request-test.moc"
