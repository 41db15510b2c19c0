#include "core/errors.h"
#include "identity/connection.h"
#include "identity/errors.h"
#include "identity/sample-connection.h"
#include "net/errors.h"
#include "net/test-authority.h"

#include <QCoroTask>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace bookdesk;
using namespace bookdesk::identity;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileWith(const QString &member, const Json &value)
{
    JsonObject file = sampleFile();
    file.set(member, value);
    return toCompactJson(file);
}

QString codeOf(const Result<Connection> &connection)
{
    return connection ? u"no error"_s : connection.error().code.toString();
}

QString writtenTo(const QTemporaryDir &folder, const QByteArray &text)
{
    const QString path = folder.filePath(u"file"_s);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
}

} // namespace

class ConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryMember();
    void fillsInWhatIsOptional();
    void addsTheMissingScopesOnly();
    void survivesWritingAndReading();
    void acceptsAByteOrderMark();

    void needsEveryRequiredMember_data();
    void needsEveryRequiredMember();
    void noFileChoosesAnotherIssuersRedirect_data();
    void noFileChoosesAnotherIssuersRedirect();
    void refusesAMember_data();
    void refusesAMember();
    void acceptsAnAddress_data();
    void acceptsAnAddress();
    void refusesUnknownMembersByName();
    void refusesWhatIsNoObject_data();
    void refusesWhatIsNoObject();

    void readsCertificatesFromAFile();
    void aFileSwappedLaterChangesNothing();
    void itsCaVouchesForNoHostOfMicrosofts_data();
    void itsCaVouchesForNoHostOfMicrosofts();
    void readsCertificatesFromTheText();
    void refusesACertificateFile_data();
    void refusesACertificateFile();

    void loadsAFileOffThisThread();
    void namesAFileThatCannotBeRead_data();
    void namesAFileThatCannotBeRead();
    void knowsWhatStaysOnThisComputer();
};

void ConnectionTest::readsEveryMember()
{
    JsonObject file = sampleFile();
    file.set(u"scopes"_s, JsonArray{u"api://6f1c/Books.Read"_s, u"profile"_s, u"api://6f1c/Books.Write"_s});
    file.set(u"responseMode"_s, u"query"_s);
    file.set(u"redirectPath"_s, u"/bookdesk/redirect"_s);
    const Result<Connection> connection = readConnection(toCompactJson(file));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QCOMPARE(connection->name, u"Library"_s);
    QCOMPARE(connection->provider.id, u"entra"_s);
    QCOMPARE(connection->authority, QUrl(u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s));
    QCOMPARE(connection->clientId, u"0d440d44-0d44-4d44-8d44-0d440d440d44"_s);
    QCOMPARE(connection->apiBaseUrl, QUrl(u"https://books.example.org"_s));
    QCOMPARE(connection->audience, u"6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"_s);
    QVERIFY(connection->responseMode == ResponseMode::query);
    QCOMPARE(connection->redirect.path, u"/bookdesk/redirect"_s);
}

void ConnectionTest::fillsInWhatIsOptional()
{
    const Result<Connection> connection = readConnection(toCompactJson(sampleFile()));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QVERIFY(connection->responseMode == ResponseMode::formPost);
    QCOMPARE(connection->redirect.path, u"/"_s);
    QVERIFY(connection->authorities.isEmpty());
}

void ConnectionTest::addsTheMissingScopesOnly()
{
    const Json scopes = JsonArray{u"offline_access"_s, u"api://6f1c/Books.Read"_s, u"api://6f1c/Books.Read"_s};
    const Result<Connection> connection = readConnection(fileWith(u"scopes"_s, scopes));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QCOMPARE(connection->scopes,
             (QStringList{u"offline_access"_s, u"api://6f1c/Books.Read"_s, u"openid"_s, u"profile"_s}));
}

