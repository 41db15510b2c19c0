// The editor: fields are checked as they are left, what is written can be tested, and nothing is lost unasked.
#include "app/page-fixture.h"
#include "identity/sample-connection.h"
#include "net/test-authority.h"
#include "pages/connections/authorities-field.h"
#include "pages/connections/check-rows.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-form.h"
#include "pages/connections/editor-side.h"
#include "pages/connections/form-row.h"
#include "pages/connections/registration-note.h"
#include "widgets/key-value-rows.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QCoroTask>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using pages::Field;
using workspace::CheckSubject;
using workspace::Workspace;

namespace {

const QString authority = u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;
const QString guid = u"6f1c2d0a-2222-4333-8444-55556666e90b"_s;

} // namespace

class ConnectionEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace =
            std::make_unique<Workspace>(workspace::Surroundings(), workspace::ConnectionStore(m_folder->path()));
        m_editor = std::make_unique<pages::ConnectionEditor>(*m_workspace);
        m_editor->resize(980, 720);
        m_editor->show();
        m_editor->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
    }
    void cleanup()
    {
        m_editor.reset();
        m_workspace.reset();
    }

    void aFieldIsCheckedAsItIsLeft()
    {
        m_editor->edit(identity::sampleConnection(authority));
        QVERIFY(button(u"saveConnection"_s).isEnabled());
        line(u"connectionClientId"_s).setFocus();
        line(u"connectionClientId"_s).setText(u"0d44-77aa"_s);
        QVERIFY(!button(u"saveConnection"_s).isEnabled());
        QCOMPARE(complaint(Field::clientId), QString()); // The person may not have finished.
        line(u"connectionApi"_s).setFocus();
        QVERIFY2(complaint(Field::clientId).startsWith(u"Not a GUID."_s), qPrintable(complaint(Field::clientId)));
        QCOMPARE(line(u"connectionClientId"_s).accessibleDescription(), complaint(Field::clientId));
        QCOMPARE(test::announced(*m_editor), complaint(Field::clientId));
        line(u"connectionClientId"_s).setText(guid);
        QCOMPARE(complaint(Field::clientId), QString());
        QVERIFY(button(u"saveConnection"_s).isEnabled());
    }

    void itSaysWhichFieldsAreMissing()
    {
        m_editor->add();
        const auto *missing = m_editor->findChild<QLabel *>(u"unfinishedFields"_s);
        QVERIFY(!button(u"saveConnection"_s).isEnabled());
        QVERIFY2(missing->text().contains(u"Client ID"_s), qPrintable(missing->text()));
        QVERIFY2(missing->text().contains(u"Tenant ID"_s), qPrintable(missing->text()));
        QCOMPARE(complaint(Field::clientId), QString());
    }

    void aNewConnectionIsSavedAsItWasWritten()
    {
        m_editor->add();
        fillIn();
        // The usual scopes come by themselves.
        QCOMPARE(scopes().toPlainText(), u"api://%1/Books.Read\napi://%1/Books.Write"_s.arg(guid));
        QSignalSpy asked(m_editor.get(), &pages::ConnectionEditor::saveAsked);
        button(u"saveConnection"_s).click();
        QCOMPARE(asked.size(), 1);
        const auto saved = asked.first().first().value<identity::Connection>();
        QCOMPARE(saved.name, u"Contoso"_s);
        QCOMPARE(saved.authority, QUrl(u"https://login.microsoftonline.com/contoso.com"_s));
        QCOMPARE(saved.apiBaseUrl, QUrl(u"https://books.contoso.com"_s));
        QVERIFY(saved.id.isEmpty());
    }

    void scopesOfThePersonStay()
    {
        m_editor->add();
        fillIn();
        scopes().setPlainText(u"api://%1/Books.Read"_s.arg(guid));
        line(u"connectionAudience"_s).setText(u"7f1c2d0a-2222-4333-8444-55556666e90b"_s);
        QCOMPARE(scopes().toPlainText(), u"api://%1/Books.Read"_s.arg(guid));
    }

    void theFieldsFollowTheProvider()
    {
        m_editor->add();
        auto *provider = m_editor->findChild<QComboBox *>(u"connectionProvider"_s);
        QCOMPARE(provider->count(), identity::providerIds().size());
        QVERIFY(line(u"connectionTenant"_s).isVisible());
        QVERIFY(!line(u"connectionRoleClaims"_s).isVisible());
        provider->setCurrentIndex(provider->findData(u"keycloak"_s));
        QVERIFY(!line(u"connectionTenant"_s).isVisible());
        QVERIFY(line(u"connectionAuthority"_s).isVisible());
        QVERIFY(line(u"connectionAuthority"_s).placeholderText().contains(u"/realms/"_s));
        QVERIFY(line(u"connectionRoleClaims"_s).isVisible());
        provider->setCurrentIndex(provider->findData(u"firebase"_s));
        QVERIFY(!line(u"connectionClientId"_s).isVisible());
    }

    void anotherAddressIsWrittenAsAWhole()
    {
        m_editor->edit(identity::sampleConnection(authority));
        auto *cloud = m_editor->findChild<QComboBox *>(u"connectionCloud"_s);
        QCOMPARE(cloud->currentText(), u"Global"_s);
        cloud->setCurrentIndex(cloud->findData(QString()));
        QVERIFY(line(u"connectionAuthority"_s).isVisible());
        QVERIFY(!line(u"connectionTenant"_s).isVisible());
        line(u"connectionAuthority"_s).setText(u"https://contoso.ciamlogin.com/contoso.com"_s);
        QVERIFY(button(u"saveConnection"_s).isEnabled());
    }

    void itShowsWhatToRegister()
    {
        m_editor->edit(identity::sampleConnection(authority));
        const widgets::KeyValueRows &rows = m_editor->side().registration().rows();
        QCOMPARE(rows.value(u"Platform"_s)->value(), u"Mobile and desktop applications"_s);
        QCOMPARE(rows.value(u"Redirect URI"_s)->value(), u"http://localhost"_s);
        QCOMPARE(rows.value(u"API permissions"_s)->value(), u"Books.Read"_s);
        auto *cloud = m_editor->findChild<QComboBox *>(u"connectionCloud"_s);
        cloud->setCurrentIndex(cloud->findData(u"login.microsoftonline.us"_s));
        const QString own = m_editor->side().registration().rows().value(u"Redirect URI"_s)->value();
        QVERIFY2(own.startsWith(u"http://localhost/cb/"_s), qPrintable(own));
    }

    void whatIsWrittenIsTestedAndForgottenOnceItIsAnother()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        const Result<identity::Connection> connection =
            identity::readConnection(toCompactJson(m_workspace->sandbox()->connectionFile()));
        QVERIFY(connection);
        m_editor->edit(*connection);
        button(u"testWritten"_s).click();
        QTRY_COMPARE_WITH_TIMEOUT(button(u"testWritten"_s).text(), u"Run again"_s, 30'000);
        const pages::CheckRows &checks = m_editor->side().checks();
        QVERIFY(checks.sentence(CheckSubject::keys).contains(u"passed"_s));
        line(u"connectionName"_s).setText(u"Another name"_s);
        QVERIFY(!checks.sentence(CheckSubject::keys).isEmpty());
        line(u"connectionAudience"_s).setText(guid);
        QCOMPARE(checks.sentence(CheckSubject::keys), QString());
        QCOMPARE(button(u"testWritten"_s).text(), u"Test"_s);
    }

    void unsavedChangesAreNotLostUnasked()
    {
        m_editor->edit(identity::sampleConnection(authority));
        QSignalSpy left(m_editor.get(), &pages::ConnectionEditor::left);
        line(u"connectionName"_s).setText(u"Another name"_s);
        QTest::keyClick(&line(u"connectionName"_s), Qt::Key_Escape);
        auto *question = m_editor->findChild<QDialog *>(u"confirmLeave"_s);
        QVERIFY(question);
        test::buttonNamed(*question, u"cancel"_s)->click();
        QTRY_VERIFY(!m_editor->findChild<QDialog *>(u"confirmLeave"_s));
        QCOMPARE(left.size(), 0);
        QCOMPARE(line(u"connectionName"_s).text(), u"Another name"_s);
        button(u"leaveEditor"_s).click();
        question = m_editor->findChild<QDialog *>(u"confirmLeave"_s);
        QVERIFY(question);
        test::buttonNamed(*question, u"confirm"_s)->click();
        QCOMPARE(left.size(), 1);
    }

    void whoHasChangedNothingIsNotAsked()
    {
        QVERIFY(!m_editor->hasChanges());
        m_editor->edit(identity::sampleConnection(authority));
        QSignalSpy left(m_editor.get(), &pages::ConnectionEditor::left);
        button(u"leaveEditor"_s).click();
        QCOMPARE(left.size(), 1);
        QVERIFY(!m_editor->findChild<QDialog *>(u"confirmLeave"_s));
    }

    void aPrivateAuthorityIsShownByItsFingerprint()
    {
        m_editor->edit(identity::sampleConnection(authority));
        auto *authorities = m_editor->findChild<pages::AuthoritiesField *>();
        const QString good = written(u"ca.pem"_s, test::TestAuthority("Contoso Root CA").certificate());
        authorities->load(good);
        const auto *shown = m_editor->findChild<widgets::ValueLabel *>(u"extraCa"_s);
        QTRY_VERIFY2(shown->value().contains(u"SHA-256"_s), qPrintable(shown->value()));
        QCOMPARE(m_editor->form().written().authorities.size(), 1);
        authorities->load(written(u"bad.pem"_s, "hello"_ba));
        QTRY_VERIFY(!complaint(Field::authorities).isEmpty());
        QCOMPARE(m_editor->form().written().authorities.size(), 1);
        button(u"removeCa"_s).click();
        QVERIFY(m_editor->form().written().authorities.isEmpty());
        QCOMPARE(complaint(Field::authorities), QString());
    }

private:
    void fillIn() const
    {
        line(u"connectionName"_s).setText(u"Contoso"_s);
        line(u"connectionTenant"_s).setText(u"contoso.com"_s);
        line(u"connectionClientId"_s).setText(u"0d442b19-2222-4333-8444-5555666677aa"_s);
        line(u"connectionApi"_s).setText(u"https://books.contoso.com"_s);
        line(u"connectionAudience"_s).setText(guid);
    }

    QString written(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(content);
        return file.fileName();
    }

    QPushButton &button(const QString &name) const { return *test::buttonNamed(*m_editor, name); }
    QLineEdit &line(const QString &name) const { return *m_editor->findChild<QLineEdit *>(name); }
    QPlainTextEdit &scopes() const { return *m_editor->findChild<QPlainTextEdit *>(u"connectionScopes"_s); }
    const QString &complaint(Field field) const { return m_editor->form().row(field).complaint(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<pages::ConnectionEditor> m_editor;
};

BOOKDESK_PAGE_TEST_MAIN(ConnectionEditorTest)
#include "connection-editor-test.moc"
