// The window while an API answers more than anybody can read: it goes on reacting. The API is a real server with a
// thread of its own, as its work must not count as the window's.
#include "app/window-fixture.h"
#include "core/text.h"
#include "net/fake-server.h"
#include "sandbox/sandbox-server.h"
#include "widgets/page-header.h"
#include "widgets/search-field.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QSignalSpy>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace bookdesk;

namespace {

constexpr qsizetype large = 16 * 1024 * 1024;

/// An API that gives every request the same answer.
class Library
{
public:
    Library()
    {
        m_thread.start();
        const auto make = [this] {
            return std::make_unique<test::FakeServer>([this](const test::SeenRequest &) {
                const QMutexLocker locker(&m_mutex);
                return m_answer;
            });
        };
        QMetaObject::invokeMethod(
            m_place.get(), [this, make] { m_server = make(); }, Qt::BlockingQueuedConnection);
    }
    ~Library()
    {
        QMetaObject::invokeMethod(
            m_place.get(), [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Library(const Library &) = delete;
    Library &operator=(const Library &) = delete;

    QUrl url() const { return m_server->url(); }

    void answer(const QByteArray &status, const QByteArray &body)
    {
        const QMutexLocker locker(&m_mutex);
        m_answer = test::httpAnswer(status, {{"Content-Type"_ba, "application/json"_ba}}, body);
    }

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_place = [this] {
        auto place = std::make_unique<QObject>();
        place->moveToThread(&m_thread);
        return place;
    }();
    QMutex m_mutex;
    QByteArray m_answer = test::httpAnswer("200 OK", {}, R"({"books":[],"user":"r"})");
    std::unique_ptr<test::FakeServer> m_server;
};

/// Looks every 10 ms whether the event loop runs.
class Watchdog
{
public:
    Watchdog()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout([this] { look(); });
        m_timer.start(10);
        m_sinceLook.start();
        m_sinceStart.start();
    }

    void look()
    {
        m_longest = std::max(m_longest, m_sinceLook.restart());
        ++m_looks;
    }

    qint64 longest() const { return m_longest; }
    qint64 whole() const { return m_sinceStart.elapsed(); }
    int looks() const { return m_looks; }

private:
    QTimer m_timer;
    QElapsedTimer m_sinceLook;
    QElapsedTimer m_sinceStart;
    qint64 m_longest = 0;
    int m_looks = 0;
};

QByteArray listOf(const QByteArray &entries) { return "{\"books\":[" + entries + "],\"user\":\"r\"}"; }

} // namespace

class BigAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto sandbox = QCoro::waitFor(sandbox::SandboxServer::start({}));
        QVERIFY(sandbox);
        m_sandbox = *std::move(sandbox);
        JsonObject file = m_sandbox->connectionFile();
        file.set(u"name"_s, u"Big"_s);
        file.set(u"apiBaseUrl"_s, m_library.url().toString());
        QVERIFY(m_at.workspace->add(*identity::readConnection(toCompactJson(file))));
        QSignalSpy listed(&m_at.window->page<pages::BooksPage>(), &pages::BooksPage::listed);
        QVERIFY(m_at.signInAs(u"riley"_s));
        QTRY_VERIFY(!listed.isEmpty());
    }

    void theWindowGoesOnReacting_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("books");
        QTest::addColumn<int>("share");
        QTest::newRow("empty books") << "200 OK"_ba << listOf(QByteArray("{},").repeated(large / 3) + "{}")
                                     << int{books::mostBooks} << 8;
        QTest::newRow("one long title") << "200 OK"_ba << listOf("{\"title\":\"" + QByteArray(large, 't') + "\"}") << 1
                                        << 2;
        QTest::newRow("a long error") << "500 Internal Server Error"_ba
                                      << "{\"detail\":\"" + QByteArray(large, 'e') + "\"}" << -1 << 2;
    }

    void theWindowGoesOnReacting()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, body);
        QFETCH(int, books);
        QFETCH(int, share);
        m_library.answer(status, body);
        QSignalSpy listed(&m_at.window->page<pages::BooksPage>(), &pages::BooksPage::listed);
        Watchdog watchdog;
        m_at.click(u"reload"_s);
        QVERIFY(QTest::qWaitFor([&listed] { return !listed.isEmpty(); }, 120'000));
        QCOMPARE(listed.first().first().toBool() ? m_at.table().total() : -1, books);
        const int looks = watchdog.looks();
        QTRY_VERIFY(watchdog.looks() > looks + 2); // what is shown has been painted
        qInfo("The longest stall took %lld of %lld ms.", watchdog.longest(), watchdog.whole());
        QVERIFY(share * watchdog.longest() < watchdog.whole());
    }

    void theHeaderSaysThatThereAreMore()
    {
        m_library.answer("200 OK"_ba,
                         listOf(QByteArray(R"({"title":"Emma"},)").repeated(int{books::mostBooks}) + "{}"));
        pages::BooksPage &page = m_at.window->page<pages::BooksPage>();
        QSignalSpy listed(&page, &pages::BooksPage::listed);
        m_at.click(u"reload"_s);
        QVERIFY(QTest::qWaitFor([&listed] { return !listed.isEmpty(); }, 120'000));
        const QString most = QLocale().toString(int{books::mostBooks});
        const auto *header = page.findChild<widgets::PageHeader *>();
        QCOMPARE(header->subtitle(), u"The first %1 of more books"_s.arg(most));
        auto *search = page.findChild<widgets::SearchField *>();
        search->setText(u"austen"_s);
        QCOMPARE(header->subtitle(), u"0 of the first %1; the API has more books"_s.arg(most));
        search->clear();
    }

private:
    Library m_library;
    std::shared_ptr<sandbox::SandboxServer> m_sandbox;
    test::WindowFixture m_at;
};

BOOKDESK_PAGE_TEST_MAIN(BigAnswersTest)
#include "big-answers-test.moc"
