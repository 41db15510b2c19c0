/// The mix-up attack (RFC 9700 section 4.4): a hostile tenant sends the browser on to an honest one, with the honest
/// client's ID, to get the code that comes back.
#include "core/results.h"
#include "identity/connection.h"
#include "identity/fake-issuer.h"
#include "identity/fake-tenant.h"
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;

class MixUpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHonestTenantRefusesTheHostileOnesRedirect_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("by form_post") << u"form_post"_s;
        QTest::newRow("by query") << u"query"_s;
    }

    void theHonestTenantRefusesTheHostileOnesRedirect()
    {
        QFETCH(QString, mode);
        const auto honest = valueOf(QCoro::waitFor(sandbox::SandboxServer::start({})));
        const JsonObject honestFile = honest->connectionFile();
        const identity::Connection honestOne = valueOf(identity::readConnection(toCompactJson(honestFile)));

        FakeTenant hostile;
        hostile.honestEndpoint = QUrl(honestOne.authority.toString() + u"/oauth2/v2.0/authorize"_s);
        JsonObject file = honestFile;
        file.set(u"authority"_s, hostile.connection().authority.toString());
        file.set(u"responseMode"_s, mode);

        QUrl link;
        workspace::Surroundings surroundings;
        surroundings.open = [&link](const QUrl &url) -> Result<void> {
            link = url;
            return {};
        };
        workspace::Desk desk(valueOf(identity::readConnection(toCompactJson(file))), surroundings);
        const Outcome<void> outcome = begin(desk.signIn({}));
        QTRY_VERIFY(!link.isEmpty());
        sandbox::Visitor visitor({});
        const sandbox::VisitedPage page = valueOf(QCoro::waitFor(visitor.visit(link, {u"riley"_s})));

        QVERIFY2(page.url.toString().startsWith(honest->baseUrl().toString()), qPrintable(page.url.toString()));
        QCOMPARE(page.status, 400);
        QVERIFY2(page.text.contains(u"AADSTS50011"_s), qPrintable(page.text));
        QVERIFY2(hostile.tokenRequests().empty(), "the hostile tenant got a code with its verifier");
        QVERIFY(!outcome->has_value());
    }

    void aHostileProviderOfAnyKindGetsNoCode_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("any provider") << u"generic"_s;
        QTest::newRow("Keycloak") << u"keycloak"_s;
        QTest::newRow("Auth0") << u"auth0"_s;
    }

    /// It takes the honest client's ID, and sends the browser on to where that is registered.
    void aHostileProviderOfAnyKindGetsNoCode()
    {
        QFETCH(const QString, kind);
        const auto honest = valueOf(QCoro::waitFor(sandbox::SandboxServer::start({})));
        const identity::Connection honestOne =
            valueOf(identity::readConnection(toCompactJson(honest->connectionFile())));
        FakeIssuer hostile(kind);
        hostile.honestEndpoint = QUrl(honestOne.authority.toString() + u"/oauth2/v2.0/authorize"_s);
        QUrl link;
        workspace::Surroundings surroundings;
        surroundings.open = [&link](const QUrl &url) -> Result<void> {
            link = url;
            return {};
        };
        workspace::Desk desk(hostile.connection({{u"clientId"_s, honestOne.clientId}}), surroundings);
        const Outcome<void> outcome = begin(desk.signIn({}));
        QTRY_VERIFY(!link.isEmpty());
        sandbox::Visitor visitor({});
        const sandbox::VisitedPage page = valueOf(QCoro::waitFor(visitor.visit(link, {u"riley"_s})));
        QVERIFY2(page.url.toString().startsWith(honest->baseUrl().toString()), qPrintable(page.url.toString()));
        QCOMPARE(page.status, 400);
        QVERIFY2(page.text.contains(u"AADSTS50011"_s), qPrintable(page.text));
        QVERIFY2(hostile.tokenRequests().empty(), "the hostile provider got a code with its verifier");
        QVERIFY(!outcome->has_value());
    }

    /// A file with an honest client and a hostile authority, whose document names the honest authorization endpoint.
    void aHostileDocumentCannotNameMicrosoft()
    {
        FakeIssuer hostile;
        hostile.changes = {
            {u"authorization_endpoint"_s, u"https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize"_s}};
        QUrl link;
        workspace::Surroundings surroundings;
        surroundings.open = [&link](const QUrl &url) -> Result<void> {
            link = url;
            return {};
        };
        workspace::Desk desk(hostile.connection(), surroundings);
        const Outcome<void> outcome = begin(desk.signIn({}));
        QTRY_VERIFY(outcome->has_value());
        QVERIFY(!**outcome);
        QCOMPARE((**outcome).error().code.toString(), u"discovery.endpoint-refused"_s);
        QVERIFY2(link.isEmpty(), "no browser opens");
    }

    void aFileCannotAskForTheHonestTenantsPath()
    {
        const auto honest = valueOf(QCoro::waitFor(sandbox::SandboxServer::start({})));
        JsonObject file = honest->connectionFile();
        file.set(u"redirectPath"_s, valueOf(identity::readConnection(toCompactJson(file))).redirect.path);
        QVERIFY(identity::readConnection(toCompactJson(file)));
        file.set(u"authority"_s, FakeTenant().connection().authority.toString());
        QCOMPARE(identity::readConnection(toCompactJson(file)).error().code.toString(), u"connection.member-invalid"_s);
    }
};

QTEST_GUILESS_MAIN(MixUpTest)
#include "mix-up-test.moc"
