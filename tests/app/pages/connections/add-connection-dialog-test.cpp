// The content of a connection file is shown; only *Add* stores it, and nothing is requested.
#include "app/window-fixture.h"
#include "core/json.h"
#include "pages/connections/add-connection-dialog.h"
#include "widgets/key-value-rows.h"
#include "widgets/labels.h"

#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using pages::AddConnectionDialog;
using test::WindowFixture;

class AddConnectionDialogTest : public QObject
{
    Q_OBJECT

private:
    /// A complete file whose authority and API are on @p port.
    static JsonObject connectionFile(quint16 port)
    {
        const QString base = u"http://localhost:%1"_s.arg(port);
        JsonObject file;
        file.set(u"name"_s, u"Contoso"_s);
        file.set(u"provider"_s, u"entra"_s);
        file.set(u"authority"_s, base + u"/5c0e1111-2222-3333-4444-555566667777"_s);
        file.set(u"clientId"_s, u"0d44aaaa-2222-3333-4444-5555666677aa"_s);
        file.set(u"scopes"_s, JsonArray{u"api://6f1c2d0a/Books.Read"_s});
        file.set(u"apiBaseUrl"_s, base);
        file.set(u"audience"_s, u"6f1c2d0a-2222-3333-4444-55556666e90b"_s);
        return file;
    }

    static AddConnectionDialog *dialogOf(const WindowFixture &fixture)
    {
        return fixture.window->findChild<AddConnectionDialog *>();
    }

    static QLineEdit &nameField(const AddConnectionDialog &dialog)
    {
        return *dialog.findChild<QLineEdit *>(u"nameHere"_s);
    }

    static std::size_t stored(const WindowFixture &fixture)
    {
        return workspace::ConnectionStore(fixture.folder.path()).load().connections.size();
    }

private Q_SLOTS:
    void showsWhatTheFileHolds()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QSignalSpy asked(&server, &QTcpServer::newConnection);
        WindowFixture fixture;
        const QByteArray content = toPrettyJson(connectionFile(server.serverPort()));
        AddConnectionDialog dialog(fixture.writeConnectionFile(u"c.json"_s, content),
                                   [](const identity::Connection &) { return Result<void>(); });
        QSignalSpy loaded(&dialog, &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QVERIFY(loaded.first().first().toBool());
        const auto shown = [&dialog](const QString &key) { return dialog.rows().value(key)->value(); };
        QCOMPARE(nameField(dialog).text(), u"Contoso"_s);
        QCOMPARE(shown(u"Provider"_s), u"Microsoft Entra ID"_s);
        QVERIFY(shown(u"Authority"_s).endsWith(u"/5c0e1111-2222-3333-4444-555566667777"_s));
        QCOMPARE(shown(u"Client ID"_s), u"0d44aaaa-2222-3333-4444-5555666677aa"_s);
        QVERIFY(shown(u"Scopes"_s).contains(u"api://6f1c2d0a/Books.Read"_s));
        QVERIFY(shown(u"Scopes"_s).contains(u"offline_access"_s));
        QCOMPARE(shown(u"API host"_s), u"localhost"_s);
        QVERIFY(shown(u"Private CA"_s).startsWith(u"none"_s));
        QCOMPARE(asked.size(), 0);
    }

