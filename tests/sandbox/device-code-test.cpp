// A sign-in on another device at the Sandbox's tenant: the codes, the page, and what the client is told meanwhile.
#include "jose/decoded-token.h"
#include "sandbox/client.h"
#include "sandbox/html-forms.h"
#include "sandbox/sandbox-server.h"
#include "sandbox/visitor.h"
#include "sandbox/wire.h"

#include <QCoroTask>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <chrono>

using namespace bookdesk;
using namespace bookdesk::sandbox;
using namespace bookdesk::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray pagePath = "/devicelogin"_ba;
const QByteArray deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"_ba;

/// A device at the client's tenant.
struct Device
{
    Client client;
    QString userCode;
    QByteArray deviceCode;

    Fields codeFields(const Fields &changes = {}) const
    {
        const QByteArray api = "api://" + client.state.registrations().apiId.toLatin1();
        Fields fields{{"client_id", client.state.registrations().clientId.toLatin1()},
                      {"scope", "openid profile offline_access " + api + "/Books.Read"}};
        for (const auto &[name, value] : changes) {
            std::erase_if(fields, [&name = name](const auto &field) { return field.first == name; });
            if (!value.isEmpty())
                fields.emplace_back(name, value);
        }
        return fields;
    }

    Response askForCode(const Fields &changes = {})
    {
        return *client.tenant.answer(formRequest(client.path("/oauth2/v2.0/devicecode"), codeFields(changes)));
    }

    JsonObject begin()
    {
        const JsonObject body = bodyOf(askForCode());
        userCode = textIn(body, u"user_code");
        deviceCode = textIn(body, u"device_code").toUtf8();
        return body;
    }

    Response ask(const QByteArray &code) const
    {
        return *const_cast<Client &>(client).tenant.answer(formRequest(
            client.path("/oauth2/v2.0/token"), {{"client_id", client.state.registrations().clientId.toLatin1()},
                                                {"grant_type", deviceGrant},
                                                {"device_code", code}}));
    }

    /// The error's name, or nothing where tokens came.
    QString asked() const { return textIn(bodyOf(ask(deviceCode)), u"error"); }
    /// As above, when enough time has passed.
    QString askedLater()
    {
        client.now += 20s;
        return asked();
    }

    Response type(const QString &typed, const Fields &more = {})
    {
        Fields fields{{"user_code", typed.toUtf8()}};
        fields.insert(fields.end(), more.begin(), more.end());
        return *client.tenant.answer(formRequest(pagePath, fields));
    }
};

QString codeIn(const Response &response) { return textIn(bodyOf(response), u"error"); }

} // namespace

class SandboxDeviceCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesACodeAsEntraDoes()
    {
        Device device;
        const Response response = device.askForCode();
        QCOMPARE(response.status, 200);
        const JsonObject body = bodyOf(response);
        static const QRegularExpression code(u"\\A[BCDFGHJKLMNPQRSTVWXZ]{9}\\z"_s);
        QVERIFY(code.match(textIn(body, u"user_code")).hasMatch());
        QCOMPARE(textIn(body, u"verification_uri"), u"http://localhost:8080/devicelogin"_s);
        QCOMPARE(*body.find(u"expires_in"), Json(900));
        QCOMPARE(*body.find(u"interval"), Json(5));
        QVERIFY(textIn(body, u"message").contains(textIn(body, u"user_code")));
        QVERIFY(!body.find(u"verification_uri_complete"));
        QCOMPARE(device.client.secrets.size(), 1U);
        QCOMPARE(device.client.secrets.front(), Secret(textIn(body, u"device_code").toUtf8()));
        QVERIFY(response.headers.end() != std::find(response.headers.begin(), response.headers.end(),
                                                    std::pair("cache-control"_ba, "no-store"_ba)));
    }

    void everyCodeIsNew()
    {
        Device device;
        QStringList codes;
        for (int count = 0; count < 50; ++count) {
            const JsonObject body = device.begin();
            codes << textIn(body, u"user_code") << textIn(body, u"device_code");
        }
        QCOMPARE(codes.removeDuplicates(), 0);
    }

    void theDiscoveryDocumentSaysWhere()
    {
        Client client;
        const JsonObject body =
            bodyOf(*client.tenant.answer(getRequest(client.path("/v2.0/.well-known/openid-configuration"))));
        QCOMPARE(textIn(body, u"device_authorization_endpoint"),
                 client.tenant.authority() + u"/oauth2/v2.0/devicecode"_s);
    }

    void refusesAWrongRequest_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *what, const QByteArray &name, const QByteArray &value, const QString &error) {
            QTest::newRow(what) << name << value << error;
        };
        row("no client", "client_id", {}, u"invalid_request"_s);
        row("another client", "client_id", "eve", u"unauthorized_client"_s);
        row("a secret", "client_secret", "s", u"invalid_client"_s);
        row("no scope", "scope", {}, u"invalid_request"_s);
        row("a scope of another API", "scope", "User.Read", u"invalid_resource"_s);
    }

    void refusesAWrongRequest()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        Device device;
        QTEST(codeIn(device.askForCode({{name, value}})), "error");
    }

    void takesOneFormByPostAndNothingElse()
    {
        Device device;
        const QByteArray path = device.client.path("/oauth2/v2.0/devicecode");
        QCOMPARE(codeIn(*device.client.tenant.answer(getRequest(path, encodedForm(device.codeFields())))),
                 u"invalid_request"_s);
        Request json = formRequest(path, device.codeFields());
        json.headers = {{"content-type", "application/json"}};
        QCOMPARE(codeIn(*device.client.tenant.answer(json)), u"invalid_request"_s);
        Fields twice = device.codeFields();
        twice.push_back(twice.front());
        QCOMPARE(codeIn(*device.client.tenant.answer(formRequest(path, twice))), u"invalid_request"_s);
    }

    void aPersonSignsIn()
    {
        Device device;
        device.begin();
        QCOMPARE(device.asked(), u"authorization_pending"_s);
        const Response page = device.type(device.userCode);
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("Riley Reader"));
        QCOMPARE(device.askedLater(), u"authorization_pending"_s);
        QVERIFY(device.client.choose(page, u"riley"_s).body.contains("You are signed in on your other device"));
        device.client.now += 20s;
        const JsonObject tokens = bodyOf(device.ask(device.deviceCode));
        QVERIFY(!textIn(tokens, u"access_token").isEmpty());
        QVERIFY(!textIn(tokens, u"refresh_token").isEmpty());
        const Result<jose::DecodedToken> id = jose::decode(Secret(textIn(tokens, u"id_token").toUtf8()));
        QCOMPARE(id->stringClaim(u"name"), u"Riley Reader"_s);
        QVERIFY(!id->claims.find(u"nonce"));
    }

    void tokensAreGivenOnce()
    {
        Device device;
        device.begin();
        device.client.choose(device.type(device.userCode), u"riley"_s);
        QCOMPARE(device.askedLater(), QString());
        QCOMPARE(device.askedLater(), u"bad_verification_code"_s);
    }

    void aPersonDeclines()
    {
        Device device;
        device.begin();
        const Response page = device.client.choose(device.type(device.userCode), {});
        QVERIFY(page.body.contains("nobody is signed in"));
        QCOMPARE(device.askedLater(), u"authorization_declined"_s);
        QVERIFY(device.type(device.userCode).body.contains("No device waits"));
    }

    void aTypedCodeNeedNotBeExact_data()
    {
        QTest::addColumn<QString>("before");
        QTest::newRow("in small letters") << u"small"_s;
        QTest::newRow("with blanks and dashes") << u"blanks"_s;
    }

    void aTypedCodeNeedNotBeExact()
    {
        QFETCH(const QString, before);
        Device device;
        device.begin();
        const QString typed = before == u"small"
                                  ? device.userCode.toLower()
                                  : u" %1-%2 "_s.arg(device.userCode.first(4), device.userCode.sliced(4));
        QVERIFY(device.type(typed).body.contains("Riley Reader"));
    }

    void aCodeThatNobodyHasIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("none") << QString();
        QTest::newRow("an unknown one") << u"BBBBBBBBB"_s;
        QTest::newRow("one with markup") << u"<script>alert(1)</script>"_s;
    }

    void aCodeThatNobodyHasIsRefused()
    {
        QFETCH(const QString, typed);
        Device device;
        device.begin();
        const Response page = device.type(typed, {{"persona", "ada"}});
        QVERIFY(page.body.contains("Type the code"));
        QVERIFY(!page.body.contains("<script>alert"));
        QCOMPARE(device.asked(), u"authorization_pending"_s);
    }

    void anUnknownPersonaSignsNobodyIn()
    {
        Device device;
        device.begin();
        device.type(device.userCode, {{"persona", "eve"}});
        QCOMPARE(device.asked(), u"authorization_pending"_s);
    }

    void expires()
    {
        Device device;
        device.begin();
        device.client.now += 899s;
        QCOMPARE(device.asked(), u"authorization_pending"_s);
        device.client.now += 1s;
        QCOMPARE(device.asked(), u"expired_token"_s);
        QVERIFY(device.type(device.userCode).body.contains("No device waits"));
    }

    void aClientThatAsksTooOftenIsSlowedDown()
    {
        Device device;
        device.begin();
        QCOMPARE(device.asked(), u"authorization_pending"_s);
        device.client.now += 4999ms;
        QCOMPARE(device.asked(), u"slow_down"_s);
        device.client.now += 9s;
        QCOMPARE(device.asked(), u"slow_down"_s);
        device.client.now += 15s;
        QCOMPARE(device.asked(), u"authorization_pending"_s);
    }

    void faultsApply()
    {
        Device device;
        device.begin();
        device.client.state.arm(Fault::deviceCodeSlowsDown, FaultSpan::once);
        QCOMPARE(device.asked(), u"slow_down"_s);
        device.client.state.arm(Fault::deviceCodeExpired, FaultSpan::once);
        QCOMPARE(device.askedLater(), u"expired_token"_s);
        device.client.state.arm(Fault::consentDeclined, FaultSpan::once);
        device.client.choose(device.type(device.userCode), u"riley"_s);
        QCOMPARE(device.askedLater(), u"authorization_declined"_s);
    }

    void aDeviceCodeIsForItsGrantOnly()
    {
        Device device;
        device.begin();
        QCOMPARE(codeIn(device.ask("nobody-knows-it")), u"bad_verification_code"_s);
        const Fields without{{"client_id", device.client.state.registrations().clientId.toLatin1()},
                             {"grant_type", deviceGrant}};
        QCOMPARE(codeIn(*device.client.tenant.answer(formRequest(device.client.path("/oauth2/v2.0/token"), without))),
                 u"invalid_request"_s);
        QCOMPARE(codeIn(device.client.redeem(QString::fromUtf8(device.deviceCode))), u"invalid_grant"_s);
        QCOMPARE(codeIn(device.client.refresh(QString::fromUtf8(device.deviceCode))), u"invalid_grant"_s);
    }

    void thePageTakesNoOtherMethod()
    {
        Device device;
        Request request = getRequest(pagePath);
        QVERIFY(device.client.tenant.answer(request)->body.contains("Never type a code that somebody sent you"));
        request.method = "PUT";
        QCOMPARE(device.client.tenant.answer(request)->status, 405);
    }

    void theVisitorWalksThroughThePage_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("declines");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("signs in") << QString() << false << "You are signed in on your other device"_ba;
        QTest::newRow("declines") << QString() << true << "nobody is signed in"_ba;
        QTest::newRow("types a wrong code") << u"BBBBBBBBB"_s << false << "No device waits"_ba;
    }

    void theVisitorWalksThroughThePage()
    {
        QFETCH(const QString, code);
        QFETCH(const bool, declines);
        QFETCH(const QByteArray, end);
        const auto sandbox = *QCoro::waitFor(SandboxServer::start({}));
        const QString authority = textIn(sandbox->connectionFile(), u"authority");
        const Device device;
        const Response given = exchangeRaw(
            sandbox->port(),
            requestText("POST", QUrl(authority).path().toLatin1() + "/oauth2/v2.0/devicecode", sandbox->port(),
                        "Content-Type: application/x-www-form-urlencoded\r\n", encodedForm(device.codeFields())));
        const QString userCode = textIn(bodyOf(given), u"user_code");
        QVERIFY(!userCode.isEmpty());
        Visitor visitor({});
        const Visit visit{u"riley"_s, declines, code.isEmpty() ? userCode : code};
        const Result<VisitedPage> seen =
            QCoro::waitFor(visitor.visit(QUrl(textIn(bodyOf(given), u"verification_uri")), visit));
        QVERIFY(seen);
        QVERIFY2(seen->text.toUtf8().contains(end), qPrintable(seen->text));
    }
};

QTEST_GUILESS_MAIN(SandboxDeviceCodeTest)
#include "device-code-test.moc"
