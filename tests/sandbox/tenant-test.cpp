// The tenant's endpoints as a client sees them, without sockets.
#include "jose/decoded-token.h"
#include "jose/verify.h"
#include "sandbox/client.h"
#include "sandbox/grant-store.h"
#include "sandbox/tenant.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace Qt::StringLiterals;
using jose::CheckKind;
using test::answerIn;
using test::bodyOf;
using test::Client;
using test::Fields;
using test::formRequest;
using test::getRequest;
using test::textIn;

Q_DECLARE_METATYPE(Fields)
Q_DECLARE_METATYPE(bookdesk::sandbox::Fault)
Q_DECLARE_METATYPE(bookdesk::jose::CheckKind)

namespace {

const QByteArray takenOut;

/// @p fields with the registered redirect's path in place of `@PATH@`.
Fields withRedirectPath(Fields fields, const Client &client)
{
    for (auto &[name, value] : fields)
        value.replace("@PATH@", client.tenant.redirectPath().toLatin1());
    return fields;
}

jose::DecodedToken decoded(const JsonObject &tokens, QStringView name)
{
    const Result<jose::DecodedToken> token = jose::decode(Secret(textIn(tokens, name).toLatin1()));
    if (!token)
        qFatal("%s is no token: %s", qPrintable(name.toString()), qPrintable(factLines(token.error().facts)));
    return *token;
}

QStringList claimNames(const jose::DecodedToken &token)
{
    QStringList names;
    for (const auto &[name, value] : token.claims.members())
        names += name;
    return names;
}

JsonObject claimsOf(const JsonObject &tokens) { return decoded(tokens, u"access_token").claims; }

/// What an API asks for by this authentication context.
QByteArray claimsFor(const QByteArray &context)
{
    return "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"" + context + "\"}}}";
}

QStringList rolesOf(const jose::DecodedToken &token)
{
    QStringList names;
    if (const Json *roles = token.claims.find(u"roles")) {
        for (const Json &role : *roles->asArray())
            names += *role.asString();
    }
    return names;
}

qint64 seconds(const jose::DecodedToken &token, QStringView claim)
{
    return std::chrono::duration_cast<std::chrono::seconds>(token.dateClaim(claim)->time_since_epoch()).count();
}

QString apiScope(const Client &client, const QString &name)
{
    return u"api://%1/%2"_s.arg(client.state.registrations().apiId, name);
}

jose::Verification verifiedAccessToken(Client &client, const JsonObject &tokens)
{
    return jose::verify(decoded(tokens, u"access_token"), client.state.keys().current(),
                        jose::accessTokenPolicy(client.tenant.issuer(), client.state.registrations().apiId),
                        client.now);
}

jose::Verification verifiedIdToken(Client &client, const JsonObject &tokens, const QString &nonce)
{
    return jose::verify(decoded(tokens, u"id_token"), client.state.keys().current(),
                        jose::idTokenPolicy(client.tenant.issuer(), client.state.registrations().clientId, nonce),
                        client.now);
}

} // namespace

class TenantTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOldestOfTooManyGrantsIsDropped()
    {
        GrantStore<RefreshGrant> store;
        for (int i = 0; i <= 10'000; ++i)
            store.add(Secret(QByteArray::number(i)), {});
        QVERIFY(!store.find(Secret("0")));
        QVERIFY(store.find(Secret("1")) && store.find(Secret("10000")));
    }

    void discoveryNamesTheEndpointsOfTheOneTenant()
    {
        Client client;
        const Response response =
            *client.tenant.answer(getRequest(client.path("/v2.0/.well-known/openid-configuration")));
        QCOMPARE(response.status, 200);
        const JsonObject document = bodyOf(response);
        const QString at = u"http://localhost:8080/"_s + client.state.registrations().tenantId;
        QCOMPARE(textIn(document, u"issuer"), at + u"/v2.0"_s);
        QCOMPARE(textIn(document, u"authorization_endpoint"), at + u"/oauth2/v2.0/authorize"_s);
        QCOMPARE(textIn(document, u"token_endpoint"), at + u"/oauth2/v2.0/token"_s);
        QCOMPARE(textIn(document, u"jwks_uri"), at + u"/discovery/v2.0/keys"_s);
    }

    void anotherTenantIsNotFound_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray other = "/00000000-0000-4000-8000-000000000000";
        QTest::newRow("discovery") << other + "/v2.0/.well-known/openid-configuration"
                                   << "AADSTS90002"_ba;
        QTest::newRow("token") << other + "/oauth2/v2.0/token"
                               << "AADSTS90002"_ba;
        QTest::newRow("authorize") << other + "/oauth2/v2.0/authorize"
                                   << "AADSTS90002"_ba;
        QTest::newRow("common") << "/common/oauth2/v2.0/authorize"_ba
                                << "AADSTS50194"_ba;
    }

    void anotherTenantIsNotFound()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, expected);
        Client client;
        const Response response = *client.tenant.answer(getRequest(path));
        QCOMPARE(response.status, 400);
        QVERIFY2(response.body.contains(expected), response.body.constData());
    }

    void keysCarryNoAlgorithmUnlessSwitchedOn()
    {
        Client client;
        const Response plain = *client.tenant.answer(getRequest(client.path("/discovery/v2.0/keys")));
        QVERIFY(!plain.body.contains("\"alg\""));
        QCOMPARE(bodyOf(plain).find(u"keys")->asArray()->size(), std::size_t{2});
        QCOMPARE(plain.body.count("\"issuer\":\"" + client.tenant.issuer().toLatin1()), 2);
        Tenant switched(client.state, {u"http://localhost:8080"_s, true},
                        {{}, std::chrono::hours(1), systemNow, {}, {}});
        const Response withAlgorithm = *switched.answer(getRequest(client.path("/discovery/v2.0/keys")));
        QCOMPARE(withAlgorithm.body.count("\"alg\":\"RS256\""), 2);
        QVERIFY(!withAlgorithm.body.contains("\"d\""));
    }

    void otherPathsAreNotTheTenants()
    {
        Client client;
        QVERIFY(!client.tenant.answer(getRequest("/api/v1/books")));
        QVERIFY(!client.tenant.answer(getRequest("/v2.0/.well-known/openid-configuration")));
        QVERIFY(!client.tenant.answer(getRequest(client.path("/oauth2/v2.0/introspect"))));
    }

    void wrongMethodsAreRefused()
    {
        Client client;
        Request request = getRequest(client.path("/discovery/v2.0/keys"));
        request.method = "POST";
        QCOMPARE(client.tenant.answer(request)->status, 405);
        request = getRequest(client.path("/oauth2/v2.0/authorize"));
        request.method = "DELETE";
        QCOMPARE(client.tenant.answer(request)->status, 405);
        const Response token = *client.tenant.answer(getRequest(client.path("/oauth2/v2.0/token")));
        QCOMPARE(token.status, 400);
        QVERIFY(token.body.contains("AADSTS900561"));
    }

    void refusalsThatStayOnThePage_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::addColumn<QByteArray>("expected");
        const auto redirect = [](const char *uri) { return Fields{{"redirect_uri", uri}}; };
        QTest::newRow("no client ID") << Fields{{"client_id", takenOut}} << "AADSTS900144"_ba;
        QTest::newRow("an unknown client ID") << Fields{{"client_id", "x<y>"}} << "AADSTS700016"_ba;
        QTest::newRow("no redirect") << Fields{{"redirect_uri", takenOut}} << "AADSTS900971"_ba;
        QTest::newRow("another host") << redirect("http://evil.example:12345@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("IPv4 in place of the name") << redirect("http://127.0.0.1:12345@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("https") << redirect("https://localhost:12345@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("another path") << redirect("http://localhost:12345/callback") << "AADSTS50011"_ba;
        QTest::newRow("no path, as for Microsoft's public cloud")
            << redirect("http://localhost:12345") << "AADSTS50011"_ba;
        QTest::newRow("the path of another issuer")
            << redirect("http://localhost:12345/cb/0123456789abcdef") << "AADSTS50011"_ba;
        QTest::newRow("a slash behind the path") << redirect("http://localhost:12345@PATH@/") << "AADSTS50011"_ba;
        QTest::newRow("another case") << redirect("http://LOCALHOST:12345@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("a query") << redirect("http://localhost:12345@PATH@?x=1") << "AADSTS50011"_ba;
        QTest::newRow("a fragment") << redirect("http://localhost:12345@PATH@#x") << "AADSTS50011"_ba;
        QTest::newRow("user info") << redirect("http://localhost:12345@evil.example@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("a host that begins like ours")
            << redirect("http://localhost.evil.example@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("a port that is none") << redirect("http://localhost:70000@PATH@") << "AADSTS50011"_ba;
        QTest::newRow("a line end behind") << redirect("http://localhost:12345@PATH@\n") << "AADSTS50011"_ba;
    }

    void refusalsThatStayOnThePage()
    {
        QFETCH(Fields, changes);
        QFETCH(QByteArray, expected);
        Client client;
        const Response response = client.authorize(withRedirectPath(changes, client));
        QCOMPARE(response.status, 400);
        QVERIFY2(response.body.contains(expected), response.body.constData());
        QVERIFY(!response.body.contains("x<y>"));
        QVERIFY(answerIn(response).isEmpty());
    }

    void aGoodRequestIsRefusedOnThePageOnOrder_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("named");
        const Client client;
        const sandbox::Registrations &registrations = client.state.registrations();
        QTest::newRow("the redirect") << Fault::redirectNotRegistered << "AADSTS50011: "_ba << client.redirectUri;
        QTest::newRow("the client") << Fault::clientUnknown << "AADSTS700016: "_ba << registrations.clientId.toLatin1();
        QTest::newRow("the tenant") << Fault::tenantUnknown << "AADSTS90002: "_ba << registrations.tenantId.toLatin1();
        QTest::newRow("the person") << Fault::personNotAssigned << "AADSTS50105: "_ba
                                    << "ada.admin@sandbox.test"_ba;
    }

    void aGoodRequestIsRefusedOnThePageOnOrder()
    {
        QFETCH(const Fault, fault);
        QFETCH(const QByteArray, expected);
        QFETCH(const QByteArray, named);
        Client client;
        client.state.arm(fault, FaultSpan::once);
        Response page = client.authorize();
        if (fault == Fault::personNotAssigned) {
            QCOMPARE(page.status, 200);
            page = client.choose(page, u"ada"_s);
        }
        QCOMPARE(page.status, 400);
        QVERIFY2(page.body.contains(expected) && page.body.contains(named), page.body.constData());
        QVERIFY2(answerIn(page).isEmpty(), "the client is told");
        QVERIFY(client.signIn(u"ada"_s).contains(u"code"_s));
    }

    void aRepeatedParameterIsRefused()
    {
        Client client;
        const Response response = *client.tenant.answer(
            getRequest(client.path("/oauth2/v2.0/authorize"),
                       test::encodedForm(client.authorizeFields()) + "&redirect_uri=http%3A%2F%2Fevil.example"));
        QCOMPARE(response.status, 400);
        QVERIFY(response.body.contains("AADSTS9000411"));
    }

    void refusalsThatAreSentBack_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("number");
        QTest::newRow("no response type")
            << Fields{{"response_type", takenOut}} << u"invalid_request"_s << u"AADSTS900144"_s;
        QTest::newRow("an ID token by redirect")
            << Fields{{"response_type", "id_token"}} << u"unsupported_response_type"_s << u"AADSTS700054"_s;
        QTest::newRow("no challenge") << Fields{{"code_challenge", takenOut}} << u"invalid_request"_s
                                      << u"AADSTS50147"_s;
        QTest::newRow("a plain challenge")
            << Fields{{"code_challenge_method", "plain"}} << u"invalid_request"_s << u"AADSTS50147"_s;
        QTest::newRow("no challenge method")
            << Fields{{"code_challenge_method", takenOut}} << u"invalid_request"_s << u"AADSTS50147"_s;
        QTest::newRow("a short challenge")
            << Fields{{"code_challenge", "short"}} << u"invalid_request"_s << u"AADSTS501491"_s;
        QTest::newRow("fragment") << Fields{{"response_mode", "fragment"}} << u"invalid_request"_s << u"AADSTS70007"_s;
        QTest::newRow("no scope") << Fields{{"scope", takenOut}} << u"invalid_request"_s << u"AADSTS900144"_s;
        QTest::newRow("a scope of Microsoft Graph")
            << Fields{{"scope", "openid User.Read"}} << u"invalid_resource"_s << u"AADSTS500011"_s;
        QTest::newRow("a scope of another API")
            << Fields{{"scope", "api://other/Books.Read"}} << u"invalid_resource"_s << u"AADSTS500011"_s;
        QTest::newRow("an unknown scope of the API")
            << Fields{{"scope", "2be4aed8-ec15-48d7-ae7a-84e5d14e7531/Books.Burn"}} << u"invalid_client"_s
            << u"AADSTS650053"_s;
        QTest::newRow("default with another scope")
            << Fields{{"scope", "api://2be4aed8-ec15-48d7-ae7a-84e5d14e7531/.default "
                                "api://2be4aed8-ec15-48d7-ae7a-84e5d14e7531/Books.Read"}}
            << u"invalid_scope"_s << u"AADSTS70011"_s;
        QTest::newRow("silently") << Fields{{"prompt", "none"}} << u"login_required"_s << u"AADSTS50058"_s;
        QTest::newRow("an unknown prompt") << Fields{{"prompt", "dance"}} << u"invalid_request"_s << u"AADSTS90023"_s;
    }

    void refusalsThatAreSentBack()
    {
        QFETCH(Fields, changes);
        Client client;
        const Response response = client.authorize(changes);
        QCOMPARE(response.status, 302);
        const QHash<QString, QString> answer = answerIn(response);
        QTEST(answer.value(u"error"_s), "error");
        QFETCH(QString, number);
        QVERIFY2(answer.value(u"error_description"_s).startsWith(number + u": "_s),
                 qPrintable(answer.value(u"error_description"_s)));
        QCOMPARE(answer.value(u"state"_s), u"s t&a=te"_s);
        QVERIFY(!answer.contains(u"code"_s));
    }

    void theSignInPageShowsEverybody()
    {
        Client client;
        const Response page = client.authorize();
        QCOMPARE(page.status, 200);
        for (const Persona &persona : client.state.personas()) {
            QVERIFY(page.body.contains("value=\"" + persona.id.toLatin1() + '"'));
            QVERIFY(page.body.contains(persona.name.toUtf8()));
        }
        QVERIFY(page.body.contains("name=\"decline\""));
        QVERIFY(!page.body.contains("<script"));
        QVERIFY(!page.body.contains("autofocus"));
        const QByteArray policy = [&page] {
            for (const auto &[name, value] : page.headers) {
                if (name == "content-security-policy")
                    return value;
            }
            return QByteArray();
        }();
        QVERIFY(policy.contains("default-src 'none'"));
        QVERIFY(policy.contains("frame-ancestors 'none'"));
    }

    void aHintPreselectsUnlessAnAccountIsToBeSelected_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::addColumn<bool>("isPreselected");
        QTest::newRow("by user name") << Fields{{"login_hint", "Ada.Admin@sandbox.test"}} << true;
        QTest::newRow("by ID") << Fields{{"login_hint", "ada"}} << true;
        QTest::newRow("with consent") << Fields{{"login_hint", "ada"}, {"prompt", "consent"}} << true;
        QTest::newRow("unknown") << Fields{{"login_hint", "eve"}} << false;
        QTest::newRow("with select_account") << Fields{{"login_hint", "ada"}, {"prompt", "select_account"}} << false;
    }

    void aHintPreselectsUnlessAnAccountIsToBeSelected()
    {
        QFETCH(Fields, changes);
        QFETCH(bool, isPreselected);
        Client client;
        const Response page = client.authorize(changes);
        QCOMPARE(page.status, 200);
        QCOMPARE(page.body.contains("value=\"ada\" autofocus"), isPreselected);
        QVERIFY(!page.body.contains("value=\"riley\" autofocus"));
    }

    void askingForConsentIsSaidOnThePage()
    {
        Client client;
        QVERIFY(client.authorize({{"prompt", "consent"}}).body.contains("Permissions requested"));
        QVERIFY(!client.authorize().body.contains("Permissions requested"));
    }

    void theAnswerComesAsAsked_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("redirectUri");
        QTest::addColumn<int>("status");
        for (const QByteArray uri : {"http://localhost", "http://localhost:54321"}) {
            QTest::newRow("query, " + uri) << "query"_ba << uri << 302;
            QTest::newRow("default, " + uri) << takenOut << uri << 302;
            QTest::newRow("form_post, " + uri) << "form_post"_ba << uri << 200;
        }
    }

    void theAnswerComesAsAsked()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, redirectUri);
        Client client;
        redirectUri += client.tenant.redirectPath().toLatin1();
        const Response response =
            client.choose(client.authorize({{"response_mode", mode}, {"redirect_uri", redirectUri}}), u"riley"_s);
        QTEST(response.status, "status");
        QCOMPARE(answerIn(response).value(u"state"_s), u"s t&a=te"_s);
        QVERIFY(!answerIn(response).value(u"code"_s).isEmpty());
        if (response.status == 200) {
            QVERIFY(response.body.contains("method=\"post\""));
            QVERIFY(response.body.contains("action=\"" + redirectUri + '"'));
            QVERIFY(response.body.contains("<noscript>"));
        } else {
            const QByteArray location = response.headers.front().second;
            QVERIFY2(location.startsWith(redirectUri + "?code="), location.constData());
        }
    }

    void withoutStateNoneComesBack()
    {
        Client client;
        const QHash<QString, QString> answer = client.signIn(u"riley"_s, {{"state", takenOut}});
        QVERIFY(answer.contains(u"code"_s));
        QVERIFY(!answer.contains(u"state"_s));
    }

    void decliningIsSentBack_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("query") << "query"_ba;
        QTest::newRow("form_post") << "form_post"_ba;
    }

    void decliningIsSentBack()
    {
        QFETCH(QByteArray, mode);
        Client client;
        const QHash<QString, QString> answer = client.signIn({}, {{"response_mode", mode}});
        QCOMPARE(answer.value(u"error"_s), u"access_denied"_s);
        QVERIFY(answer.value(u"error_description"_s).startsWith(u"AADSTS65004: "_s));
        QCOMPARE(answer.value(u"state"_s), u"s t&a=te"_s);
        QVERIFY(client.secrets.empty());
    }

    void aForeignPageCannotAnswerForTheTenant()
    {
        Client client;
        client.authorize();
        const Response response =
            *client.tenant.answer(formRequest(client.path("/sign-in"), {{"request", "guess"}, {"persona", "ada"}}));
        QCOMPARE(response.status, 400);
        QVERIFY(client.secrets.empty());
    }

    void anUnknownPersonaIsRefused()
    {
        Client client;
        const Response response = client.choose(client.authorize(), u"eve"_s);
        QCOMPARE(response.status, 400);
        QVERIFY(response.body.contains("AADSTS50034"));
    }

    void aPageThatIsTooOldIsRefused()
    {
        Client client;
        const Response page = client.authorize();
        client.now += std::chrono::hours(1);
        QCOMPARE(client.choose(page, u"ada"_s).status, 400);
    }

    void tokensAreAsEntraMakesThem()
    {
        Client client;
        const JsonObject tokens = client.tokensFor(u"ada"_s);
        QCOMPARE(textIn(tokens, u"token_type"), u"Bearer"_s);
        QCOMPARE(tokens.find(u"expires_in")->toDouble(), 3600.0);
        QCOMPARE(textIn(tokens, u"scope"),
                 apiScope(client, u"Books.Read"_s) + u' ' + apiScope(client, u"Books.Write"_s));
        const jose::DecodedToken access = decoded(tokens, u"access_token");
        QCOMPARE(claimNames(access), QStringList({u"aud"_s, u"iss"_s, u"iat"_s, u"nbf"_s, u"exp"_s, u"azp"_s,
                                                  u"azpacr"_s, u"name"_s, u"oid"_s, u"preferred_username"_s, u"roles"_s,
                                                  u"scp"_s, u"sub"_s, u"tid"_s, u"uti"_s, u"ver"_s}));
        QCOMPARE(access.stringClaim(u"aud"), std::optional(client.state.registrations().apiId));
        QCOMPARE(access.stringClaim(u"azp"), std::optional(client.state.registrations().clientId));
        QCOMPARE(access.stringClaim(u"scp"), std::optional(u"Books.Read Books.Write"_s));
        QCOMPARE(access.stringClaim(u"tid"), std::optional(client.state.registrations().tenantId));
        QCOMPARE(access.stringClaim(u"ver"), std::optional(u"2.0"_s));
        QCOMPARE(access.stringClaim(u"preferred_username"), std::optional(u"ada.admin@sandbox.test"_s));
        QCOMPARE(rolesOf(access), QStringList({u"Books.Reader"_s, u"Books.Admin"_s}));
        const jose::DecodedToken id = decoded(tokens, u"id_token");
        QCOMPARE(claimNames(id),
                 QStringList({u"aud"_s, u"iss"_s, u"iat"_s, u"nbf"_s, u"exp"_s, u"name"_s, u"nonce"_s, u"oid"_s,
                              u"preferred_username"_s, u"sub"_s, u"tid"_s, u"uti"_s, u"ver"_s}));
        QCOMPARE(id.stringClaim(u"aud"), std::optional(client.state.registrations().clientId));
        QCOMPARE(id.stringClaim(u"oid"), access.stringClaim(u"oid"));
        QVERIFY(id.stringClaim(u"sub") != access.stringClaim(u"sub"));
        QVERIFY(id.stringClaim(u"uti") != access.stringClaim(u"uti"));
        QVERIFY(verifiedAccessToken(client, tokens).passed());
        QVERIFY(verifiedIdToken(client, tokens, u"n-1"_s).passed());
    }

    void aTokenHoldsWhatWasAskedForAndMayBeGranted_data()
    {
        QTest::addColumn<QString>("persona");
        QTest::addColumn<QStringList>("asked");
        QTest::addColumn<QString>("scp");
        QTest::addColumn<QStringList>("roles");
        const QString read = u"Books.Read"_s;
        const QString write = u"Books.Write"_s;
        const QStringList reader{u"Books.Reader"_s};
        const QStringList admin{u"Books.Reader"_s, u"Books.Admin"_s};
        QTest::newRow("Riley asks for both") << u"riley"_s << QStringList{read, write} << read << reader;
        QTest::newRow("Riley asks for Write") << u"riley"_s << QStringList{write} << QString() << reader;
        QTest::newRow("Riley asks for none") << u"riley"_s << QStringList{} << QString() << reader;
        QTest::newRow("Ada asks for both") << u"ada"_s << QStringList{read, write} << read + u' ' + write << admin;
        QTest::newRow("Ada asks for Read") << u"ada"_s << QStringList{read} << read << admin;
        QTest::newRow("Ada asks for the default")
            << u"ada"_s << QStringList{u".default"_s} << read + u' ' + write << admin;
        QTest::newRow("Nora asks for both") << u"nora"_s << QStringList{read, write} << QString() << QStringList{};
    }

    void aTokenHoldsWhatWasAskedForAndMayBeGranted()
    {
        QFETCH(QString, persona);
        QFETCH(QStringList, asked);
        Client client;
        QString scope = u"openid profile offline_access"_s;
        for (const QString &name : asked)
            scope += u' ' + apiScope(client, name);
        const JsonObject tokens = client.tokensFor(persona, {{"scope", scope.toLatin1()}});
        const jose::DecodedToken access = decoded(tokens, u"access_token");
        QTEST(access.stringClaim(u"scp").value_or(QString()), "scp");
        QTEST(rolesOf(access), "roles");
        QCOMPARE(access.stringClaim(u"aud"), std::optional(client.state.registrations().apiId));
        QCOMPARE(access.claims.find(u"scp") != nullptr, access.stringClaim(u"scp").has_value());
        QVERIFY(!textIn(tokens, u"scope").isEmpty());
        QVERIFY(verifiedAccessToken(client, tokens).passed());
        QVERIFY(verifiedIdToken(client, tokens, u"n-1"_s).passed());
    }

    void whatIsNotAskedForIsNotGiven()
    {
        Client client;
        const QByteArray scope = apiScope(client, u"Books.Read"_s).toLatin1();
        const JsonObject tokens = client.tokensFor(u"ada"_s, {{"scope", scope}});
        QVERIFY(!tokens.find(u"id_token"));
        QVERIFY(!tokens.find(u"refresh_token"));
        QVERIFY(tokens.find(u"access_token"));
        const JsonObject withoutNonce = client.tokensFor(u"ada"_s, {{"nonce", takenOut}});
        QVERIFY(!decoded(withoutNonce, u"id_token").claims.find(u"nonce"));
    }

    void everySecretIsReported()
    {
        Client client;
        const QString code = client.signIn(u"ada"_s).value(u"code"_s);
        const JsonObject tokens = bodyOf(client.redeem(code));
        QStringList told;
        for (const Secret &secret : client.secrets)
            told += QString::fromLatin1(secret.reveal());
        QCOMPARE(told.size(), 4);
        QVERIFY(told.contains(code));
        for (const QString &name : {u"access_token"_s, u"refresh_token"_s, u"id_token"_s})
            QVERIFY2(told.contains(textIn(tokens, name)), qPrintable(name));
    }

    void nastyCharactersAreKept()
    {
        TokenMint::Settings minting;
        minting.opaqueEnding = "+/=!*$%26&?#\"'<ü> ";
        Client client(minting);
        for (const QByteArray mode : {"query", "form_post"}) {
            const JsonObject tokens = client.tokensFor(u"ada"_s, {{"response_mode", mode}});
            QVERIFY(textIn(tokens, u"refresh_token").endsWith(QString::fromUtf8(minting.opaqueEnding)));
            QCOMPARE(client.refresh(textIn(tokens, u"refresh_token")).status, 200);
        }
    }

    void aBadTokenRequestIsRefused_data()
    {
        QTest::addColumn<Fields>("changes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        QTest::addColumn<int>("number");
        QTest::newRow("no grant type") << Fields{{"grant_type", takenOut}} << 400 << u"invalid_request"_s << 900144;
        QTest::newRow("another grant type")
            << Fields{{"grant_type", "password"}} << 400 << u"unsupported_grant_type"_s << 70003;
        QTest::newRow("no client ID") << Fields{{"client_id", takenOut}} << 400 << u"invalid_request"_s << 900144;
        QTest::newRow("another client ID") << Fields{{"client_id", "x"}} << 400 << u"unauthorized_client"_s << 700016;
        QTest::newRow("a secret") << Fields{{"client_secret", "s"}} << 401 << u"invalid_client"_s << 700025;
        QTest::newRow("no code") << Fields{{"code", takenOut}} << 400 << u"invalid_request"_s << 900144;
        QTest::newRow("an unknown code") << Fields{{"code", "1.AXguess"}} << 400 << u"invalid_grant"_s << 70000;
        QTest::newRow("no redirect") << Fields{{"redirect_uri", takenOut}} << 400 << u"invalid_request"_s << 900144;
        QTest::newRow("another port than at authorize")
            << Fields{{"redirect_uri", "http://localhost:54321@PATH@"}} << 400 << u"invalid_grant"_s << 500112;
        QTest::newRow("a slash that was not there at authorize")
            << Fields{{"redirect_uri", "http://localhost:12345@PATH@/"}} << 400 << u"invalid_grant"_s << 500112;
        QTest::newRow("no verifier") << Fields{{"code_verifier", takenOut}} << 400 << u"invalid_request"_s << 900144;
        QTest::newRow("another verifier")
            << Fields{{"code_verifier", QByteArray(43, 'a')}} << 400 << u"invalid_grant"_s << 501481;
        QTest::newRow("the challenge as the verifier")
            << Fields{{"code_verifier", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}} << 400 << u"invalid_grant"_s
            << 501481;
        QTest::newRow("a scope that was not asked for")
            << Fields{{"scope", "email"}} << 400 << u"invalid_grant"_s << 65001;
    }

    void aBadTokenRequestIsRefused()
    {
        QFETCH(Fields, changes);
        QFETCH(int, number);
        Client client;
        const QString code = client.signIn(u"riley"_s).value(u"code"_s);
        const Response response = client.redeem(code, withRedirectPath(changes, client));
        QTEST(response.status, "status");
        const JsonObject body = bodyOf(response);
        QTEST(textIn(body, u"error"), "error");
        QVERIFY(textIn(body, u"error_description").startsWith(u"AADSTS%1: "_s.arg(number)));
        QCOMPARE(body.find(u"error_codes")->asArray()->at(0).toDouble(), double(number));
        static const QRegularExpression guid(u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s);
        QVERIFY(guid.match(textIn(body, u"trace_id")).hasMatch());
        QVERIFY(guid.match(textIn(body, u"correlation_id")).hasMatch());
        static const QRegularExpression timestamp(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$"_s);
        QVERIFY(timestamp.match(textIn(body, u"timestamp")).hasMatch());
        QVERIFY(!body.find(u"access_token"));
    }

    void theClientsOwnCorrelationIdComesBack()
    {
        Client client;
        const QByteArray id = "11111111-2222-3333-4444-555555555555";
        QCOMPARE(textIn(bodyOf(client.redeem(u"x"_s, {{"client-request-id", id}})), u"correlation_id"),
                 QString::fromLatin1(id));
        QVERIFY(textIn(bodyOf(client.redeem(u"x"_s, {{"client-request-id", "<b>"}})), u"correlation_id") != u"<b>"_s);
    }

    void basicAuthenticationIsASecretToo()
    {
        Client client;
        Request request = formRequest(
            client.path("/oauth2/v2.0/token"),
            {{"client_id", client.state.registrations().clientId.toLatin1()}, {"grant_type", "authorization_code"}});
        request.headers.emplace_back("Authorization", "Basic eDp5");
        const Response response = *client.tenant.answer(request);
        QCOMPARE(response.status, 401);
        QVERIFY(response.body.contains("AADSTS700025"));
    }

    void aCodeIsGoodOnce()
    {
        Client client;
        const QString code = client.signIn(u"riley"_s).value(u"code"_s);
        QCOMPARE(client.redeem(code).status, 200);
        const Response again = client.redeem(code);
        QCOMPARE(again.status, 400);
        QVERIFY(textIn(bodyOf(again), u"error_description").startsWith(u"AADSTS54005: "_s));
        const QString guessed = client.signIn(u"riley"_s).value(u"code"_s);
        QCOMPARE(client.redeem(guessed, {{"code_verifier", QByteArray(43, 'a')}}).status, 400);
        QCOMPARE(client.redeem(guessed).status, 400);
    }

    void aCodeIsGoodForTenMinutes()
    {
        Client client;
        const QString early = client.signIn(u"riley"_s).value(u"code"_s);
        client.now += std::chrono::minutes(9);
        QCOMPARE(client.redeem(early).status, 200);
        const QString late = client.signIn(u"riley"_s).value(u"code"_s);
        client.now += std::chrono::minutes(10);
        QVERIFY(client.redeem(late).body.contains("AADSTS70008"));
    }

    void aRefreshTokenIsReplacedAndTheOldOneStaysValid()
    {
        Client client;
        const JsonObject first = client.tokensFor(u"riley"_s);
        const QString old = textIn(first, u"refresh_token");
        const JsonObject second = bodyOf(client.refresh(old));
        QVERIFY(textIn(second, u"refresh_token") != old);
        QVERIFY(textIn(second, u"access_token") != textIn(first, u"access_token"));
        QCOMPARE(client.refresh(old).status, 200);
        QCOMPARE(client.refresh(textIn(second, u"refresh_token")).status, 200);
        const jose::DecodedToken id = decoded(second, u"id_token");
        QVERIFY(!id.claims.find(u"nonce"));
        for (const QString &claim : {u"iss"_s, u"sub"_s, u"aud"_s, u"oid"_s})
            QCOMPARE(id.stringClaim(claim), decoded(first, u"id_token").stringClaim(claim));
    }

    void aRefreshMayAskForLessAndNotForMore()
    {
        Client client;
        const QByteArray read = "openid offline_access " + apiScope(client, u"Books.Read"_s).toLatin1();
        const JsonObject all = client.tokensFor(u"ada"_s);
        const JsonObject less = bodyOf(client.refresh(textIn(all, u"refresh_token"), {{"scope", read}}));
        QCOMPARE(decoded(less, u"access_token").stringClaim(u"scp"), std::optional(u"Books.Read"_s));
        // What was narrowed once is not lost.
        const JsonObject again = bodyOf(client.refresh(textIn(less, u"refresh_token")));
        QCOMPARE(decoded(again, u"access_token").stringClaim(u"scp"), std::optional(u"Books.Read Books.Write"_s));

        const JsonObject narrow = client.tokensFor(u"ada"_s, {{"scope", read}});
        const Response more = client.refresh(textIn(narrow, u"refresh_token"),
                                             {{"scope", apiScope(client, u"Books.Write"_s).toLatin1()}});
        QCOMPARE(textIn(bodyOf(more), u"error"), u"invalid_grant"_s);
        QCOMPARE(textIn(bodyOf(more), u"suberror"), u"consent_required"_s);
    }

    void aRefreshMayAskForWhatAnAdminHasConsentedTo()
    {
        Client client;
        const QByteArray read = "openid offline_access " + apiScope(client, u"Books.Read"_s).toLatin1();
        const QByteArray both = read + ' ' + apiScope(client, u"Books.Write"_s).toLatin1();
        const QString token = textIn(client.tokensFor(u"ada"_s, {{"scope", read}}), u"refresh_token");
        const JsonObject refused = bodyOf(client.refresh(token, {{"scope", both}}));
        QCOMPARE(textIn(refused, u"suberror"), u"consent_required"_s);
        QVERIFY(textIn(refused, u"error_description").startsWith(u"AADSTS65001"));

        QVERIFY(client.state.consent(u"ada"_s, u"Books.Write"_s));
        const JsonObject wide = bodyOf(client.refresh(token, {{"scope", both}}));
        QCOMPARE(decoded(wide, u"access_token").stringClaim(u"scp"), std::optional(u"Books.Read Books.Write"_s));
        const JsonObject narrow = bodyOf(client.refresh(token, {{"scope", read}}));
        QCOMPARE(decoded(narrow, u"access_token").stringClaim(u"scp"), std::optional(u"Books.Read"_s));

        QVERIFY(client.state.withdrawConsent(u"ada"_s, u"Books.Write"_s));
        QCOMPARE(textIn(bodyOf(client.refresh(token, {{"scope", both}})), u"suberror"), u"consent_required"_s);
    }

    void aConsentIsForOnePersonaAndAKnownScope()
    {
        Client client;
        QVERIFY(!client.state.consent(u"eve"_s, u"Books.Write"_s));
        QVERIFY(!client.state.consent(u"ada"_s, u"Mail.Read"_s));
        QVERIFY(!client.state.withdrawConsent(u"eve"_s, u"Books.Write"_s));
        QVERIFY(client.state.consent(u"ada"_s, u"Books.Write"_s));
        QVERIFY(client.state.consentsFor(u"riley"_s).isEmpty());
    }

    void thePageSaysWhatEachScopeAllows()
    {
        Client client;
        const QByteArray scope = "openid " + apiScope(client, u"Books.Write"_s).toLatin1();
        const QByteArray page = client.authorize({{"scope", scope}}).body;
        QVERIFY(page.contains("<li><code>openid</code> Sign you in</li>"));
        QVERIFY(page.contains("<li><code>Books.Write</code> Change books in your name</li>"));
        QVERIFY(!page.contains("Books.Read"));
        const QHash<QString, QString> declined = client.signIn(QString(), {{"scope", scope}});
        QCOMPARE(declined.value(u"error"_s), u"access_denied"_s);
        QVERIFY(declined.value(u"error_description"_s).startsWith(u"AADSTS65004"));
    }

    void aRefreshTokenThatIsUnknownOrTooOldIsRefused()
    {
        Client client;
        const JsonObject unknown = bodyOf(client.refresh(u"1.ARguess"_s));
        QCOMPARE(textIn(unknown, u"error"), u"invalid_grant"_s);
        QCOMPARE(textIn(unknown, u"suberror"), u"bad_token"_s);
        const JsonObject tokens = client.tokensFor(u"riley"_s);
        client.now += std::chrono::hours(24 * 90);
        QVERIFY(client.refresh(textIn(tokens, u"refresh_token")).body.contains("AADSTS700082"));
    }

    void aRefreshProvesWhatNeedsNobody()
    {
        Client client;
        const JsonObject first = client.tokensFor(u"riley"_s);
        QVERIFY(!claimsOf(first).find(u"acrs"));
        const QString refreshToken = textIn(first, u"refresh_token");
        const JsonObject second = bodyOf(client.refresh(refreshToken, {{"claims", claimsFor("c1")}}));
        QCOMPARE(*claimsOf(second).find(u"acrs"), Json(JsonArray{Json(u"c1"_s)}));
        const JsonObject third = bodyOf(client.refresh(textIn(second, u"refresh_token")));
        QCOMPARE(*claimsOf(third).find(u"acrs"), Json(JsonArray{Json(u"c1"_s)}));

        const JsonObject refused = bodyOf(client.refresh(refreshToken, {{"claims", claimsFor("c2")}}));
        QCOMPARE(textIn(refused, u"error"), u"interaction_required"_s);
        QCOMPARE(textIn(refused, u"suberror"), u"basic_action"_s);
        QVERIFY(textIn(refused, u"error_description").startsWith(u"AADSTS50076"));
        QCOMPARE(textIn(bodyOf(client.refresh(refreshToken, {{"claims", "[1]"}})), u"error"), u"invalid_request"_s);
    }

    void aSignInProvesWhatItIsAskedFor()
    {
        Client client;
        const JsonObject tokens = client.tokensFor(u"riley"_s, {{"claims", claimsFor("c2")}});
        QCOMPARE(*claimsOf(tokens).find(u"acrs"), Json(JsonArray{Json(u"c2"_s)}));
        QVERIFY(!claimsOf(tokens).find(u"auth_time"));
        const Fields again{{"claims", claimsFor("c2")}};
        QVERIFY(claimsOf(bodyOf(client.refresh(textIn(tokens, u"refresh_token"), again))).find(u"acrs"));

        const JsonObject recent = client.tokensFor(u"riley"_s, {{"acr_values", "c1 c2 c99"}, {"max_age", "600"}});
        QCOMPARE(*claimsOf(recent).find(u"acrs"), Json(JsonArray{Json(u"c1"_s), Json(u"c2"_s)}));
        QCOMPARE(*claimsOf(recent).find(u"auth_time"), Json(std::int64_t{1'790'000'000}));
        QCOMPARE(answerIn(client.authorize({{"claims", "{"}})).value(u"error"_s), u"invalid_request"_s);
    }

    void rolesCountFromTheNextTokenOn()
    {
        Client client;
        const JsonObject tokens = client.tokensFor(u"riley"_s);
        QVERIFY(client.state.grantRole(u"riley"_s, u"Books.Admin"_s));
        const JsonObject granted = bodyOf(client.refresh(textIn(tokens, u"refresh_token")));
        QCOMPARE(rolesOf(decoded(granted, u"access_token")), QStringList({u"Books.Reader"_s, u"Books.Admin"_s}));
        QVERIFY(client.state.revokeRole(u"riley"_s, u"Books.Admin"_s));
        QVERIFY(client.state.revokeRole(u"riley"_s, u"Books.Reader"_s));
        const JsonObject revoked = bodyOf(client.refresh(textIn(tokens, u"refresh_token")));
        QVERIFY(!decoded(revoked, u"access_token").claims.find(u"roles"));
        QVERIFY(!client.state.grantRole(u"eve"_s, u"Books.Admin"_s));
        QVERIFY(!client.state.revokeRole(u"eve"_s, u"Books.Admin"_s));
    }

    void tokenFaultsHitTheNextAccessTokenAndLeaveTheIdTokenGood_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<CheckKind>("failedCheck");
        QTest::newRow("expired") << Fault::accessTokenExpired << CheckKind::expiry;
        QTest::newRow("another audience") << Fault::accessTokenWrongAudience << CheckKind::audience;
        QTest::newRow("a broken signature") << Fault::accessTokenSignatureBroken << CheckKind::signature;
    }

    void tokenFaultsHitTheNextAccessTokenAndLeaveTheIdTokenGood()
    {
        QFETCH(Fault, fault);
        Client client;
        client.state.arm(fault, FaultSpan::once);
        const JsonObject first = client.tokensFor(u"ada"_s);
        const jose::Verification failed = verifiedAccessToken(client, first);
        QVERIFY(failed.firstFailure());
        QTEST(failed.firstFailure()->kind, "failedCheck");
        QVERIFY(verifiedIdToken(client, first, u"n-1"_s).passed());
        QVERIFY(client.state.faults().armed().empty());
        QVERIFY(verifiedAccessToken(client, bodyOf(client.refresh(textIn(first, u"refresh_token")))).passed());

        client.state.arm(fault, FaultSpan::untilCleared);
        for (int refresh = 0; refresh < 3; ++refresh) {
            const JsonObject tokens = bodyOf(client.refresh(textIn(first, u"refresh_token")));
            QTEST(verifiedAccessToken(client, tokens).firstFailure()->kind, "failedCheck");
        }
        client.state.clearFaults();
        QVERIFY(verifiedAccessToken(client, bodyOf(client.refresh(textIn(first, u"refresh_token")))).passed());
    }

    void anExpiredTokenWasValidOnce()
    {
        Client client;
        client.state.arm(Fault::accessTokenExpired, FaultSpan::once);
        const JsonObject tokens = client.tokensFor(u"ada"_s);
        const jose::DecodedToken access = decoded(tokens, u"access_token");
        const qint64 now = std::chrono::duration_cast<std::chrono::seconds>(client.now.time_since_epoch()).count();
        QVERIFY(seconds(access, u"exp") < now);
        QVERIFY(seconds(access, u"iat") < seconds(access, u"exp"));
        QVERIFY(seconds(access, u"nbf") < seconds(access, u"exp"));
    }

    void consentCanBeDeclinedByTheAdministrator()
    {
        Client client;
        client.state.arm(Fault::consentDeclined, FaultSpan::once);
        QCOMPARE(client.signIn(u"ada"_s).value(u"error"_s), u"access_denied"_s);
        QVERIFY(client.signIn(u"ada"_s).contains(u"code"_s));
        client.state.arm(Fault::consentDeclined, FaultSpan::untilCleared);
        QCOMPARE(client.signIn(u"ada"_s).value(u"error"_s), u"access_denied"_s);
        QCOMPARE(client.signIn(u"ada"_s).value(u"error"_s), u"access_denied"_s);
    }

    void afterARotationANewKeySignsAndTheOldOneIsGone()
    {
        Client client;
        const JsonObject before = client.tokensFor(u"ada"_s);
        const QString oldKey = decoded(before, u"access_token").keyId();
        client.state.rotateKeys(test::spareKeys()[2]);
        QCOMPARE(verifiedAccessToken(client, before).firstFailure()->kind, CheckKind::key);
        const JsonObject after = client.tokensFor(u"ada"_s);
        QVERIFY(decoded(after, u"access_token").keyId() != oldKey);
        QVERIFY(verifiedAccessToken(client, after).passed());
        const Response keys = *client.tenant.answer(getRequest(client.path("/discovery/v2.0/keys")));
        QVERIFY(!keys.body.contains(oldKey.toLatin1()));
        QCOMPARE(bodyOf(keys).find(u"keys")->asArray()->size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TenantTest)
#include "tenant-test.moc"
