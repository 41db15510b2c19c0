// What the window keeps of a person who has signed out. The Sandbox and the browser are programs of their own, because
// they know the person, too.
#include "app/cli/cli-process.h"
#include "app/window-fixture.h"
#include "core/own-memory.h"
#include "identity/browser.h"

#include <QEvent>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>

#include <array>
#include <vector>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

constexpr std::array literals{QByteArrayView("Riley Reader"), QByteArrayView("riley.reader@sandbox.test"),
                              QByteArrayView("1e71985a-4cb4-4dbb-b6c7-379e4bc28c60"),
                              QByteArrayView("Pride and Prejudice"), QByteArrayView("Jane Austen")};

class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QWidget &widget) { widget.installEventFilter(this); }

    int paints() const { return m_paints; }
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    int m_paints = 0;
};

} // namespace

class SignedOutWindowTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QProcess> m_sandbox;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<window::MainWindow> m_window;
    QTemporaryDir m_folder;
    std::vector<test::Remembered> m_texts; ///< Of the book that was not deleted.

    void click(const QString &name) { QTest::mouseClick(m_window->findChild<QAbstractButton *>(name), Qt::LeftButton); }

    /// Waits until the window has been painted as it is now.
    bool isPainted()
    {
        PaintCounter counter(*m_window);
        m_window->update();
        return QTest::qWaitFor([&counter] { return counter.paints() > 0; });
    }

    /// Everything that shows something about the person.
    bool work()
    {
        click(u"signIn"_s);
        pages::BooksPage &books = m_window->page<pages::BooksPage>();
        if (!QTest::qWaitFor([&books] { return books.table().total() > 100; }, 20'000))
            return false;
        books.table().view()->selectRow(0);
        m_texts.emplace_back(books.table().selectedBook()->title.toUtf8());
        click(u"delete"_s);
        if (!QTest::qWaitFor([this] { return m_window->findChild<QPushButton *>(u"confirm"_s) != nullptr; }))
            return false;
        click(u"confirm"_s);
        if (!QTest::qWaitFor([&books] { return books.outcome().isVisible(); }))
            return false;
        m_window->showPage(u"token"_s);
        auto *tabs = m_window->page<pages::TokenPage>().findChild<QTabBar *>();
        for (const int tab : {1, 0, 1}) {
            tabs->setCurrentIndex(tab);
            if (!isPainted())
                return false;
        }
        m_window->sideBar().account()->setChecked(true);
        return QTest::qWaitFor([this] { return m_window->accountPanel().isVisible(); }) && isPainted();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariable("GLIBC_TUNABLES").contains("perturb"_L1))
            QSKIP("Freed memory is told from used memory with GLIBC_TUNABLES=glibc.malloc.perturb=165:"
                  "glibc.malloc.tcache_count=0 alone.");
        m_sandbox = test::start({u"sandbox"_s});
        QVERIFY(QTest::qWaitFor([this] { return m_sandbox->canReadLine(); }, 30'000));
        Result<identity::Connection> connection = identity::readConnection(m_sandbox->readLine());
        QVERIFY(connection.has_value());
        connection->name = u"Elsewhere"_s;
        workspace::Surroundings surroundings;
        surroundings.open = identity::commandBrowser(u"\"" BOOKDESK_VISIT_AS "\" riley"_s);
        m_workspace = std::make_unique<workspace::Workspace>(surroundings, workspace::ConnectionStore(m_folder.path()));
        m_window = std::make_unique<window::MainWindow>(window::WindowParts{*m_workspace, surroundings.open});
        m_window->show();
        QVERIFY(m_workspace->add(*connection).has_value());
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_workspace.reset();
        if (m_sandbox)
            test::interrupt(*m_sandbox);
        QVERIFY(!m_sandbox || m_sandbox->waitForFinished());
    }

    void nothingOfThePersonIsLeft()
    {
        QVERIFY(work());
        QVERIFY(test::copiesInMemory(literals.front()).value_or(0) > 0);
        m_window->signOut();
        for (const QByteArrayView literal : literals)
            QTRY_VERIFY2(test::copiesInMemory(literal) == 0, literal.data());
        for (const test::Remembered &text : m_texts)
            QTRY_VERIFY(text.copies() == 0);
    }
};

BOOKDESK_PAGE_TEST_MAIN(SignedOutWindowTest)
#include "signed-out-window-test.moc"