void ConnectionTest::survivesWritingAndReading()
{
    JsonObject file = sampleFile(u"http://localhost:8123/contoso.onmicrosoft.com/"_s);
    file.set(u"name"_s, u"Bücherei “Süd” 📚"_s);
    file.set(u"apiBaseUrl"_s, u"http://[::1]:8124/a%20b/"_s);
    file.set(u"responseMode"_s, u"query"_s);
    file.set(u"caFile"_s, QString::fromLatin1(bookdesk::test::TestAuthority("Private CA").certificate()));
    const Result<Connection> connection = readConnection(toCompactJson(file));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    const Result<Connection> again = readConnection(writeConnection(*connection));
    QVERIFY2(again, qPrintable(codeOf(again)));
    QVERIFY(*again == *connection);
    QCOMPARE(again->authorities.size(), 1);
}

void ConnectionTest::acceptsAByteOrderMark()
{
    QVERIFY(readConnection("\xEF\xBB\xBF"_ba + toCompactJson(sampleFile())));
}

void ConnectionTest::needsEveryRequiredMember_data()
{
    QTest::addColumn<QString>("member");
    const JsonObject file = sampleFile();
    for (const auto &[name, value] : file.members())
        QTest::addRow("without %s", qPrintable(name)) << name;
}

void ConnectionTest::needsEveryRequiredMember()
{
    QFETCH(const QString, member);
    JsonObject file = sampleFile();
    file.remove(member);
    const Result<Connection> missing = readConnection(toCompactJson(file));
    QCOMPARE(codeOf(missing), bookdesk::errors::jsonMemberMissing.toString());
    QVERIFY2(missing.error().message.contains(member), qPrintable(missing.error().message));

    const Result<Connection> wrongType = readConnection(fileWith(member, 7));
    QCOMPARE(codeOf(wrongType), bookdesk::errors::jsonWrongType.toString());
    QVERIFY2(wrongType.error().message.contains(member), qPrintable(wrongType.error().message));

    const Json empty = member == u"scopes"_s ? Json(JsonArray()) : Json(QString());
    const Result<Connection> nothing = readConnection(fileWith(member, empty));
    QCOMPARE(codeOf(nothing), identity::errors::connectionMemberInvalid.toString());
    QVERIFY2(nothing.error().message.contains(member), qPrintable(nothing.error().message));
}