    void cancelIsTheDefaultAndStoresNothing()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(connectionFile(9))));
        QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QVERIFY(test::buttonNamed(*dialogOf(fixture), u"cancel"_s)->isDefault());
        QCOMPARE(dialogOf(fixture)->focusWidget(), test::buttonNamed(*dialogOf(fixture), u"cancel"_s));
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"cancel"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialogOf(fixture));
        QCOMPARE(stored(fixture), std::size_t{0});
        QCOMPARE(fixture.workspace->connections().size(), std::size_t{1});
    }

    void addStoresItAndChoosesIt()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(connectionFile(9))));
        QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"add"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialogOf(fixture));
        QCOMPARE(stored(fixture), std::size_t{1});
        QCOMPARE(fixture.workspace->currentId(), fixture.workspace->connections().at(1).id);
        QCOMPARE(fixture.workspace->desk()->connection().name, u"Contoso"_s);
        QCOMPARE(fixture.window->statusLine().hostText(), u"http://localhost:9"_s);
    }

    void aNameThatIsTakenGetsAnotherByItself()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        for (const QString &name : {u"Contoso"_s, u"Contoso 2"_s}) {
            fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(connectionFile(9))));
            QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
            QVERIFY(loaded.wait());
            QCOMPARE(nameField(*dialogOf(fixture)).text(), name);
            QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"add"_s), Qt::LeftButton);
            QTRY_VERIFY(!dialogOf(fixture));
        }
        QCOMPARE(stored(fixture), std::size_t{2});
    }

    void theNameCanBeEditedBefore()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(connectionFile(9))));
        QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        nameField(*dialogOf(fixture)).setText(u" "_s);
        QVERIFY(!test::buttonNamed(*dialogOf(fixture), u"add"_s)->isEnabled());
        nameField(*dialogOf(fixture)).setText(u"Our library"_s);
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"add"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialogOf(fixture));
        QCOMPARE(fixture.workspace->connections().at(1).name, u"Our library"_s);
    }

    void eachOfSeveralIsAskedAbout()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        JsonObject other = connectionFile(9);
        other.set(u"name"_s, u"Fabrikam"_s);
        const JsonArray both{connectionFile(9), other};
        fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(both)));
        QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QCOMPARE(nameField(*dialogOf(fixture)).text(), u"Contoso"_s);
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"leaveOut"_s), Qt::LeftButton);
        QCOMPARE(nameField(*dialogOf(fixture)).text(), u"Fabrikam"_s);
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"add"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialogOf(fixture));
        QCOMPARE(stored(fixture), std::size_t{1});
        QCOMPARE(fixture.workspace->connections().at(1).name, u"Fabrikam"_s);
    }

    void aNameThatIsTakenIsRefusedInTheSameDialog()
    {
        WindowFixture fixture;
        QVERIFY(fixture.start());
        JsonObject file = connectionFile(9);
        file.set(u"name"_s, fixture.workspace->connections().front().name);
        fixture.window->offerConnection(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(file)));
        QSignalSpy loaded(dialogOf(fixture), &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        nameField(*dialogOf(fixture)).setText(fixture.workspace->connections().front().name);
        QTest::mouseClick(test::buttonNamed(*dialogOf(fixture), u"add"_s), Qt::LeftButton);
        QVERIFY(dialogOf(fixture)->isVisible());
        QCOMPARE(dialogOf(fixture)->banner().headline(), u"The connection was not added"_s);
        QCOMPARE(dialogOf(fixture)->banner().rows().value(u"Error code"_s)->text(), u"connection.name-taken"_s);
        QCOMPARE(stored(fixture), std::size_t{0});
    }

    void aFileThatCannotBeUsedIsExplained_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("named");
        JsonObject unknown = connectionFile(9);
        unknown.set(u"password"_s, u"x"_s);
        QTest::newRow("a member that is unknown") << toPrettyJson(unknown) << u"password"_s;
        JsonObject foreign = connectionFile(9);
        foreign.set(u"authority"_s, u"https://login.evil.example/tenant"_s);
        QTest::newRow("an authority that is not the provider's") << toPrettyJson(foreign) << u"authority"_s;
        JsonObject withUser = connectionFile(9);
        withUser.set(u"apiBaseUrl"_s, u"https://microsoft.com@evil.example"_s);
        QTest::newRow("an address with a user in it") << toPrettyJson(withUser) << u"apiBaseUrl"_s;
        JsonObject nameless = connectionFile(9);
        nameless.remove(u"name"_s);
        QTest::newRow("a member that is missing") << toPrettyJson(nameless) << u"name"_s;
        QTest::newRow("no JSON at all") << QByteArray("hello") << QString();
    }

    void aFileThatCannotBeUsedIsExplained()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, named);
        WindowFixture fixture;
        AddConnectionDialog dialog(fixture.writeConnectionFile(u"c.json"_s, content),
                                   [](const identity::Connection &) { return Result<void>(); });
        QSignalSpy loaded(&dialog, &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QVERIFY(!loaded.first().first().toBool());
        QVERIFY(!dialog.banner().isHidden());
        QVERIFY2(dialog.banner().text().contains(named), qPrintable(dialog.banner().text()));
        QVERIFY(!test::buttonNamed(dialog, u"add"_s)->isEnabled());
    }

    void nothingOfALongHostIsCutOff()
    {
        WindowFixture fixture;
        const QString label(60, u'a');
        const QString host = label + u'.' + label + u'.' + label + u".evil.example"_s;
        JsonObject file = connectionFile(9);
        file.set(u"apiBaseUrl"_s, u"https://"_s + host);
        AddConnectionDialog dialog(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(file)),
                                   [](const identity::Connection &) { return Result<void>(); });
        dialog.show();
        QSignalSpy loaded(&dialog, &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        QCOMPARE(loaded.first().first().toBool(), true);
        const widgets::ValueLabel *shown = dialog.rows().value(u"API host"_s);
        QVERIFY(shown);
        QCOMPARE(shown->value(), host);
        // Wrapped into lines that all fit, and none is wider than the dialog.
        QTRY_VERIFY(shown->height() > 2 * shown->fontMetrics().height());
        QTRY_VERIFY(shown->height() >= shown->heightForWidth(shown->width()));
        QVERIFY(shown->minimumSizeHint().width() <= shown->width());
        QVERIFY(shown->mapTo(&dialog, QPoint(shown->width(), 0)).x() <= dialog.width());
    }

    void aHostInOtherLettersCannotPassForAnother()
    {
        WindowFixture fixture;
        JsonObject file = connectionFile(9);
        file.set(u"apiBaseUrl"_s, u"https://books.\u0441\u043Entoso.com"_s);
        AddConnectionDialog dialog(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(file)),
                                   [](const identity::Connection &) { return Result<void>(); });
        QSignalSpy loaded(&dialog, &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        for (const QString &key : {u"API host"_s, u"API address"_s}) {
            const QString shown = dialog.rows().value(key)->value();
            QVERIFY2(shown.contains(u"books.xn--ntoso-iyeu.com"_s), qPrintable(shown));
            QVERIFY2(shown.contains(u"several scripts"_s), qPrintable(shown));
        }
    }

    void textInTheFileCannotPassForOurs()
    {
        WindowFixture fixture;
        JsonObject file = connectionFile(9);
        file.set(u"name"_s, u"<b>Contoso</b>\u202Etxt"_s);
        AddConnectionDialog dialog(fixture.writeConnectionFile(u"c.json"_s, toPrettyJson(file)),
                                   [](const identity::Connection &) { return Result<void>(); });
        QSignalSpy loaded(&dialog, &AddConnectionDialog::loaded);
        QVERIFY(loaded.wait());
        const QStringList texts = test::labelTexts(dialog);
        QVERIFY(!test::containsPart(texts, u"\u202E"_s));
    }
};

BOOKDESK_PAGE_TEST_MAIN(AddConnectionDialogTest)
#include "add-connection-dialog-test.moc"
