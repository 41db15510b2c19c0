// The Connections page: the list and its order, tests row by row, deleting, copying, exporting.
#include "app/hostile-checks.h"
#include "app/page-fixture.h"
#include "identity/sample-connection.h"
#include "pages/connections/check-rows.h"
#include "pages/connections/connection-detail.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-form.h"
#include "pages/connections/connections-list.h"
#include "pages/connections/connections-page.h"
#include "widgets/banner.h"
#include "workspace/workspace.h"

#include <QCoroTask>
#include <QDialog>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTcpServer>

#include <memory>

using namespace bookdesk;
using namespace Qt::StringLiterals;
using workspace::CheckSubject;
using workspace::Workspace;

namespace {

const QString authority = u"https://login.microsoftonline.com/c6b1a2d3-0f5e-4a7b-9c8d-1e2f3a4b5c6d"_s;

} // namespace

class ConnectionsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace =
            std::make_unique<Workspace>(workspace::Surroundings(), workspace::ConnectionStore(m_folder->path()));
        m_page = std::make_unique<pages::ConnectionsPage>(*m_workspace, systemNow);
        m_page->resize(980, 720);
        m_page->show();
        m_page->activateWindow();
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
    }

    void everyControlHasAName()
    {
        add(u"Library"_s);
        QCOMPARE(test::namelessControls(*m_page), QStringList());
        click(u"editConnection"_s);
        QVERIFY(m_page->isEditing());
        QCOMPARE(test::namelessControls(*m_page), QStringList());
    }

    void aRowIsReadWithAllThatIsInIt()
    {
        add(u"Library"_s);
        QCOMPARE(spoken(0, pages::ConnectionsModel::nameColumn), u"Sandbox, built in, not running"_s);
        QCOMPARE(spoken(1, pages::ConnectionsModel::nameColumn), u"Library, books.example.org"_s);
        QCOMPARE(spoken(1, pages::ConnectionsModel::providerColumn), u"Microsoft Entra ID"_s);
        QCOMPARE(spoken(1, pages::ConnectionsModel::usedColumn), u"never"_s);
        QCOMPARE(spoken(1, pages::ConnectionsModel::testColumn), u"not tested"_s);
    }

    void whoHasOnlyTheSandboxIsToldHowToGoOn()
    {
        const auto *hint = m_page->findChild<QLabel *>(u"onlySandbox"_s);
        QVERIFY(hint->isVisible());
        for (const QString &action : {u"Add connection…"_s, u"Import…"_s, u"Register it for me…"_s})
            QVERIFY2(hint->text().contains(action), qPrintable(action));
        add(u"Library"_s);
        QVERIFY(!hint->isVisible());
    }

    void theSandboxCanBeShownAndNothingElse()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        m_page->select(Workspace::sandboxId());
        for (const QString &name : {u"duplicateConnection"_s, u"exportConnection"_s, u"deleteConnection"_s})
            QVERIFY2(!button(name).isEnabled(), qPrintable(name));
        QVERIFY(!button(u"deleteConnection"_s).accessibleDescription().isEmpty());
        QCOMPARE(button(u"editConnection"_s).text(), u"Show…"_s);
        click(u"editConnection"_s);
        QVERIFY(m_page->isEditing());
        QVERIFY(button(u"saveConnection"_s).isHidden());
        QVERIFY(field(u"connectionName"_s).isReadOnly());
        QVERIFY(!m_page->editor().hasChanges());
    }

    void returnEditsAndDeleteAsks()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        add(u"Library"_s);
        m_page->list().table().setFocus();
        QTest::keyClick(&m_page->list().table(), Qt::Key_Delete);
        QTRY_VERIFY(dialog(u"confirmRemoval"_s));
        QVERIFY(test::buttonNamed(*dialog(u"confirmRemoval"_s), u"cancel"_s)->isDefault());
        test::buttonNamed(*dialog(u"confirmRemoval"_s), u"cancel"_s)->click();
        QCOMPARE(m_workspace->connections().size(), std::size_t{1});
        QTRY_VERIFY(!dialog(u"confirmRemoval"_s));
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->list().table().setFocus();
        QTest::keyClick(&m_page->list().table(), Qt::Key_Return);
        QVERIFY(m_page->isEditing());
        QCOMPARE(field(u"connectionName"_s).text(), u"Library"_s);
    }

    void aConnectionIsDeletedOnceThePersonAgrees()
    {
        add(u"Library"_s);
        click(u"deleteConnection"_s);
        QTRY_VERIFY(dialog(u"confirmRemoval"_s));
        QVERIFY(test::containsPart(test::labelTexts(*dialog(u"confirmRemoval"_s)), u"nobody"_s));
        test::buttonNamed(*dialog(u"confirmRemoval"_s), u"confirm"_s)->click();
        QTRY_COMPARE(m_workspace->connections().size(), std::size_t{0});
        QTRY_COMPARE(m_page->banner().headline(), u"Library was deleted"_s);
        QCOMPARE(m_page->list().table().selectedId(), Workspace::sandboxId());
    }

    void theOrderCanBeChangedByKeys()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        add(u"Archive"_s);
        const QString id = add(u"Library"_s);
        QVERIFY(!button(u"moveDown"_s).isEnabled());
        m_page->list().table().setFocus();
        QTest::keyClick(&m_page->list().table(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_workspace->connections().front().id, id);
        QCOMPARE(m_page->list().table().selectedId(), id);
        QCOMPARE(test::announced(*m_page), u"Library is now number 2 of 3"_s);
        QVERIFY(!button(u"moveUp"_s).isEnabled());
        QTest::keyClick(&m_page->list().table(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_workspace->connections().back().id, id);
    }

    void aCopyIsStoredOnceItIsSaved()
    {
        add(u"Library"_s);
        click(u"duplicateConnection"_s);
        QVERIFY(m_page->isEditing());
        QCOMPARE(field(u"connectionName"_s).text(), u"Library 2"_s);
        QCOMPARE(m_workspace->connections().size(), std::size_t{1});
        click(u"saveConnection"_s);
        QVERIFY(!m_page->isEditing());
        QCOMPARE(m_workspace->connections().size(), std::size_t{2});
        QCOMPARE(m_page->list().table().selectedId(), m_workspace->connections().back().id);
    }

    void anExportedFileHoldsTheConnectionWithoutItsId()
    {
        const QString id = add(u"Library/.. 1"_s);
        click(u"exportConnection"_s);
        auto *chooser = m_page->findChild<QFileDialog *>(u"exportDialog"_s);
        QVERIFY(chooser);
        QCOMPARE(chooser->acceptMode(), QFileDialog::AcceptSave);
        QVERIFY(!chooser->testOption(QFileDialog::DontConfirmOverwrite));
        const QString path = m_folder->filePath(u"exported.json"_s);
        Q_EMIT chooser->fileSelected(path);
        QTRY_COMPARE(m_page->banner().headline(), u"The connection was exported"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(!text.contains(id.toLatin1()));
        const Result<identity::Connection> read = identity::readConnection(text);
        QVERIFY(read);
        QCOMPARE(read->name, u"Library/.. 1"_s);
    }

    void aTestShowsItsRowsUntilTheConnectionChanges()
    {
        QVERIFY(QCoro::waitFor(m_workspace->startSandbox({})));
        const QString id = addLikeSandbox();
        runTest();
        const pages::CheckRows &checks = m_page->detail().checks();
        QVERIFY2(checks.sentence(CheckSubject::discovery).startsWith(u"Discovery, passed"_s),
                 qPrintable(checks.sentence(CheckSubject::discovery)));
        QVERIFY2(checks.sentence(CheckSubject::api).contains(u"401"_s), qPrintable(checks.sentence(CheckSubject::api)));
        QVERIFY2(spoken(1, pages::ConnectionsModel::testColumn).startsWith(u"passed, "_s),
                 qPrintable(spoken(1, pages::ConnectionsModel::testColumn)));
        QVERIFY2(test::announced(*m_page).startsWith(u"The test of Contoso: "_s), qPrintable(test::announced(*m_page)));
        identity::Connection renamed = *m_workspace->find(id);
        renamed.name = u"Contoso books"_s;
        QVERIFY(QCoro::waitFor(m_workspace->update(renamed)));
        QCOMPARE(spoken(1, pages::ConnectionsModel::testColumn), u"not tested"_s);
        QCOMPARE(checks.sentence(CheckSubject::discovery), QString());
    }

    void aFailedRowHasARemedy()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QString closed = u"http://127.0.0.1:%1"_s.arg(server.serverPort());
        server.close();
        identity::Connection connection = identity::sampleConnection(closed + u"/contoso.com"_s);
        connection.apiBaseUrl = QUrl(closed);
        const Result<QString> id = m_workspace->add(connection);
        QVERIFY(id);
        m_page->select(*id);
        runTest();
        const QString row = m_page->detail().checks().sentence(CheckSubject::discovery);
        QVERIFY2(row.startsWith(u"Discovery, failed, "_s), qPrintable(row));
        QVERIFY2(row.count(u", "_s) >= 3, qPrintable(row));
        QVERIFY(spoken(1, pages::ConnectionsModel::testColumn).startsWith(u"failed, "_s));
    }

    void leavingThePageEndsTheTest()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        addAt(u"http://127.0.0.1:%1"_s.arg(silent.serverPort()));
        click(u"testConnection"_s);
        QCOMPARE(button(u"testConnection"_s).text(), u"Cancel"_s);
        QTRY_VERIFY(silent.hasPendingConnections());
        m_page->hide();
        m_page->show();
        QTRY_COMPARE(button(u"testConnection"_s).text(), u"Test"_s);
        QCOMPARE(spoken(1, pages::ConnectionsModel::testColumn), u"cancelled"_s);
    }

    void aDroppedFileIsOffered()
    {
        QSignalSpy dropped(m_page.get(), &pages::ConnectionsPage::fileDropped);
        const QString path = m_folder->filePath(u"connection.json"_s);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &drop);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.first().first().toString(), path);
    }

    void showsHostileText_data() { test::addHostileRows(); }

    void showsHostileText()
    {
        QFETCH(QString, text);
        identity::Connection connection = identity::sampleConnection(authority);
        connection.name = text;
        const Result<QString> id = m_workspace->add(connection);
        if (!id)
            QSKIP("No connection has such a name.");
        m_page->select(*id);
        QCOMPARE(test::hostileProblems(*m_page, text), QString());
    }