void ConnectionTest::refusesAMember_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("code");
    const QString invalid = identity::errors::connectionMemberInvalid.toString();
    const QString refused = net::errors::urlRefused.toString();
    const auto row = [](const char *name, const QString &member, const QString &value, const QString &code) {
        QTest::newRow(name) << member << value << code;
    };
    const QString authority = u"authority"_s;
    row("an authority of another provider", authority, u"https://login.example.org/tenant"_s, invalid);
    row("an authority that only ends like one", authority, u"https://evil-login.microsoftonline.com/t"_s, invalid);
    row("an authority below a good one", authority, u"https://login.microsoftonline.com.evil.org/t"_s, invalid);
    row("an authority on another port", authority, u"https://login.microsoftonline.com:8443/t"_s, invalid);
    row("an authority without a tenant", authority, u"https://login.microsoftonline.com"_s, invalid);
    row("an authority with a slash for a tenant", authority, u"https://login.microsoftonline.com/"_s, invalid);
    row("an authority with the version", authority, u"https://login.microsoftonline.com/tenant/v2.0"_s, invalid);
    row("an authority with two segments", authority, u"https://login.microsoftonline.com/a/b"_s, invalid);
    row("an authority with an escaped slash", authority, u"https://login.microsoftonline.com/a%2Fb"_s, invalid);
    row("an authority of many tenants", authority, u"https://login.microsoftonline.com/common"_s, invalid);
    row("an authority of many organisations", authority, u"https://login.microsoftonline.com/Organizations"_s, invalid);
    row("an authority with a query", authority, u"https://login.microsoftonline.com/t?a=b"_s, invalid);
    row("an authority with a fragment", authority, u"https://login.microsoftonline.com/t#a"_s, invalid);
    row("an authority without TLS", authority, u"http://login.microsoftonline.com/t"_s, refused);
    row("an authority with a user", authority, u"https://me@login.microsoftonline.com/t"_s, refused);
    row("an authority that is a path", authority, u"/tenant"_s, invalid);
    row("an authority without a scheme", authority, u"login.microsoftonline.com/t"_s, invalid);
    row("an authority with a blank", authority, u"https://login.microsoftonline.com/a b"_s, invalid);
    row("an authority that goes up", authority, u"https://login.microsoftonline.com/t/.."_s, invalid);
    const QString api = u"apiBaseUrl"_s;
    row("an API with a user", api, u"https://me:pw@books.example.org"_s, refused);
    row("an API with an empty user", api, u"https://@books.example.org"_s, refused);
    row("an API without TLS", api, u"http://books.example.org"_s, refused);
    row("an API behind a file", api, u"file:///etc/passwd"_s, refused);
    row("an API without a host", api, u"https:///api"_s, refused);
    row("an API that is a path", api, u"/api"_s, invalid);
    row("an API without a scheme", api, u"//books.example.org"_s, invalid);
    row("an API with a query", api, u"https://books.example.org?x=1"_s, invalid);
    row("an API with a fragment", api, u"https://books.example.org#x"_s, invalid);
    row("an API with the version", api, u"https://books.example.org/api/v1"_s, invalid);
    row("an API with the version and a slash", api, u"https://books.example.org/api/v1/"_s, invalid);
    row("an API with dots in its path", api, u"https://books.example.org/a/../b"_s, invalid);
    row("an API with escaped dots in its path", api, u"https://books.example.org/a/%2E%2e/b"_s, invalid);
    row("an API with a long address", api, u"https://books.example.org/"_s + QString(2100, u'a'), invalid);
    row("a client ID with a blank", u"clientId"_s, u"a b"_s, invalid);
    row("a client ID with a line end", u"clientId"_s, u"abc\n"_s, invalid);
    row("a long client ID", u"clientId"_s, QString(300, u'a'), invalid);
    row("an audience with a blank", u"audience"_s, u" "_s, invalid);
    row("a name of blanks", u"name"_s, u"   "_s, invalid);
    row("a name with a bidirectional mark", u"name"_s, u"Library\u202Egnp"_s, invalid);
    row("a long name", u"name"_s, QString(101, u'n'), invalid);
    row("an unknown provider", u"provider"_s, u"auth0"_s, invalid);
    row("a provider that is a path", u"provider"_s, u"../providers/entra"_s, invalid);
    row("an unknown response mode", u"responseMode"_s, u"fragment"_s, invalid);
    const QString redirect = u"redirectPath"_s;
    row("a redirect path without a slash", redirect, u"cb"_s, invalid);
    row("a redirect path that goes up", redirect, u"/a/../b"_s, invalid);
    row("a redirect path that stays", redirect, u"/./b"_s, invalid);
    row("a redirect path with a query", redirect, u"/cb?a=b"_s, invalid);
    row("a redirect path with a fragment", redirect, u"/cb#a"_s, invalid);
    row("a redirect path with an escape", redirect, u"/cb%2e"_s, invalid);
    row("a redirect path that is a host", redirect, u"//evil.org"_s, invalid);
    row("a redirect path with a line end", redirect, u"/cb\r\nX: y"_s, invalid);
    row("a redirect path of nothing", redirect, u""_s, invalid);
    const QString ca = u"caFile"_s;
    row("a relative CA file", ca, u"certificates/ca.pem"_s, invalid);
    row("a CA file next to here", ca, u"./ca.pem"_s, invalid);
    row("a CA file at home", ca, u"~/ca.pem"_s, invalid);
    row("a CA file on a share", ca, u"//server/share/ca.pem"_s, invalid);
    row("a CA file on a Windows share", ca, u"\\\\server\\share\\ca.pem"_s, invalid);
    row("a CA file behind a URL", ca, u"file:///etc/ca.pem"_s, invalid);
    row("a CA file in the program", ca, u":/bookdesk/ca.pem"_s, invalid);
    row("a CA file that is a folder", ca, u"/"_s, invalid);
    row("a CA file that never ends", ca, u"/dev/zero"_s, invalid);
    row("a CA file that is not there", ca, u"/no/such/ca.pem"_s, invalid);
    row("a CA file of nothing", ca, u""_s, invalid);
}

