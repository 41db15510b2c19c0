// The window with the Connections page: from a connection to its books, whom a deletion signs out, unsaved changes.
#include "app/window-fixture.h"
#include "pages/connections/connection-editor.h"
#include "pages/connections/connection-form.h"
#include "pages/connections/connections-list.h"
#include "pages/connections/connections-page.h"
#include "pages/register/register-page.h"
#include "window/side-button.h"

#include <QDialog>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace bookdesk;
using test::WindowFixture;

class ConnectionsWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_at = std::make_unique<WindowFixture>();
        QVERIFY(m_at->start());
        m_at->window->showPage(u"connections"_s);
        QVERIFY(page().isVisible());
    }
    void cleanup() { m_at.reset(); }

    void theSideBarHasIt()
    {
        QStringList names;
        for (const window::SideButton *button : m_at->window->findChildren<window::SideButton *>())
            names += button->text();
        QCOMPARE(names.mid(names.size() - 2), (QStringList{u"Connections"_s, u"Settings"_s}));
    }

    void signingInThereLeadsToTheBooks()
    {
        const QString id = add();
        page().select(id);
        m_at->click(u"signInHere"_s);
        QCOMPARE(m_at->workspace->currentId(), id);
        QTRY_COMPARE(m_at->opened.size(), 1);
        QVERIFY(m_at->window->signInPage().isVisible());
        QVERIFY(m_at->answerAs(u"ada"_s));
        QTRY_VERIFY(m_at->window->page<pages::BooksPage>().isVisible());
    }

    void deletingNamesWhomItSignsOut()
    {
        signInToOwn();
        m_at->click(u"deleteConnection"_s);
        QTRY_VERIFY(dialog(u"confirmRemoval"_s));
        QVERIFY(test::containsPart(test::labelTexts(*dialog(u"confirmRemoval"_s)), u"Ada Admin"_s));
        test::buttonNamed(*dialog(u"confirmRemoval"_s), u"confirm"_s)->click();
        QTRY_VERIFY(page().banner().isVisible());
        QVERIFY2(page().banner().text().contains(u"Ada Admin"_s), qPrintable(page().banner().text()));
        QCOMPARE(m_at->workspace->currentId(), workspace::Workspace::sandboxId());
    }

    void aChangeThatSignsOutIsAskedAbout()
    {
        const QString id = signInToOwn();
        m_at->click(u"editConnection"_s);
        write(u"connectionName"_s, u"Ours"_s);
        m_at->click(u"saveConnection"_s);
        QTRY_VERIFY(!page().isEditing());
        QVERIFY(!dialog(u"confirmChange"_s)); // Another name signs nobody out.
        QVERIFY(m_at->workspace->desk()->session().current());
        m_at->click(u"editConnection"_s);
        write(u"connectionClientId"_s, u"0d442b19-2222-4333-8444-5555666677aa"_s);
        m_at->click(u"saveConnection"_s);
        QTRY_VERIFY(dialog(u"confirmChange"_s));
        QVERIFY(test::containsPart(test::labelTexts(*dialog(u"confirmChange"_s)), u"Ada Admin"_s));
        test::buttonNamed(*dialog(u"confirmChange"_s), u"confirm"_s)->click();
        QTRY_VERIFY(!page().isEditing());
        QCOMPARE(m_at->workspace->find(id)->clientId, u"0d442b19-2222-4333-8444-5555666677aa"_s);
        QTRY_VERIFY(page().banner().isVisible());
        QVERIFY(!m_at->workspace->desk()->session().current());
    }

    void closingTheWindowAsksForUnsavedChanges()
    {
        page().select(add());
        m_at->click(u"editConnection"_s);
        write(u"connectionName"_s, u"Ours"_s);
        m_at->window->showPage(u"settings"_s);
        m_at->window->close();
        QVERIFY(m_at->window->isVisible());
        QVERIFY(page().isVisible());
        QTRY_VERIFY(dialog(u"confirmLeave"_s));
        test::buttonNamed(*dialog(u"confirmLeave"_s), u"confirm"_s)->click();
        QTRY_VERIFY(!m_at->window->isVisible());
    }

    void whatIsWrittenStaysWhileAnotherPageIsShown()
    {
        m_at->click(u"addOwnConnection"_s);
        write(u"connectionName"_s, u"Ours"_s);
        m_at->window->showPage(u"settings"_s);
        m_at->window->showPage(u"connections"_s);
        QVERIFY(page().isEditing());
        QCOMPARE(page().editor().form().written().name, u"Ours"_s);
    }

    void registeringIsOnTopOfThePage()
    {
        m_at->click(u"registerConnection"_s);
        QVERIFY(m_at->window->page<pages::RegisterPage>().isVisible());
    }

private:
    pages::ConnectionsPage &page() const { return m_at->window->page<pages::ConnectionsPage>(); }
    QDialog *dialog(const QString &name) const { return m_at->window->findChild<QDialog *>(name); }
    void write(const QString &field, const QString &text) const { page().findChild<QLineEdit *>(field)->setText(text); }

    /// One of the person's own, at the Sandbox.
    QString add() const
    {
        JsonObject file = m_at->sandbox().connectionFile();
        file.set(u"name"_s, u"Contoso"_s);
        const Result<identity::Connection> connection = identity::readConnection(toCompactJson(file));
        return m_at->workspace->add(connection.value_or(identity::Connection())).value_or(QString());
    }

    QString signInToOwn() const
    {
        const QString id = add();
        page().select(id);
        m_at->click(u"signInHere"_s);
        const bool isOpen = QTest::qWaitFor([this] { return m_at->opened.size() == 1; }, 10'000);
        const auto hasBooks = [this] { return m_at->window->page<pages::BooksPage>().isVisible(); };
        if (!isOpen || !m_at->answerAs(u"ada"_s) || !QTest::qWaitFor(hasBooks, 10'000))
            qFatal("Ada could not sign in.");
        m_at->window->showPage(u"connections"_s);
        return id;
    }

    std::unique_ptr<WindowFixture> m_at;
};

BOOKDESK_PAGE_TEST_MAIN(ConnectionsWindowTest)
#include "connections-window-test.moc"
