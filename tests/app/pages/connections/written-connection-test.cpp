// What is written in the editor: it becomes the connection that it was made from, and each field says what is wrong.
#include "identity/sample-connection.h"
#include "pages/connections/written-connection.h"

#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using identity::sampleFile;
using pages::Field;
using pages::WrittenConnection;

namespace {

const QString guid = u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s;

identity::Connection read(const JsonObject &file)
{
    const Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
    if (!connection)
        qFatal("The sample is not valid: %s", qPrintable(connection.error().message));
    return *connection;
}

JsonObject fileOf(const QString &provider, const QString &authority)
{
    JsonObject file = sampleFile(authority);
    file.set(u"provider"_s, provider);
    file.set(u"scopes"_s, JsonArray{u"Books.Read"_s});
    return file;
}

identity::Provider providerOf(const WrittenConnection &written)
{
    return identity::findProvider(written.providerId).value_or(identity::Provider());
}

/// Complete, for the Entra of the sample.
WrittenConnection goodForm() { return pages::writtenForm(read(sampleFile())); }

} // namespace

class WrittenConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionIsReadAsItWasWritten_data()
    {
        QTest::addColumn<JsonObject>("file");
        QTest::newRow("Entra") << sampleFile();
        QTest::newRow("Entra in another cloud") << sampleFile(u"https://login.microsoftonline.us/contoso.com"_s);
        QTest::newRow("External ID") << sampleFile(u"https://contoso.ciamlogin.com/contoso.com"_s);
        QTest::newRow("on this computer") << sampleFile(u"http://localhost:8031/contoso.com"_s);
        JsonObject changed = sampleFile();
        changed.set(u"redirectPath"_s, u"/back"_s);
        changed.set(u"responseMode"_s, u"query"_s);
        QTest::newRow("with what the editor does not show") << changed;
        QTest::newRow("Auth0") << fileOf(u"auth0"_s, u"https://contoso.eu.auth0.com"_s);
        QTest::newRow("an issuer with a slash at its end") << fileOf(u"generic"_s, u"https://id.contoso.com/"_s);
        JsonObject keycloak = fileOf(u"keycloak"_s, u"https://sso.contoso.com/realms/contoso"_s);
        keycloak.set(u"roleClaims"_s, JsonArray{u"resource_access[\"books api\"].roles"_s, u"roles"_s});
        QTest::newRow("Keycloak with places of its own") << keycloak;
        JsonObject firebase = fileOf(u"firebase"_s, u"https://securetoken.google.com/contoso-books"_s);
        for (const char16_t *member : {u"clientId", u"scopes", u"audience"})
            firebase.remove(QStringView(member));
        QTest::newRow("without a sign-in") << firebase;
    }

    void aConnectionIsReadAsItWasWritten()
    {
        QFETCH(const JsonObject, file);
        identity::Connection connection = read(file);
        connection.id = u"one"_s;
        const WrittenConnection written = pages::writtenForm(connection);
        for (const Field field : pages::fieldsOf(connection.provider, written))
            QCOMPARE(pages::complaintAbout(field, written, connection.provider), QString());
        const Result<identity::Connection> again = pages::readForm(written, connection);
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QCOMPARE(identity::writeConnection(*again), identity::writeConnection(connection));
        QCOMPARE(again->id, u"one"_s);
    }

    void aRedirectPathStaysWithItsAuthority()
    {
        JsonObject file = sampleFile();
        file.set(u"redirectPath"_s, u"/back"_s);
        const identity::Connection connection = read(file);
        WrittenConnection written = pages::writtenForm(connection);
        written.tenant = u"fabrikam.com"_s;
        const Result<identity::Connection> moved = pages::readForm(written, connection);
        QVERIFY(moved);
        QCOMPARE(moved->redirect.path, u"/"_s);
    }

    void eachFieldSaysWhatIsWrong_data()
    {
        QTest::addColumn<int>("field");
        QTest::addColumn<WrittenConnection>("written");
        QTest::addColumn<QString>("said");
        const auto add = [](const char *row, Field field, const QString &said, auto spoil) {
            WrittenConnection written = goodForm();
            spoil(written);
            QTest::newRow(row) << static_cast<int>(field) << written << said;
        };
        add("no name", Field::name, u"Give the connection a name."_s, [](auto &form) { form.name = u"  "_s; });
        add("no tenant", Field::tenant, u"contoso.onmicrosoft.com"_s, [](auto &form) { form.tenant.clear(); });
        add("a tenant that is a path", Field::tenant, u"tenant's ID or domain name"_s,
            [](auto &form) { form.tenant = u"contoso.com/v2"_s; });
        add("many tenants", Field::tenant, u"many tenants"_s, [](auto &form) { form.tenant = u"common"_s; });
        add("an authority elsewhere", Field::authority, u"login.evil.example"_s, [](auto &form) {
            form.cloud.clear();
            form.authority = u"https://login.evil.example/contoso.com"_s;
        });
        add("no client ID", Field::clientId, u"Application (client) ID"_s, [](auto &form) { form.clientId.clear(); });
        add("a client ID that is no GUID", Field::clientId, u"Not a GUID."_s,
            [](auto &form) { form.clientId = u"0d44-77aa"_s; });
        add("no API", Field::apiBaseUrl, u"https://books.contoso.com"_s, [](auto &form) { form.apiBaseUrl.clear(); });
        add("an API by http", Field::apiBaseUrl, u"apiBaseUrl"_s,
            [](auto &form) { form.apiBaseUrl = u"http://books.contoso.com"_s; });
        add("no audience", Field::audience, u"registration of the API"_s, [](auto &form) { form.audience.clear(); });
        add("no scopes", Field::scopes, u"at least one scope"_s, [](auto &form) { form.scopes = u" \n"_s; });
        add("another API's scope", Field::scopes, u"scopes"_s,
            [](auto &form) { form.scopes = u"https://graph.microsoft.com/User.Read"_s; });
    }

    void eachFieldSaysWhatIsWrong()
    {
        QFETCH(const int, field);
        QFETCH(const WrittenConnection, written);
        QFETCH(const QString, said);
        const QString complaint = pages::complaintAbout(static_cast<Field>(field), written, providerOf(written));
        QVERIFY2(complaint.contains(said), qPrintable(complaint));
        QVERIFY(!pages::readForm(written, {}) || static_cast<Field>(field) == Field::clientId);
    }

    void otherProvidersHaveClientIdsOfTheirOwn()
    {
        WrittenConnection written = pages::writtenForm(read(fileOf(u"generic"_s, u"https://id.contoso.com"_s)));
        written.clientId = u"bookdesk"_s;
        QCOMPARE(pages::complaintAbout(Field::clientId, written, providerOf(written)), QString());
    }

    void aProviderIsAskedForWhatItNeeds_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<bool>("hasCloud");
        QTest::addColumn<bool>("hasClient");
        QTest::addColumn<bool>("hasClaims");
        QTest::newRow("Entra") << u"entra"_s << true << true << false;
        QTest::newRow("Keycloak") << u"keycloak"_s << false << true << true;
        QTest::newRow("Firebase") << u"firebase"_s << false << false << true;
    }

    void aProviderIsAskedForWhatItNeeds()
    {
        QFETCH(const QString, provider);
        const Result<identity::Provider> found = identity::findProvider(provider);
        QVERIFY(found);
        const std::vector<Field> fields = pages::fieldsOf(*found, pages::newForm(*found));
        const auto isAsked = [&fields](Field field) { return std::ranges::find(fields, field) != fields.end(); };
        QTEST(isAsked(Field::cloud), "hasCloud");
        QTEST(isAsked(Field::clientId), "hasClient");
        QTEST(isAsked(Field::roleClaims), "hasClaims");
        QCOMPARE(isAsked(Field::tenant), isAsked(Field::cloud));
        QCOMPARE(isAsked(Field::authority), !isAsked(Field::cloud));
    }

    void theUsualScopesAreKnown()
    {
        WrittenConnection written = goodForm();
        written.audience = guid;
        QCOMPARE(pages::usualScopes(written, providerOf(written)),
                 (QStringList{u"api://%1/Books.Read"_s.arg(guid), u"api://%1/Books.Write"_s.arg(guid)}));
        written.audience = u"6f1c"_s;
        QCOMPARE(pages::usualScopes(written, providerOf(written)), QStringList());
        written.providerId = u"auth0"_s;
        QCOMPARE(pages::usualScopes(written, providerOf(written)), (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
    }
};

QTEST_GUILESS_MAIN(WrittenConnectionTest)
#include "written-connection-test.moc"