void ConnectionTest::refusesAMember()
{
    QFETCH(const QString, member);
    QFETCH(const QString, value);
    QFETCH(const QString, code);
    const Result<Connection> connection = readConnection(fileWith(member, value));
    QCOMPARE(codeOf(connection), code);
    QVERIFY2(connection.error().message.contains(u'"' + member + u'"'), qPrintable(connection.error().message));
}

void ConnectionTest::noFileChoosesAnotherIssuersRedirect_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isAccepted");
    const QString open = u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
    const QString government = u"https://login.microsoftonline.us/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
    const QString external = u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s;
    const QString loopback = u"http://localhost:8080/t"_s;
    const auto own = [](const QString &authority) { return sampleConnection(authority).redirect.path; };
    const QString ofOpen = sampleConnection(open).provider.ownRedirectPath(QUrl(open));
    QTest::newRow("the public cloud without a path") << open << u"/"_s << true;
    QTest::newRow("the public cloud with another path") << open << u"/books"_s << true;
    QTest::newRow("the public cloud with its own hash") << open << ofOpen << true;
    QTest::newRow("the public cloud with another's hash") << open << own(government) << false;
    QTest::newRow("the public cloud with a hash of nobody") << open << u"/cb/0123456789abcdef"_s << false;
    QTest::newRow("the public cloud with another's hash in capitals") << open << own(government).toUpper() << false;
    for (const QString &authority : {government, external, loopback}) {
        const QByteArray host = QUrl(authority).host().toLatin1();
        QTest::addRow("%s with its own path", host.constData()) << authority << own(authority) << true;
        QTest::addRow("%s with the bare path", host.constData()) << authority << u"/"_s << false;
        QTest::addRow("%s with a path that anybody may register", host.constData())
            << authority << u"/books"_s << false;
        QTest::addRow("%s with another's hash", host.constData()) << authority << ofOpen << false;
        QTest::addRow("%s with a slash behind its path", host.constData())
            << authority << QString(own(authority) + u'/') << false;
    }
}

void ConnectionTest::noFileChoosesAnotherIssuersRedirect()
{
    QFETCH(const QString, authority);
    QFETCH(const QString, path);
    QFETCH(const bool, isAccepted);
    JsonObject file = sampleFile(authority);
    file.set(u"redirectPath"_s, path);
    const Result<Connection> connection = readConnection(toCompactJson(file));
    QCOMPARE(codeOf(connection), isAccepted ? u"no error"_s : u"connection.member-invalid"_s);
    if (isAccepted) {
        QCOMPARE(connection->redirect.path, path);
        return;
    }
    QVERIFY(connection.error().message.contains(u"\"redirectPath\""_s));
    QVERIFY(connection.error().remedy.startsWith(u"Leave the member out"_s));
}

void ConnectionTest::acceptsAnAddress_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("kept");
    const auto row = [](const char *name, const QString &member, const QString &value, const QString &kept) {
        QTest::newRow(name) << member << value << kept;
    };
    const QString authority = u"authority"_s;
    const QString api = u"apiBaseUrl"_s;
    row("an authority with a slash at its end", authority, u"https://login.microsoftonline.com/contoso.com/"_s,
        u"https://login.microsoftonline.com/contoso.com"_s);
    row("an authority in capitals", authority, u"HTTPS://LOGIN.MICROSOFTONLINE.COM/contoso.com"_s,
        u"https://login.microsoftonline.com/contoso.com"_s);
    row("an authority with the usual port", authority, u"https://login.microsoftonline.us:443/contoso.com"_s,
        u"https://login.microsoftonline.us/contoso.com"_s);
    row("an authority in China", authority, u"https://login.partner.microsoftonline.cn/t"_s,
        u"https://login.partner.microsoftonline.cn/t"_s);
    row("a sovereign authority", authority, u"https://login.sovcloud-identity.fr/t"_s,
        u"https://login.sovcloud-identity.fr/t"_s);
    row("an External ID authority", authority, u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s,
        u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s);
    row("an authority on loopback", authority, u"http://127.0.0.1:8080/t"_s, u"http://127.0.0.1:8080/t"_s);
    row("an authority on loopback with the usual port", authority, u"http://localhost:80/t"_s, u"http://localhost/t"_s);
    row("an authority on loopback with TLS", authority, u"https://localhost:8443/t"_s, u"https://localhost:8443/t"_s);
    row("an API with a slash at its end", api, u"https://books.example.org/"_s, u"https://books.example.org"_s);
    row("an API with a path", api, u"https://example.org/books/v2/"_s, u"https://example.org/books/v2"_s);
    row("an API on another port", api, u"https://books.example.org:8443"_s, u"https://books.example.org:8443"_s);
    row("an API on loopback", api, u"http://[::1]:8000"_s, u"http://[::1]:8000"_s);
}