private:
    QString add(const QString &name)
    {
        identity::Connection connection = identity::sampleConnection(authority);
        connection.name = name;
        const Result<QString> id = m_workspace->add(connection);
        m_page->select(id.value_or(QString()));
        return id.value_or(QString());
    }

    void addAt(const QString &base)
    {
        identity::Connection connection = identity::sampleConnection(base + u"/contoso.com"_s);
        connection.apiBaseUrl = QUrl(base);
        const Result<QString> id = m_workspace->add(connection);
        m_page->select(id.value_or(QString()));
    }

    QString addLikeSandbox()
    {
        JsonObject file = m_workspace->sandbox()->connectionFile();
        file.set(u"name"_s, u"Contoso"_s);
        const Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
        const Result<QString> id = m_workspace->add(connection.value_or(identity::Connection()));
        m_page->select(id.value_or(QString()));
        return id.value_or(QString());
    }

    void runTest()
    {
        click(u"testConnection"_s);
        QTRY_COMPARE_WITH_TIMEOUT(button(u"testConnection"_s).text(), u"Test"_s, 30'000);
    }

    QPushButton &button(const QString &name) const { return *test::buttonNamed(*m_page, name); }
    void click(const QString &name) const { QTest::mouseClick(&button(name), Qt::LeftButton); }
    QLineEdit &field(const QString &name) const { return *m_page->findChild<QLineEdit *>(name); }
    QDialog *dialog(const QString &name) const { return m_page->findChild<QDialog *>(name); }
    QString spoken(int row, int column) const
    {
        const pages::ConnectionsModel &model = m_page->list().table().connections();
        return model.index(row, column).data(Qt::AccessibleTextRole).toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<pages::ConnectionsPage> m_page;
};

BOOKDESK_PAGE_TEST_MAIN(ConnectionsPageTest)
#include "connections-page-test.moc"
