// A provider's data: every file is read strictly, and says what the form and the other languages need.
#include "core/json.h"
#include "identity/provider-reader.h"

#include <QFile>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

JsonObject data(const QString &id)
{
    QFile file(u":/bookdesk/providers/%1.json"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no provider %s.", qPrintable(id));
    Result<JsonObject> read = parseJsonObject(file.readAll());
    if (!read)
        qFatal("%s", qPrintable(read.error().message));
    return *std::move(read);
}

Result<Provider> readWith(const QString &member, const Json &value)
{
    JsonObject changed = data(u"keycloak"_s);
    changed.set(member, value);
    return readProvider(toCompactJson(changed));
}

void addProviders()
{
    QTest::addColumn<QString>("id");
    for (const QString &id : providerIds())
        QTest::newRow(qPrintable(id)) << id;
}

} // namespace

Q_DECLARE_METATYPE(bookdesk::Json)

class ProviderReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAreThese()
    {
        QCOMPARE(providerIds(),
                 (QStringList{u"auth0"_s, u"authentik"_s, u"cognito"_s, u"entra"_s, u"firebase"_s, u"generic"_s,
                              u"gitlab"_s, u"google"_s, u"keycloak"_s, u"okta"_s, u"ping"_s, u"zitadel"_s}));
    }

    void everyFileServesTheForm_data() { addProviders(); }

    void everyFileServesTheForm()
    {
        QFETCH(const QString, id);
        const Provider provider = findProvider(id).value();
        QCOMPARE(provider.id, id);
        QVERIFY(!provider.name.isEmpty());
        const QStringList members{u"authority"_s,  u"clientId"_s,    u"audience"_s,  u"scopes"_s,
                                  u"apiBaseUrl"_s, u"scopeClaims"_s, u"roleClaims"_s};
        for (const QString &field : provider.form.fields)
            QVERIFY2(members.contains(field), qPrintable(field));
        QCOMPARE(provider.form.fields.contains(u"clientId"_s), provider.hasSignIn);
        QVERIFY(provider.acceptsHost(QUrl(provider.form.authorityExample).host()));
        const ProviderTexts texts = provider.textsIn(QLocale(QLocale::English));
        QVERIFY(!texts.authority.isEmpty() && !texts.audience.isEmpty() && !texts.scopes.isEmpty());
        QCOMPARE(texts.noSignIn.isEmpty(), provider.hasSignIn);
    }

    void everyLanguageSaysTheSame_data() { addProviders(); }

    void everyLanguageSaysTheSame()
    {
        QFETCH(const QString, id);
        const Provider provider = findProvider(id).value();
        const ProviderTexts english = provider.texts.value(u"en"_s);
        for (const ProviderTexts &texts : provider.texts) {
            QCOMPARE(texts.authority.isEmpty(), english.authority.isEmpty());
            QCOMPARE(texts.audience.isEmpty(), english.audience.isEmpty());
            QCOMPARE(texts.scopes.isEmpty(), english.scopes.isEmpty());
            QCOMPARE(texts.noSignIn.isEmpty(), english.noSignIn.isEmpty());
        }
        QVERIFY(provider.textsIn(QLocale(QLocale::Swahili)) == english);
    }

    void onlyEntraSharesItsRedirectPath_data() { addProviders(); }

    void onlyEntraSharesItsRedirectPath()
    {
        QFETCH(const QString, id);
        const Provider provider = findProvider(id).value();
        const QUrl authority(provider.form.authorityExample);
        const QString path = provider.redirectOf(authority).path;
        QCOMPARE(path == u"/"_s, id == u"entra"_s);
        QCOMPARE(path.startsWith(u"/cb/"_s), id != u"entra"_s);
    }

    void refusesWhatHasNoMeaning_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<Json>("value");
        const auto row = [](const char *name, const QString &member, const Json &value) {
            QTest::newRow(name) << member << value;
        };
        row("an unknown member", u"isser"_s, u"authority"_s);
        row("an issuer rule", u"issuer"_s, u"by-hand"_s);
        row("a path rule", u"authorityPath"_s, u"two-parts"_s);
        row("an endpoint rule", u"endpoints"_s, u"everywhere"_s);
        row("a key format", u"keyFormat"_s, u"pem"_s);
        row("an algorithm with a shared secret", u"algorithms"_s, JsonArray{u"HS256"_s});
        row("a sign-in", u"signIn"_s, u"app"_s);
        row("a scope rule", u"scopes"_s, u"any"_s);
        row("an audience rule", u"audience"_s, u"api"_s);
        row("a kind of access token", u"accessTokens"_s, u"secret"_s);
        row("a response mode", u"responseMode"_s, u"fragment"_s);
        row("a host without a name", u"hosts"_s, JsonArray{JsonObject{}});
        row("a port that there is not", u"redirect"_s,
            JsonObject{{u"host"_s, u"localhost"_s}, {u"ports"_s, JsonArray{65536}}});
        row("a claim path that is none", u"claims"_s,
            JsonObject{{u"name"_s, JsonArray{u"a..b"_s}}, {u"userName"_s, JsonArray{}}});
        row("a claim that nobody reads", u"claims"_s,
            JsonObject{{u"name"_s, JsonArray{}}, {u"userName"_s, JsonArray{}}, {u"email"_s, JsonArray{}}});
        row("a form of a claim", u"claims"_s,
            JsonObject{{u"name"_s, JsonArray{}},
                       {u"userName"_s, JsonArray{}},
                       {u"roles"_s, JsonObject{{u"paths"_s, JsonArray{u"a"_s}}, {u"forms"_s, JsonArray{u"csv"_s}}}}});
        row("a parameter that is no text", u"authorizeParameters"_s, JsonObject{{u"audience"_s, 1}});
        row("a language without its texts", u"texts"_s, JsonObject{{u"en"_s, JsonObject{}}});
        row("a sign-out that is half", u"signOut"_s, JsonObject{{u"path"_s, u"/logout"_s}});
    }

    void refusesWhatHasNoMeaning()
    {
        QFETCH(const QString, member);
        QFETCH(const Json, value);
        QVERIFY(readProvider(toCompactJson(data(u"keycloak"_s))));
        QVERIFY(!readWith(member, value));
    }

    void refusesWhatIsNoObject() { QVERIFY(!readProvider("[]")); }
};

QTEST_GUILESS_MAIN(ProviderReaderTest)
#include "provider-reader-test.moc"