void ConnectionTest::acceptsAnAddress()
{
    QFETCH(const QString, member);
    QFETCH(const QString, value);
    QFETCH(const QString, kept);
    const Result<Connection> connection = readConnection(fileWith(member, value));
    QVERIFY2(connection, connection ? "" : qPrintable(connection.error().message));
    const QUrl url = member == u"authority"_s ? connection->authority : connection->apiBaseUrl;
    QCOMPARE(url.toString(QUrl::FullyEncoded), kept);
}

void ConnectionTest::refusesUnknownMembersByName()
{
    const Result<Connection> connection = readConnection(fileWith(u"insecure"_s, true));
    QCOMPARE(codeOf(connection), bookdesk::errors::jsonMemberUnknown.toString());
    QVERIFY(connection.error().message.contains(u"\"insecure\""_s));
}

void ConnectionTest::refusesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray() << bookdesk::errors::jsonInvalid.toString();
    QTest::newRow("an array") << "[]"_ba << bookdesk::errors::jsonWrongType.toString();
    QTest::newRow("no JSON") << "name = Library"_ba << bookdesk::errors::jsonInvalid.toString();
    QTest::newRow("a member twice") << R"({"name":"a","name":"b"})"_ba
                                    << bookdesk::errors::jsonDuplicateMember.toString();
    QTest::newRow("far too much") << QByteArray(3 * 1024 * 1024, ' ') << bookdesk::errors::jsonTooLarge.toString();
}

void ConnectionTest::refusesWhatIsNoObject()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, code);
    QCOMPARE(codeOf(readConnection(text)), code);
}

void ConnectionTest::readsCertificatesFromAFile()
{
    const QTemporaryDir folder;
    const bookdesk::test::TestAuthority authority("Private CA");
    const bookdesk::test::TestAuthority other("Another CA");
    const QString path = writtenTo(folder, authority.certificate() + other.certificate());
    const Result<Connection> connection = readConnection(fileWith(u"caFile"_s, path));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QCOMPARE(connection->authorities, (QList{authority.sslCertificate(), other.sslCertificate()}));
}

void ConnectionTest::aFileSwappedLaterChangesNothing()
{
    const QTemporaryDir folder;
    const bookdesk::test::TestAuthority authority("Private CA");
    const QString path = writtenTo(folder, authority.certificate());
    const Result<Connection> connection = readConnection(fileWith(u"caFile"_s, path));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    const QByteArray stored = writeConnection(*connection);
    QCOMPARE(writtenTo(folder, bookdesk::test::TestAuthority("Evil CA").certificate()), path);
    QVERIFY(!stored.contains(path.toUtf8()));
    const Result<Connection> again = readConnection(stored);
    QVERIFY2(again, qPrintable(codeOf(again)));
    QCOMPARE(again->authorities, QList{authority.sslCertificate()});
    // The file itself is another connection now.
    const Result<Connection> swapped = readConnection(fileWith(u"caFile"_s, path));
    QVERIFY(swapped && writeConnection(*swapped) != stored);
}

void ConnectionTest::itsCaVouchesForNoHostOfMicrosofts_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("api");
    QTest::addColumn<QStringList>("hosts");
    const QString microsofts = u"https://login.microsoftonline.com/t"_s;
    QTest::newRow("its API") << microsofts << u"https://books.example.org:8443"_s
                             << QStringList{u"books.example.org"_s};
    QTest::newRow("a loopback authority, too") << u"https://localhost:1/t"_s << u"https://books.example.org"_s
                                               << QStringList{u"books.example.org"_s, u"localhost"_s};
    QTest::newRow("an API in the tenant's sign-in")
        << microsofts << u"https://login.microsoftonline.com"_s << QStringList();
    QTest::newRow("an API in a customers' tenant") << microsofts << u"https://contoso.ciamlogin.com"_s << QStringList();
    QTest::newRow("Microsoft Graph as the API") << microsofts << u"https://graph.microsoft.com"_s << QStringList();
    QTest::newRow("a name that ends like it")
        << microsofts << u"https://notmicrosoft.com"_s << QStringList{u"notmicrosoft.com"_s};
    QTest::newRow("letters beyond ASCII")
        << microsofts << u"https://b\u00FCcher.example"_s << QStringList{u"xn--bcher-kva.example"_s};
}

void ConnectionTest::itsCaVouchesForNoHostOfMicrosofts()
{
    QFETCH(const QString, authority);
    QFETCH(const QString, api);
    Connection connection = sampleConnection(u"https://login.microsoftonline.com/t"_s);
    connection.authority = QUrl(authority);
    connection.apiBaseUrl = QUrl(api);
    QTEST(ownAuthorities(connection).hosts, "hosts");
}

void ConnectionTest::readsCertificatesFromTheText()
{
    const bookdesk::test::TestAuthority authority("Private CA");
    const QString pem = QString::fromLatin1(authority.certificate());
    const Result<Connection> connection = readConnection(fileWith(u"caFile"_s, pem));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QCOMPARE(connection->authorities, QList{authority.sslCertificate()});
}

void ConnectionTest::refusesACertificateFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    const bookdesk::test::TestAuthority authority("Private CA");
    const QString certificate = net::errors::certificateInvalid.toString();
    QTest::newRow("without a certificate") << "hello"_ba << certificate;
    QTest::newRow("with a private key") << authority.certificate() + authority.privateKey() << certificate;
    QTest::newRow("over 1 MiB") << authority.certificate() + QByteArray(1024 * 1024, '\n')
                                << identity::errors::connectionMemberInvalid.toString();
}

void ConnectionTest::refusesACertificateFile()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, code);
    const QTemporaryDir folder;
    const Result<Connection> connection = readConnection(fileWith(u"caFile"_s, writtenTo(folder, text)));
    QCOMPARE(codeOf(connection), code);
    QVERIFY2(connection.error().message.contains(u"caFile"_s), qPrintable(connection.error().message));
}

void ConnectionTest::loadsAFileOffThisThread()
{
    const QTemporaryDir folder;
    const QString path = writtenTo(folder, toCompactJson(sampleFile()));
    const QThread *resumedOn = nullptr;
    auto load = [](QString file, const QThread **thread) -> Task<Connection> {
        Result<Connection> loaded = co_await loadConnection(file);
        *thread = QThread::currentThread();
        co_return loaded;
    };
    const Result<Connection> connection = QCoro::waitFor(load(path, &resumedOn));
    QVERIFY2(connection, qPrintable(codeOf(connection)));
    QCOMPARE(connection->name, u"Library"_s);
    QCOMPARE(resumedOn, QThread::currentThread());
}

void ConnectionTest::namesAFileThatCannotBeRead_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("not there") << u"/no/such/connection.json"_s;
    QTest::newRow("a folder") << u"/"_s;
    QTest::newRow("a device") << u"/dev/zero"_s;
}

void ConnectionTest::namesAFileThatCannotBeRead()
{
    QFETCH(const QString, path);
    const Result<Connection> connection = QCoro::waitFor(loadConnection(path));
    QCOMPARE(codeOf(connection), identity::errors::connectionFileUnreadable.toString());
    QVERIFY(connection.error().message.contains(path));
}

void ConnectionTest::knowsWhatStaysOnThisComputer()
{
    Connection connection = sampleConnection(u"http://localhost:8080/t"_s);
    QVERIFY(!isLoopbackOnly(connection));
    connection.apiBaseUrl = QUrl(u"http://127.0.0.1:8081"_s);
    QVERIFY(isLoopbackOnly(connection));
    connection.authority = QUrl(u"https://login.microsoftonline.com/t"_s);
    QVERIFY(!isLoopbackOnly(connection));
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection-test.moc"
